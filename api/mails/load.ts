import { hiddenPeople, type MailOfSomebody, writerOf } from '#db/mails/hidden-people.ts';
import { orderNumbersOf, type LoggedMail } from '#db/mails/log-queries.ts';
import type { Em } from '#db/orm.ts';
import type { MemberActor } from '#domain/actors.ts';
import type { RowContext } from './present.ts';

/** What lines of the log show beside the mails themselves. */
export async function loadRowContext(em: Em, actor: MemberActor, mails: readonly LoggedMail[]): Promise<RowContext> {
  return { actor, numbers: await orderNumbersOf(em, actor, mails), hidden: await hiddenPeople(em, actor.organisationId, mails.map(readerOrWriter)) };
}

function readerOrWriter(logged: LoggedMail): MailOfSomebody {
  return logged.direction === 'out' ? logged.mail : writerOf(logged.mail);
}
