import type { Actor, MemberActor, TenantActor } from '#domain/actors.ts';
import { localDate } from '#domain/calendar/local-time.ts';
import { DomainError } from '#domain/errors.ts';
import { can } from '#domain/permissions.ts';
import type { Measure, Priority, WorkOrderKind } from '#domain/statuses.ts';
import { Assignment } from '../assignments/entity.ts';
import { mailContractor } from '../assignments/mails.ts';
import { newId } from '../columns.ts';
import { recordEvent } from '../events/record.ts';
import { addDefaultObservers } from '../observers/defaults.ts';
import { loadSiteRules } from '../organisations/rules.ts';
import type { Em } from '../orm.ts';
import { assertSharedAfterMove } from '../partnerships/share-for-order.ts';
import { Asset } from '../assets/entity.ts';
import { Membership } from '../users/entity.ts';
import { WorkOrder } from './entity.ts';
import { assertCan, lockWorkOrder } from './load.ts';
import { takeNumber } from './number.ts';
import { visibleTo } from './visibility.ts';

/** What a person writes into an order; absent keys of a change stay as they are, null empties. */
export type WorkOrderInput = {
  title: string;
  description?: string | undefined;
  workspaceId: string;
  kind?: WorkOrderKind | undefined;
  measure?: Measure | null | undefined;
  assetId?: string | null | undefined;
  locationText?: string | null | undefined;
  onSiteName?: string | null | undefined;
  onSitePhone?: string | null | undefined;
  onSiteEmail?: string | null | undefined;
  onSiteHours?: string | null | undefined;
  accessNote?: string | null | undefined;
  priority?: Priority | undefined;
  category?: string | null | undefined;
  dueOn?: string | null | undefined;
  costLimitCents?: number | null | undefined;
  clientReference?: string | null | undefined;
  contractorReference?: string | null | undefined;
  isWarranty?: boolean | undefined;
  earlierOrderId?: string | null | undefined;
  isSafetyRelevant?: boolean | undefined;
  responsibleUserId?: string | null | undefined;
  reporterName?: string | null | undefined;
};

export type WorkOrderChange = { [K in keyof WorkOrderInput]?: WorkOrderInput[K] | undefined };

/** Creates an order with its number; the workspace's default person is responsible, reporter and the workspace's coordinators observe it. */
export async function createWorkOrder(em: Em, actor: Actor, input: WorkOrderInput, now: Date): Promise<WorkOrder> {
  if (actor.kind !== 'member' && actor.kind !== 'system') throw new DomainError('forbidden', { action: 'work_order.create' });
  if (!can(actor, 'work_order.create', { organisationId: actor.organisationId, workspaceId: input.workspaceId })) {
    throw new DomainError('not_found', { workspaceId: input.workspaceId });
  }
  const { organisation, workspace, calendar } = await loadSiteRules(em, actor.organisationId, input.workspaceId);
  if (workspace.archivedAt) throw new DomainError('invalid_input', { field: 'workspaceId', reason: 'archived' });
  await checkReferences(em, actor, input);
  if (input.dueOn && input.dueOn < localDate(now, calendar)) throw new DomainError('date_in_past', { field: 'dueOn' });
  const reporterUserId = actor.kind === 'member' ? actor.userId : null;
  const order = em.create(WorkOrder, {
    ...given(input),
    id: newId(),
    organisationId: actor.organisationId,
    title: input.title.trim(),
    workspaceId: workspace.id,
    number: await takeNumber(em, organisation, input.kind ?? 'ticket', now),
    reporterUserId,
    responsibleUserId: input.responsibleUserId ?? workspace.defaultResponsibleUserId ?? officeUser(actor) ?? null,
    createdAt: now,
    updatedAt: now,
  });
  await addDefaultObservers(em, order, now);
  await recordEvent(em, actor, { name: 'work_order.created', organisationId: order.organisationId, workOrder: order }, now);
  return order;
}

