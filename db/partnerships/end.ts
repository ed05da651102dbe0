import type { MemberActor, PartnerActor } from '#domain/actors.ts';
import { localDate } from '#domain/calendar/local-time.ts';
import { DomainError } from '#domain/errors.ts';
import { afterLastDay } from '#domain/invitation/ending.ts';
import { wordsOf } from '#domain/words/index.ts';
import { recordEvent } from '../events/record.ts';
import { loadOrganisation } from '../organisations/rules.ts';
import type { Em } from '../orm.ts';
import { assertDecided, boundOrders, decideOrder, lockWithOrders, type BoundOrder, type EndingDecision } from './ending-orders.ts';
import { otherSideOf, tellOfEnding, type PartnershipSide } from './ending-mails.ts';
import type { Partnership } from './entity.ts';
import { wakeInvitation } from './invite.ts';
import { findPartnership } from './load.ts';

export type EndingInput = {
  readonly id: string;
  /** The last day, `YYYY-MM-DD`, by the client's clock. */
  readonly endsOn: string;
  /** For the other side. */
  readonly reason?: string | null | undefined;
};

/** The orders on which a client that ends a partnership decides. */
export async function findEndingOrders(em: Em, actor: MemberActor, id: string): Promise<BoundOrder[]> {
  return boundOrders(em, await findPartnership(em, actor, id));
}

/**
 * Ends a partnership from the client's side after its last day, and does at once what was decided on each running order.
 * Throws `changed_meanwhile` where it ends already or where the orders are no longer those decided on, `date_in_past`.
 */
export async function endPartnership(em: Em, actor: MemberActor, input: EndingInput & { readonly orders: readonly EndingDecision[] }, now: Date): Promise<Partnership> {
  const partnership = await lockWithOrders(em, actor, input.id);
  const running = await boundOrders(em, partnership);
  await announce(em, actor, partnership, 'client', input, now);
  assertDecided(running, input.orders);
  const reason = partnership.endReason ?? wordsOf(partnership.locale).ending.reason;
  for (const one of running) {
    const decided = input.orders.find(({ workOrderId }) => workOrderId === one.id);
    if (decided) await decideOrder(em, actor, partnership, { running: one, decision: decided.decision, firmId: decided.firmId, reason }, now);
  }
  await em.flush();
  return partnership;
}

/** The same from the partner's side: on running orders the client decides; until it does, they are to be finished. */
export async function endAsPartner(em: Em, actor: PartnerActor, input: Omit<EndingInput, 'id'>, now: Date): Promise<Partnership> {
  const partnership = await lockWithOrders(em, actor, actor.partnershipId);
  await announce(em, actor, partnership, 'partner', input, now);
  for (const { id, number, assignmentId } of await boundOrders(em, partnership)) {
    const about = { organisationId: partnership.organisationId, workOrder: { id, number }, assignmentId };
    await recordEvent(em, actor, { name: 'assignment.to_finish', ...about, data: { firmId: partnership.firmId, endsOn: input.endsOn } }, now);
  }
  await em.flush();
  return partnership;
}

/** Takes an ending back while its last day is not over; only the side that ended may, and orders that were given away stay so. */
export async function withdrawEnding(em: Em, actor: MemberActor | PartnerActor, id: string, now: Date): Promise<Partnership> {
  const partnership = await lockWithOrders(em, actor, id);
  const zone = await loadOrganisation(em, partnership.organisationId);
  const { status, endsOn, endedAt, endedBySide } = partnership;
  if (status !== 'accepted' || !endsOn || endedAt || afterLastDay(endsOn, zone) <= now) throw new DomainError('changed_meanwhile', { partnershipId: id, status });
  const side: PartnershipSide = actor.kind === 'partner' ? 'partner' : 'client';
  if (endedBySide !== side) throw new DomainError('forbidden', { action: 'partner.manage' });
  Object.assign(partnership, { endsOn: null, endReason: null, endedByUserId: null, endedBySide: null, updatedAt: now });
  await recordEvent(em, actor, { name: 'partnership.ending_withdrawn', organisationId: partnership.organisationId, subjectId: id, data: { endsOn } }, now);
  await tellOfEnding(em, partnership, otherSideOf(side), 'kept', now);
  wakeInvitation(em, partnership, now);
  await em.flush();
  return partnership;
}

async function announce(em: Em, actor: MemberActor | PartnerActor, partnership: Partnership, side: PartnershipSide, input: Omit<EndingInput, 'id'>, now: Date): Promise<void> {
  const { id, organisationId, status } = partnership;
  if (status !== 'accepted' || partnership.endsOn) throw new DomainError('changed_meanwhile', { partnershipId: id, status });
  if (input.endsOn < localDate(now, await loadOrganisation(em, organisationId))) throw new DomainError('date_in_past', { field: 'endsOn' });
  Object.assign(partnership, {
    endsOn: input.endsOn, endReason: input.reason?.trim() || null, endedByUserId: actor.userId, endedBySide: side, updatedAt: now,
  });
  await recordEvent(em, actor, { name: 'partnership.ending', organisationId, subjectId: id, data: { endsOn: input.endsOn, side } }, now);
  await tellOfEnding(em, partnership, otherSideOf(side), 'announced', now);
  wakeInvitation(em, partnership, now);
}
