import type { Actor } from '#domain/actors.ts';
import { DomainError } from '#domain/errors.ts';
import type { Locale, NotifyChoice } from '#domain/statuses.ts';
import { newId } from '../columns.ts';
import { recordEvent } from '../events/record.ts';
import type { Em } from '../orm.ts';
import { Membership } from '../users/entity.ts';
import type { WorkOrder } from '../work-orders/entity.ts';
import { assertCan, lockWorkOrder } from '../work-orders/load.ts';
import { Observer } from './entity.ts';

export type ObserverInput = {
  readonly workOrderId: string;
  readonly userId?: string | null | undefined;
  readonly email?: string | null | undefined;
  readonly name?: string | null | undefined;
  readonly locale?: Locale | null | undefined;
  readonly choice?: NotifyChoice | undefined;
  readonly canComment?: boolean | undefined;
  /** Seen in a mail's Cc: proposed, told nothing until somebody says yes. */
  readonly isProposed?: boolean | undefined;
};

/** Has somebody kept informed: a member, or an address from outside. Anybody may observe for themselves. Twice is once. */
export async function addObserver(em: Em, actor: Actor, input: ObserverInput, now: Date): Promise<Observer> {
  const order = await lockWorkOrder(em, actor, input.workOrderId);
  const isSelf = actor.kind === 'member' && input.userId === actor.userId;
  if (actor.kind === 'member' && !isSelf) await assertCan(em, actor, 'observer.manage', order);
  const email = input.email?.trim().toLowerCase() ?? null;
  if (Boolean(input.userId) === Boolean(email)) throw new DomainError('invalid_input', { field: 'email', reason: 'user_or_address' });
  if (input.userId) await assertMember(em, order.organisationId, input.userId);
  const who = { organisationId: order.organisationId, workOrderId: order.id, leftAt: null };
  const known = await em.findOne(Observer, input.userId ? { ...who, userId: input.userId } : { ...who, email });
  if (known) {
    if (known.isProposed && !input.isProposed) known.isProposed = false;
    return known;
  }
  const observer = em.create(Observer, {
    id: newId(), organisationId: order.organisationId, workOrderId: order.id, userId: input.userId ?? null, email,
    name: input.name?.trim() || null, locale: input.locale ?? null, choice: input.choice ?? 'at_once', canComment: input.canComment ?? true,
    isProposed: input.isProposed ?? false, addedByUserId: actor.kind === 'member' ? actor.userId : null, createdAt: now,
  });
  await note(em, actor, 'observer.added', order, observer, now);
  return observer;
}

/** Changes how soon an observer wants to know, or whether they may comment; observers choose for themselves by their link. */
export async function changeObserver(em: Em, actor: Actor, input: { observerId: string; choice?: NotifyChoice | undefined; canComment?: boolean | undefined; isProposed?: false | undefined }, now: Date): Promise<Observer> {
  const { order, observer } = await lockObserver(em, actor, input.observerId);
  const isSelf = isOwn(actor, observer);
  if (!isSelf || input.canComment !== undefined || input.isProposed !== undefined) await assertManages(em, actor, order);
  if (input.choice) observer.choice = input.choice;
  if (input.canComment !== undefined) observer.canComment = input.canComment;
  if (input.isProposed === false) observer.isProposed = false;
  await note(em, actor, 'observer.changed', order, observer, now);
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
  const observer = await em.findOne(Observer, { id: observerId });
  if (!observer) throw new DomainError('not_found', { observerId });
  return { order: await lockWorkOrder(em, actor, observer.workOrderId), observer };
}

function isOwn(actor: Actor, observer: Observer): boolean {
  if (actor.kind === 'link' || actor.kind === 'mail') return actor.observerId === observer.id;
  return actor.kind === 'member' && actor.userId === observer.userId;
}

async function assertManages(em: Em, actor: Actor, order: WorkOrder): Promise<void> {
  if (actor.kind !== 'member' && actor.kind !== 'system') throw new DomainError('forbidden', { action: 'observer.manage' });
  await assertCan(em, actor, 'observer.manage', order);
}

async function assertMember(em: Em, organisationId: string, userId: string): Promise<void> {
  const member = await em.findOne(Membership, { organisationId, userId, removedAt: null });
  if (!member) throw new DomainError('not_found', { userId });
}

async function note(em: Em, actor: Actor, name: 'observer.added' | 'observer.changed' | 'observer.removed', order: WorkOrder, observer: Observer, now: Date): Promise<void> {
  await recordEvent(em, actor, { name, organisationId: order.organisationId, workOrder: order, subjectId: observer.id, data: { choice: observer.choice } }, now);
}
