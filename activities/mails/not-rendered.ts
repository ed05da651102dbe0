import { DriverException } from '@mikro-orm/postgresql';
import type { OutboundMail } from '#db/mails/entity.ts';
import { markMailRefused, markMailUnsent, SETTLED_STATUSES } from '#db/mails/sending.ts';
import type { Em } from '#db/orm.ts';
import type { SystemActor } from '#domain/actors.ts';
import { DomainError } from '#domain/errors.ts';
import type { Position } from '#workflows/contract.ts';
import type { ActivityDeps } from '../deps.ts';
import { withoutPersonalData } from '../organisation-em.ts';
import { ended, waiting } from '../position.ts';
import { retryAt } from './delivery-times.ts';

const REASON = 'not_rendered';
const MOST_ATTEMPTS = 5;

/** A mail whose words can't be written: a defect of ours or of its data, which no waiting mends for ever. */
export class NotRendered extends Error {
  override readonly name = 'NotRendered';

  constructor(cause: unknown) {
    super('The mail could not be rendered', { cause });
  }
}

/** Whether trying again is unlikely to help: neither a refusal of a command nor a database or network that is away. */
export function isDefect(error: unknown): boolean {
  for (let one = error; one instanceof Error; one = one.cause) {
    if (one instanceof DomainError || one instanceof DriverException) return false;
    if (typeof (one as { code?: unknown }).code === 'string') return false;
    if (/Connection terminated|timeout exceeded when trying to connect/.test(one.message)) return false;
  }
  return true;
}

/** Counts the attempt after its transaction was rolled back; the last of them ends the mail, and a person is told. */
export async function postpone(
  error: NotRendered, deps: ActivityDeps, em: Em, mail: OutboundMail, actor: SystemActor | null, now: Date,
): Promise<{ position: Position }> {
  if ((SETTLED_STATUSES as readonly string[]).includes(mail.status)) return { position: ended(mail.status, `already ${mail.status}`) };
  deps.log.error({ err: withoutPersonalData(error.cause), mailId: mail.id, template: mail.template }, 'mail not rendered');
  // Attempts that the provider did not take count, too: a first failure here never ends a mail.
  const isRepeated = mail.statusReason === REASON;
  mail.attempts += 1;
  if (isRepeated && mail.attempts >= MOST_ATTEMPTS) {
    await markMailRefused(em, actor, mail, { reason: REASON, isAddressDead: false }, now);
    return { position: ended('refused', 'given up: the mail could not be written', { needsAttention: true }) };
  }
  markMailUnsent(mail, REASON);
  return { position: waiting('retry', `could not be written; attempt ${mail.attempts}`, { at: retryAt(mail.attempts, null, now), step: 'try again' }) };
}
