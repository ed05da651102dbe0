import { hiddenRecipients } from '#db/mails/hidden-recipients.ts';
import { orderNumbersOf, type LoggedMail } from '#db/mails/log-queries.ts';
import type { Em } from '#db/orm.ts';
import type { MemberActor } from '#domain/actors.ts';
import type { RowContext } from './present.ts';

/** What lines of the log show beside the mails themselves. */
export async function loadRowContext(em: Em, actor: MemberActor, mails: readonly LoggedMail[]): Promise<RowContext> {
  const out = mails.flatMap((one) => (one.direction === 'out' ? [one.mail] : []));
  return { actor, numbers: await orderNumbersOf(em, actor, mails), hidden: await hiddenRecipients(em, actor.organisationId, out) };
}
