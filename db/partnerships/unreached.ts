import type { SystemActor } from '#domain/actors.ts';
import { lockAssignment } from '../assignments/load.ts';
import { mailResponsible } from '../assignments/mails.ts';
import { recordEvent } from '../events/record.ts';
import type { OutboundMail } from '../mails/entity.ts';
import type { MailName } from '#domain/words/mail-names.ts';
import type { Em } from '../orm.ts';
import { mailPartner, onceFor } from './order-mails.ts';

/** Said once to one person; nobody else is told instead. */
const PERSONAL: readonly string[] = ['comment-digest', 'internal-assignment', 'step-refused', 'answer-forwarded'];

/**
 * A mail to somebody of a partner did not arrive: the next of its people gets it, so that nobody waits for an answer to a
 * mail that was never read. Where none is left, the client's responsible is told at once. Of work inside the partner its own
 * office is told instead.
 */
export async function markPartnerUnreached(em: Em, actor: SystemActor, mail: OutboundMail, reason: string, now: Date): Promise<void> {
  if (mail.template === 'internal-assignment' && mail.parameters['isGiven'] === true) return tellOfUnreached(em, actor, mail, now);
  if (!mail.assignmentId || PERSONAL.includes(mail.template)) return;
  const { order, assignment } = await lockAssignment(em, actor, mail.assignmentId);
  if (assignment.status !== 'offered' && assignment.status !== 'accepted') return;
  const about = { organisationId: order.organisationId, workOrder: order, assignmentId: assignment.id };
  const { readers, written } = await mailPartner(em, order, assignment, {
    template: mail.template as MailName, cause: mail.cause, parameters: mail.parameters, onceKey: onceKeyOf(mail),
  }, now);
  if (readers > 0) {
    if (mail.template !== 'assignment' || written === 0) return;
    assignment.sentAt = null;
    assignment.deliveredAt = null;
    await recordEvent(em, actor, { name: 'assignment.contact_changed', ...about, data: { firmId: assignment.firmId ?? null, why: 'bounced' } }, now);
    return;
  }
  assignment.bouncedAt = now;
  await mailResponsible(em, order, assignment, { template: 'escalation', cause: 'assignment.bounced', onceKey: `unreached:${assignment.id}:${mail.id}`, parameters: { cause: 'bounce', reason } }, now);
  await recordEvent(em, actor, { name: 'assignment.bounced', ...about, data: { mailId: mail.id, firmId: assignment.firmId ?? null } }, now);
}

/** Whom the work was given to has not heard of it: whoever handed it out there must say it another way. The client is told nothing. */
async function tellOfUnreached(em: Em, actor: SystemActor, mail: OutboundMail, now: Date): Promise<void> {
  if (!mail.assignmentId || !mail.toUserId) return;
  const { order, assignment } = await lockAssignment(em, actor, mail.assignmentId);
  await mailPartner(em, order, assignment, {
    template: 'internal-assignment', cause: 'assignment.passed_on', onceKey: `unreached-person:${mail.id}`, exceptUserId: mail.toUserId,
    parameters: { isGiven: false, unreachedUserId: mail.toUserId },
  }, now);
}

/** The key that all of the partner's people share for this mail. */
function onceKeyOf({ onceKey, toUserId }: OutboundMail): string | undefined {
  const own = `:${onceFor(toUserId)}`;
  return onceKey?.endsWith(own) ? onceKey.slice(0, -own.length) : (onceKey ?? undefined);
}
