import type { Actor, MemberActor, SystemActor } from '#domain/actors.ts';
import { DomainError } from '#domain/errors.ts';
import { newId, NO_ID } from '../columns.ts';
import { recordEvent } from '../events/record.ts';
import { Firm, FirmContact } from '../firms/entity.ts';
import type { Em } from '../orm.ts';
import { combined, readTogether, rowsOf, type Reading } from '../together.ts';
import type { WorkOrder } from '../work-orders/entity.ts';
import { assertCan } from '../work-orders/load.ts';
import { DeputyProposal, type Assignment } from './entity.ts';
import { lockAssignment } from './load.ts';
import { mailContractor } from './mails.ts';

export type NamedDeputy = {
  readonly absentContactId: string;
  readonly inboundMailId: string;
  readonly email: string;
  readonly name: string | null;
  /** The last day away, YYYY-MM-DD. */
  readonly awayUntil: string | null;
};

/** Asks the firm's other contact what the one who is away was asked. */
export async function askInstead(em: Em, actor: Actor, order: WorkOrder, assignment: Assignment, contact: FirmContact, now: Date): Promise<void> {
  const fromContactId = assignment.contactId;
  assignment.contactId = contact.id;
  assignment.sentAt = null;
  assignment.deliveredAt = null;
  await recordEvent(em, actor, {
    name: 'assignment.contact_changed', organisationId: order.organisationId, workOrder: order, assignmentId: assignment.id,
    data: { fromContactId, contactId: contact.id, why: 'away' },
  }, now);
  await mailContractor(em, order, assignment, { template: 'assignment', cause: 'assignment.contact_changed', onceKey: `assignment:${assignment.id}:${contact.id}` }, now);
}

/** A note of absence names somebody whom the directory does not know: a person decides; a later note replaces an earlier one. */
export async function proposeDeputy(em: Em, actor: SystemActor, assignment: Assignment, named: NamedDeputy, now: Date): Promise<void> {
  const { organisationId } = actor;
  await em.nativeUpdate(DeputyProposal, { organisationId, assignmentId: assignment.id, decidedAt: null }, { decision: 'outdated', decidedAt: now, email: null, name: null });
  em.create(DeputyProposal, { id: newId(), organisationId, workOrderId: assignment.workOrderId, assignmentId: assignment.id, ...named, createdAt: now });
}

/** The open questions of some assignments; one that is answered, or asks somebody else meanwhile, has none. */
export function openDeputies(em: Em, organisationId: string, assignments: readonly Assignment[]): Reading<Map<string, DeputyProposal>> {
  const asking = new Map(assignments.filter((one) => one.status === 'offered').map((one) => [one.id, one]));
  const proposals = rowsOf(em, DeputyProposal, asking.size > 0 ? { organisationId, assignmentId: { $in: [...asking.keys()] }, decidedAt: null } : null);
  return combined([proposals], (found) =>
    new Map(found.filter((one) => one.email && one.absentContactId === asking.get(one.assignmentId)?.contactId).map((one) => [one.assignmentId, one])));
}

/**
 * A coordinator adds the named deputy to the firm and has them asked instead, or leaves it. Throws `changed_meanwhile`
 * where nobody is proposed any more.
 */
export async function decideDeputy(em: Em, actor: MemberActor, input: { assignmentId: string; isTaken: boolean }, now: Date): Promise<Assignment> {
  const { order, assignment } = await lockAssignment(em, actor, input.assignmentId);
  await assertCan(em, actor, 'assignment.steer', order);
  const [open] = await readTogether(em, [openDeputies(em, order.organisationId, [assignment])]);
  const proposal = await em.findOne(DeputyProposal, { organisationId: order.organisationId, id: open.get(assignment.id)?.id ?? NO_ID });
  if (!proposal?.email || !assignment.firmId) throw new DomainError('changed_meanwhile', { assignmentId: assignment.id });
  proposal.decidedAt = now;
  proposal.decidedByUserId = actor.userId;
  proposal.decision = input.isTaken ? 'asked' : 'dismissed';
  const { email, name } = proposal;
  // Whoever is asked is in the directory from here on; nobody else's name is kept.
  proposal.email = null;
  proposal.name = null;
  if (!input.isTaken) {
    await recordEvent(em, actor, { name: 'assignment.deputy_dismissed', organisationId: order.organisationId, workOrder: order, assignmentId: assignment.id }, now);
    return assignment;
  }
  const contact = await contactFor(em, actor, { firmId: assignment.firmId, email, name: name ?? email }, now);
  await askInstead(em, actor, order, assignment, contact, now);
  return assignment;
}

/** Forgets whom notes of absence named for requests that wait for nobody any more; returns how many. */
export async function forgetOutdatedDeputies(em: Em, organisationId: string, now: Date): Promise<number> {
  const rows = await em.execute<unknown[]>(
    `update deputy_proposals p set decision = 'outdated', decided_at = ?, email = null, name = null
       from assignments a where a.organisation_id = p.organisation_id and a.id = p.assignment_id
        and p.organisation_id = ? and p.decided_at is null and (a.status <> 'offered' or a.contact_id is distinct from p.absent_contact_id) returning 1`,
    [now, organisationId],
  );
  return rows.length;
}

/** The firm's contact of that address; added last, as a deputy, where there is none. */
async function contactFor(em: Em, actor: MemberActor, wanted: { firmId: string; email: string; name: string }, now: Date): Promise<FirmContact> {
  const { organisationId } = actor;
  const contacts = await em.find(FirmContact, { organisationId, firmId: wanted.firmId });
  const known = contacts.find((one) => one.email === wanted.email);
  if (known?.undeliverableSince) throw new DomainError('contact_undeliverable', { company: await companyOf(em, organisationId, wanted.firmId) });
  const contact = known ?? em.create(FirmContact, {
    id: newId(), organisationId, ...wanted, roles: ['deputy'], position: Math.max(-1, ...contacts.map((one) => one.position)) + 1, createdAt: now,
  });
  contact.archivedAt = null;
  await recordEvent(em, actor, { name: 'firm.changed', organisationId, subjectId: wanted.firmId }, now);
  await em.flush();
  return contact;
}

async function companyOf(em: Em, organisationId: string, firmId: string): Promise<string> {
  return (await em.findOneOrFail(Firm, { organisationId, id: firmId })).company;
}
