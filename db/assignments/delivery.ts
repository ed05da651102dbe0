import type { SystemActor } from '#domain/actors.ts';
import { DomainError } from '#domain/errors.ts';
import { recordEvent } from '../events/record.ts';
import { Firm, FirmContact } from '../firms/entity.ts';
import type { Em } from '../orm.ts';
import { OutboundMail } from '../mails/entity.ts';
import { followAssignments } from '../work-orders/follow.ts';
import { chooseContact } from './assign.ts';
import type { Assignment } from './entity.ts';
import { lockAssignment } from './load.ts';
import { mailContractor, mailResponsible } from './mails.ts';

type About = { readonly assignmentId: string; readonly mailId: string; readonly at: Date };

/** Whether a mail went to whom the assignment asks at present: a firm's contact, or people of the partner. */
export function isToWhomIsAsked(assignment: Assignment | null, mail: Pick<OutboundMail, 'toContactId' | 'partnershipId'>): boolean {
  if (!assignment) return false;
  if (assignment.kind === 'partner') return mail.partnershipId === assignment.partnershipId;
  return (assignment.contactId ?? null) === (mail.toContactId ?? null);
}

/**
 * The assignment mail left: the clock of "no delivery event within an hour" starts. Wakes nobody: the delivery event
 * follows within seconds as a rule, and the process looks by itself where it does not.
 */
export async function markSent(em: Em, actor: SystemActor, about: About): Promise<void> {
  const { assignment } = await lockAssignment(em, actor, about.assignmentId);
  // Several people of a partner are asked by a mail each: the clock runs from the first.
  if (assignment.kind === 'partner' && assignment.sentAt) return;
  assignment.sentAt = about.at;
  assignment.deliveredAt = null;
  assignment.bouncedAt = null;
}

/** The assignment mail arrived: the answer time runs from here. Later news of an older mail change nothing. */
export async function markDelivered(em: Em, actor: SystemActor, about: About, now: Date): Promise<void> {
  const { order, assignment } = await lockAssignment(em, actor, about.assignmentId);
  if (assignment.deliveredAt) return;
  assignment.deliveredAt = about.at;
  await followAssignments(em, actor, order, now);
  await recordEvent(em, actor, { name: 'assignment.delivered', organisationId: order.organisationId, workOrder: order, assignmentId: assignment.id, data: { state: 'delivered', mailId: about.mailId } }, now);
}

/**
 * A mail to the contractor came back: the address is marked, the responsible told at once, and the assignment mail
 * goes to the firm's next contact, so that nobody waits for an answer to a mail that never arrived.
 */
export async function markBounced(em: Em, actor: SystemActor, about: About & { contactId: string; reason: string }, now: Date): Promise<void> {
  const contact = await em.findOne(FirmContact, { organisationId: actor.organisationId, id: about.contactId });
  if (contact && !contact.undeliverableSince) {
    contact.undeliverableSince = now;
    contact.undeliverableReason = about.reason.slice(0, 500);
  }
  const { order, assignment } = await lockAssignment(em, actor, about.assignmentId);
  if (assignment.contactId !== about.contactId || !['offered', 'accepted'].includes(assignment.status)) return;
  assignment.bouncedAt = about.at;
  await recordEvent(em, actor, { name: 'assignment.bounced', organisationId: order.organisationId, workOrder: order, assignmentId: assignment.id, data: { mailId: about.mailId, contactId: about.contactId } }, now);
  await mailResponsible(em, order, assignment, { template: 'escalation', cause: 'assignment.bounced', onceKey: `bounced:${assignment.id}:${about.contactId}`, parameters: { cause: 'bounce', contactId: about.contactId } }, now);
  await goToNextContact(em, actor, about, now);
}

async function goToNextContact(em: Em, actor: SystemActor, about: About & { contactId: string }, now: Date): Promise<void> {
  const { order, assignment } = await lockAssignment(em, actor, about.assignmentId);
  const firm = assignment.firmId ? await em.findOne(Firm, { organisationId: order.organisationId, id: assignment.firmId }) : null;
  if (!firm) return;
  await em.flush();
  const next = await chooseContact(em, firm, undefined, [about.contactId]).catch((error: unknown) => {
    if (error instanceof DomainError && error.code === 'contact_undeliverable') return null;
    throw error;
  });
  if (!next) return;
  assignment.contactId = next.id;
  assignment.bouncedAt = null;
  assignment.sentAt = null;
  assignment.deliveredAt = null;
  await recordEvent(em, actor, { name: 'assignment.contact_changed', organisationId: order.organisationId, workOrder: order, assignmentId: assignment.id, data: { fromContactId: about.contactId, contactId: next.id } }, now);
  await em.nativeUpdate(OutboundMail, { organisationId: order.organisationId, assignmentId: assignment.id, toContactId: about.contactId, status: 'queued' }, { status: 'skipped', statusReason: 'contact_undeliverable' });
  await mailContractor(em, order, assignment, { template: 'assignment', cause: 'assignment.contact_changed', onceKey: `assignment:${assignment.id}:${next.id}` }, now);
}
