import type { MemberActor, PartnerActor } from '#domain/actors.ts';
import { OPEN_ASSIGNMENT_STATUSES } from '#domain/statuses.ts';
import { lockAssignment } from '../assignments/load.ts';
import { nudgeAfterLeaving } from '../assignments/process-steps.ts';
import { recordEvent } from '../events/record.ts';
import { asSystem, withinOrganisation, type Em } from '../orm.ts';
import { DispatchRule, InternalAssignment, Partnership } from './entity.ts';
import { systemActorOf } from './load.ts';

/**
 * Takes from somebody who leaves an organisation what it had given them at its clients: their work is nobody's again, which
 * each client's timeline says; its office is asked at once to name somebody, and no rule sends orders to them any more.
 */
export async function takeFromLeaver(em: Em, actor: MemberActor, userId: string, now: Date): Promise<void> {
  await atEachClient(em, actor, async (partnership, partner) => {
    await dropRules(em, partner, userId, now);
    await takeWork(em, partnership, partner, userId, now);
  });
}

/** The same for the rules alone, where somebody stays who no longer hands work out. */
export async function takeRulesFrom(em: Em, actor: MemberActor, userId: string, now: Date): Promise<void> {
  await atEachClient(em, actor, (_partnership, partner) => dropRules(em, partner, userId, now));
}

/** In one order, so that two who leave at the same moment never wait for each other. */
async function atEachClient(em: Em, { organisationId, userId, role }: MemberActor, work: (partnership: Partnership, partner: PartnerActor) => Promise<void>): Promise<void> {
  // Its own partnerships an organisation reads from its side; the system would read those of one client.
  const found = await em.find(Partnership, { partnerOrganisationId: organisationId, status: 'accepted' }, { orderBy: { organisationId: 'asc', id: 'asc' }, disableIdentityMap: true });
  if (found.length === 0) return;
  await asSystem(em, async () => {
    for (const one of found) {
      const partner: PartnerActor = { kind: 'partner', organisationId: one.organisationId, partnershipId: one.id, partnerOrganisationId: organisationId, userId, role, isEnded: false };
      await withinOrganisation(em, one.organisationId, () => work(one, partner));
    }
  });
}

/** Of orders that are over the record stays. */
async function takeWork(em: Em, partnership: Partnership, actor: PartnerActor, memberUserId: string, now: Date): Promise<void> {
  const { organisationId, id: partnershipId } = partnership;
  const given = await em.find(InternalAssignment, { organisationId, partnershipId, memberUserId }, { orderBy: { workOrderId: 'asc', assignmentId: 'asc' }, disableIdentityMap: true });
  for (const { assignmentId } of given) {
    const { order, assignment } = await lockAssignment(em, systemActorOf(partnership), assignmentId);
    const isOpen = (OPEN_ASSIGNMENT_STATUSES as readonly string[]).includes(assignment.status) && order.status !== 'closed' && order.status !== 'cancelled';
    if (!isOpen) continue;
    // Asked once more under the lock: it may have been given to somebody else meanwhile.
    const kept = await em.findOne(InternalAssignment, { organisationId, assignmentId, memberUserId }, { refresh: true });
    if (!kept) continue;
    Object.assign(kept, { memberUserId: null, assignedByUserId: actor.userId, assignedAt: now, updatedAt: now });
    await recordEvent(em, actor, {
      name: 'assignment.person_removed', organisationId, workOrder: order, assignmentId, data: { firmId: assignment.firmId ?? null },
    }, now);
    await nudgeAfterLeaving(em, systemActorOf(partnership), order, assignment, now);
  }
}

async function dropRules(em: Em, actor: PartnerActor, memberUserId: string, now: Date): Promise<void> {
  const { organisationId, partnershipId, partnerOrganisationId } = actor;
  const dropped = await em.nativeDelete(DispatchRule, { organisationId, partnershipId, memberUserId });
  if (dropped === 0) return;
  await recordEvent(em, actor, { name: 'partnership.changed', organisationId, subjectId: partnershipId, authorOrganisationId: partnerOrganisationId, data: { rulesDropped: dropped } }, now);
}
