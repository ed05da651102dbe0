import type { Actor } from '#domain/actors.ts';
import { DomainError } from '#domain/errors.ts';
import type { Locale, NotifyChoice } from '#domain/statuses.ts';
import { newId, NO_ID } from '../columns.ts';
import { recordEvent } from '../events/record.ts';
import { Firm } from '../firms/entity.ts';
import { seeAs, type Em } from '../orm.ts';
import { Partnership } from '../partnerships/entity.ts';
import { assertShared } from '../partnerships/share-for-order.ts';
import { Membership } from '../users/entity.ts';
import type { WorkOrder } from '../work-orders/entity.ts';
import { assertCan, lockWorkOrder } from '../work-orders/load.ts';
import { Observer } from './entity.ts';
import { tellObserver } from './tell.ts';

export type ObserverInput = {
  readonly workOrderId: string;
  readonly userId?: string | null | undefined;
  /** A partner: its people follow the order in their account of this client. */
  readonly partnershipId?: string | null | undefined;
  readonly email?: string | null | undefined;
  readonly name?: string | null | undefined;
  readonly locale?: Locale | null | undefined;
  readonly choice?: NotifyChoice | undefined;
  readonly canComment?: boolean | undefined;
  /** Seen in a mail's Cc: proposed, told nothing until somebody says yes. */
  readonly isProposed?: boolean | undefined;
};

/**
 * Has somebody kept informed: a member, a partner, or an address from outside. Anybody may observe for themselves. Twice is
 * once. Throws `workspace_not_shared` for a partner that could not see the order.
 */
export async function addObserver(em: Em, actor: Actor, input: ObserverInput, now: Date): Promise<Observer> {
  const order = await lockWorkOrder(em, actor, input.workOrderId);
  const isSelf = actor.kind === 'member' && input.userId === actor.userId;
  if (actor.kind === 'member' && !isSelf) await assertCan(em, actor, 'observer.manage', order);
  const email = input.email?.trim().toLowerCase() ?? null;
  if ([input.userId, input.partnershipId, email].filter(Boolean).length !== 1) throw new DomainError('invalid_input', { field: 'email', reason: 'one_of' });
  if (input.userId) await assertMember(em, order.organisationId, input.userId);
  const company = input.partnershipId ? await companyOf(em, actor, order, input.partnershipId, now) : null;
  const who = { organisationId: order.organisationId, workOrderId: order.id, leftAt: null };
  const known = await em.findOne(Observer, { ...who, ...(input.userId ? { userId: input.userId } : input.partnershipId ? { partnershipId: input.partnershipId } : { email }) });
  if (known) {
    return known.isProposed && !input.isProposed ? changeObserver(em, actor, { observerId: known.id, isProposed: false }, now) : known;
  }
  const observer = em.create(Observer, {
    id: newId(), organisationId: order.organisationId, workOrderId: order.id, userId: input.userId ?? null,
    partnershipId: input.partnershipId ?? null, email, name: company ?? (input.name?.trim() || null), locale: input.locale ?? null, choice: input.choice ?? 'at_once', canComment: input.canComment ?? true,
    isProposed: input.isProposed ?? false, addedByUserId: actor.kind === 'member' ? actor.userId : null, createdAt: now,
  });
  await tellObserver(em, actor, order, observer, await note(em, actor, 'observer.added', order, observer, now), now);
  return observer;
}

/** Changes how soon an observer wants to know, or whether they may comment; observers choose for themselves, by their link or in their account. */
export async function changeObserver(em: Em, actor: Actor, input: { observerId: string; choice?: NotifyChoice | undefined; canComment?: boolean | undefined; isProposed?: false | undefined }, now: Date): Promise<Observer> {
  const { order, observer } = await lockObserver(em, actor, input.observerId);
  const isSelf = isOwn(actor, observer);
  if (!isSelf || input.canComment !== undefined || input.isProposed !== undefined) await assertManages(em, actor, order);
  if (input.choice) observer.choice = input.choice;
  if (input.canComment !== undefined) observer.canComment = input.canComment;
  const isTakenUp = observer.isProposed && input.isProposed === false;
  if (isTakenUp) observer.isProposed = false;
  const eventId = await note(em, actor, 'observer.changed', order, observer, now);
  if (isTakenUp) await tellObserver(em, actor, order, observer, eventId, now);
  return observer;
}

/** Ends it: by a coordinator, or by themselves with one click. Links of theirs die with it. */
export async function removeObserver(em: Em, actor: Actor, input: { observerId: string }, now: Date): Promise<void> {
  const { order, observer } = await lockObserver(em, actor, input.observerId);
  if (!isOwn(actor, observer)) await assertManages(em, actor, order);
  if (observer.leftAt) return;
  observer.leftAt = now;
  await note(em, actor, 'observer.removed', order, observer, now);
}

async function lockObserver(em: Em, actor: Actor, observerId: string): Promise<{ order: WorkOrder; observer: Observer }> {
  await seeAs(em, actor);
  const observer = await em.findOne(Observer, { id: observerId, ...(actor.kind === 'partner' ? { partnershipId: actor.partnershipId } : {}) });
  const order = await lockWorkOrder(em, actor, observer?.workOrderId ?? NO_ID);
  return { order, observer: await em.findOneOrFail(Observer, { organisationId: order.organisationId, id: observerId }, { refresh: true }) };
}

function isOwn(actor: Actor, observer: Observer): boolean {
  if (actor.kind === 'link' || actor.kind === 'mail') return actor.observerId === observer.id;
  if (actor.kind === 'partner') return actor.partnershipId === observer.partnershipId;
  return actor.kind === 'member' && actor.userId === observer.userId;
}

async function assertManages(em: Em, actor: Actor, order: WorkOrder): Promise<void> {
  if (actor.kind !== 'member' && actor.kind !== 'system') throw new DomainError('forbidden', { action: 'observer.manage' });
  await assertCan(em, actor, 'observer.manage', order);
}

/** What the client calls a partner that may follow the order. */
async function companyOf(em: Em, actor: Actor, order: WorkOrder, partnershipId: string, now: Date): Promise<string> {
  const { organisationId } = order;
  const partnership = await em.findOne(Partnership, { organisationId, id: partnershipId, status: 'accepted', endedAt: null });
  const firm = partnership ? await em.findOne(Firm, { organisationId, id: partnership.firmId }) : null;
  if (!partnership || !firm) throw new DomainError('not_found', { partnershipId });
  await assertShared(em, actor, order, partnership, false, now);
  return firm.company;
}

async function assertMember(em: Em, organisationId: string, userId: string): Promise<void> {
  const member = await em.findOne(Membership, { organisationId, userId, removedAt: null });
  if (!member) throw new DomainError('not_found', { userId });
}

async function note(em: Em, actor: Actor, name: 'observer.added' | 'observer.changed' | 'observer.removed', order: WorkOrder, observer: Observer, now: Date): Promise<string> {
  return recordEvent(em, actor, { name, organisationId: order.organisationId, workOrder: order, subjectId: observer.id, data: { choice: observer.choice } }, now);
}
