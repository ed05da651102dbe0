import type { MemberActor, PartnerActor } from '#domain/actors.ts';
import { localDate } from '#domain/calendar/local-time.ts';
import { DomainError } from '#domain/errors.ts';
import { afterLastDay } from '#domain/invitation/ending.ts';
import { wordsOf } from '#domain/words/index.ts';
import { recordEvent } from '../events/record.ts';
import { loadOrganisation } from '../organisations/rules.ts';
import { actAsSystem, seeAs, type Em } from '../orm.ts';
import {
  assertDecided, assertRunning, decideOrder, decideOwnOrder, endingOrders, lockWithOrders, ownBoundOrders, ownEndingOrders, type EndingDecision, type EndingOrder, type OwnEndingDecision,
} from './ending-orders.ts';
import { otherSideOf, tellColleagues, tellOfEnding, type PartnershipSide } from './ending-mails.ts';
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

/** The orders on which a client that ends a partnership decides, or goes on deciding until its last day is over. */
export async function findEndingOrders(em: Em, actor: MemberActor, id: string): Promise<EndingOrder[]> {
  return endingOrders(em, await findPartnership(em, actor, id));
}

/** The orders of its own on which a partner decides that ends a partnership. */
export async function findOwnEndingOrders(em: Em, actor: PartnerActor): Promise<EndingOrder[]> {
  return ownEndingOrders(em, await findPartnership(em, actor, actor.partnershipId));
}

/**
 * Ends a partnership from the client's side after its last day, and does at once what was decided on each running order.
 * Throws `changed_meanwhile` where it has ended, `ending_announced` where it ends already, `orders_changed` where its orders are no longer those decided on, `date_in_past`.
 */
export async function endPartnership(em: Em, actor: MemberActor, input: EndingInput & { readonly orders: readonly EndingDecision[] }, now: Date): Promise<Partnership> {
  const partnership = await lockWithOrders(em, actor, input.id);
  const running = await endingOrders(em, partnership);
  await announce(em, actor, partnership, 'client', input, now);
  assertDecided(running, input.orders);
  await decide(em, actor, partnership, running, input.orders, now);
  return partnership;
}

/**
 * Decides anew on orders that still run while a partnership ends, whichever side ends it; what is not named stays.
 * Throws `changed_meanwhile` where nothing ends or the last day is over, `orders_changed` where an order no longer runs.
 */
export async function decideOnOrders(em: Em, actor: MemberActor, input: { readonly id: string; readonly orders: readonly EndingDecision[] }, now: Date): Promise<Partnership> {
  const partnership = await lockWithOrders(em, actor, input.id);
  await assertEnding(em, partnership, now);
  const running = await endingOrders(em, partnership);
  assertRunning(running, input.orders);
  await decide(em, actor, partnership, running, input.orders, now);
  return partnership;
}

/** Ends a partnership from the partner's side: each of its running orders is finished or given back; until the last day the client may decide otherwise. */
export async function endAsPartner(em: Em, actor: PartnerActor, input: Omit<EndingInput, 'id'> & { readonly orders: readonly OwnEndingDecision[] }, now: Date): Promise<Partnership> {
  const partnership = await lockWithOrders(em, actor, actor.partnershipId);
  // Only what the partner sees can be asked of it; on the rest the client decides.
  await seeAs(em, actor);
  const running = await ownBoundOrders(em, partnership);
  await actAsSystem(em, actor);
  await announce(em, actor, partnership, 'partner', input, now);
  assertDecided(running, input.orders);
  const { locale } = await loadOrganisation(em, partnership.organisationId);
  const note = partnership.endReason ?? wordsOf(locale).ending.reason;
  for (const { workOrderId, decision } of input.orders) {
    const one = running.find(({ id }) => id === workOrderId);
    if (one) await decideOwnOrder(em, actor, partnership, { running: one, decision, note }, now);
  }
  await em.flush();
  return partnership;
}

/** Takes an ending back while its last day is not over; only the side that ended may, and orders that were given away stay so. */
export async function withdrawEnding(em: Em, actor: MemberActor | PartnerActor, id: string, now: Date): Promise<Partnership> {
  const partnership = await lockWithOrders(em, actor, id);
  await assertEnding(em, partnership, now);
  const { endsOn, endedBySide } = partnership;
  const side: PartnershipSide = actor.kind === 'partner' ? 'partner' : 'client';
  if (endedBySide !== side) throw new DomainError('forbidden', { action: 'partner.manage' });
  Object.assign(partnership, { endsOn: null, endReason: null, endedByUserId: null, endedBySide: null, updatedAt: now });
  await recordEvent(em, actor, { name: 'partnership.ending_withdrawn', organisationId: partnership.organisationId, subjectId: id, data: { endsOn } }, now);
  await tellOfEnding(em, partnership, otherSideOf(side), 'kept', now);
  await tellColleagues(em, partnership, { side, news: 'kept', byUserId: actor.userId }, now);
  wakeInvitation(em, partnership, now);
  await em.flush();
  return partnership;
}

/** Throws `changed_meanwhile` unless one side has announced the end and the last day is not over. */
async function assertEnding(em: Em, { id, organisationId, status, endsOn, endedAt }: Partnership, now: Date): Promise<void> {
  const isEnding = status === 'accepted' && endsOn && !endedAt && now < afterLastDay(endsOn, await loadOrganisation(em, organisationId));
  if (!isEnding) throw new DomainError('changed_meanwhile', { partnershipId: id, status });
}

async function decide(em: Em, actor: MemberActor, partnership: Partnership, running: readonly EndingOrder[], orders: readonly EndingDecision[], now: Date): Promise<void> {
  // The words are for the partner; who decides on an ending of the partner's own does not send its reason back to it.
  const own = partnership.endedBySide === 'client' ? partnership.endReason : null;
  const reason = own ?? wordsOf(partnership.locale).ending.reason;
  for (const one of running) {
    const decided = orders.find(({ workOrderId }) => workOrderId === one.id);
    if (decided) await decideOrder(em, actor, partnership, { running: one, decision: decided.decision, firmId: decided.firmId, reason }, now);
  }
  await em.flush();
}

async function announce(em: Em, actor: MemberActor | PartnerActor, partnership: Partnership, side: PartnershipSide, input: Omit<EndingInput, 'id'>, now: Date): Promise<void> {
  const { id, organisationId, status } = partnership;
  if (status === 'accepted' && partnership.endsOn) throw new DomainError('ending_announced', { partnershipId: id });
  if (status !== 'accepted') throw new DomainError('changed_meanwhile', { partnershipId: id, status });
  if (input.endsOn < localDate(now, await loadOrganisation(em, organisationId))) throw new DomainError('date_in_past', { field: 'endsOn' });
  Object.assign(partnership, {
    endsOn: input.endsOn, endReason: input.reason?.trim() || null, endedByUserId: actor.userId, endedBySide: side, updatedAt: now,
  });
  await recordEvent(em, actor, { name: 'partnership.ending', organisationId, subjectId: id, data: { endsOn: input.endsOn, side } }, now);
  await tellOfEnding(em, partnership, otherSideOf(side), 'announced', now);
  await tellColleagues(em, partnership, { side, news: 'announced', byUserId: actor.userId }, now);
  wakeInvitation(em, partnership, now);
}