/** Changes an order's fields; `version` is the one the person saw, another one throws `changed_meanwhile`. */
export async function changeWorkOrder(
  em: Em,
  actor: Actor,
  input: WorkOrderChange & { workOrderId: string; version?: number | undefined },
  now: Date,
): Promise<WorkOrder> {
  const order = await lockWorkOrder(em, actor, input.workOrderId);
  await assertCan(em, actor, 'work_order.edit', order);
  if (input.version !== undefined && input.version !== order.version) throw new DomainError('changed_meanwhile', { version: order.version });
  if (order.status === 'closed' || order.status === 'cancelled') throw new DomainError('step_not_allowed', { step: 'edit', status: order.status });
  if (input.workspaceId && input.workspaceId !== order.workspaceId) await assertMayMoveTo(em, actor, order, input.workspaceId, now);
  const assetId = input.assetId === undefined ? order.assetId : input.assetId;
  await checkReferences(em, actor as TenantActor, { ...input, assetId, workspaceId: input.workspaceId ?? order.workspaceId });
  const { workOrderId: _id, version: _version, kind: _kind, ...fields } = input;
  const changes = given(fields);
  const fieldNames = Object.keys(changes).filter((key) => order[key as keyof WorkOrder] !== changes[key as keyof typeof changes]);
  if (fieldNames.length === 0) return order;
  em.assign(order, { ...changes, updatedAt: now });
  await recordEvent(em, actor, { name: 'work_order.changed', organisationId: order.organisationId, workOrder: order, data: { fields: fieldNames } }, now);
  if (fieldNames.includes('dueOn') && order.dueOn) await tellNewDueDate(em, order, now);
  return order;
}

/** Whoever is asked, or works on it by mail, plans by the due date. */
async function tellNewDueDate(em: Em, order: WorkOrder, now: Date): Promise<void> {
  const asked = await em.find(Assignment, { organisationId: order.organisationId, workOrderId: order.id, kind: { $in: ['email', 'partner'] }, status: { $in: ['offered', 'accepted'] } });
  for (const one of asked) {
    await mailContractor(em, order, one, { template: 'date-changed', cause: 'work_order.changed', parameters: { what: 'dueOn' } }, now);
  }
}

/** A workspace that the actor does not see is not found; one that is archived takes nothing new, and one that its partner does not have no work of theirs. */
async function assertMayMoveTo(em: Em, actor: Actor, order: WorkOrder, workspaceId: string, now: Date): Promise<void> {
  if (!can(actor, 'work_order.edit', { organisationId: order.organisationId, workspaceId })) throw new DomainError('not_found', { workspaceId });
  const { workspace } = await loadSiteRules(em, order.organisationId, workspaceId);
  if (workspace.archivedAt) throw new DomainError('invalid_input', { field: 'workspaceId', reason: 'archived' });
  await assertSharedAfterMove(em, actor, order, workspaceId, now);
}

/** The workspace itself was looked up before. */
async function checkReferences(em: Em, actor: TenantActor, input: WorkOrderChange & { workspaceId: string }): Promise<void> {
  const { organisationId } = actor;
  if (input.assetId) {
    const asset = await em.findOne(Asset, { organisationId, id: input.assetId, workspaceId: input.workspaceId });
    if (!asset) throw new DomainError('invalid_input', { field: 'assetId', reason: 'not_in_workspace' });
  }
  if (input.responsibleUserId) {
    const member = await em.findOne(Membership, { organisationId, userId: input.responsibleUserId, removedAt: null });
    if (!member) throw new DomainError('invalid_input', { field: 'responsibleUserId', reason: 'not_a_member' });
  }
  if (input.earlierOrderId) {
    const earlier = await em.findOne(WorkOrder, { $and: [visibleTo(actor), { id: input.earlierOrderId }] });
    if (!earlier) throw new DomainError('invalid_input', { field: 'earlierOrderId', reason: 'not_found' });
  }
}

/** Without keys that were not given, so that a change leaves them alone. */
function given<T extends object>(input: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined)) as { [K in keyof T]: Exclude<T[K], undefined> };
}

function officeUser(actor: Actor): string | null {
  const member = actor as MemberActor;
  return actor.kind === 'member' && member.role !== 'technician' ? member.userId : null;
}
