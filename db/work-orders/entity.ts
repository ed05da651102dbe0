import { defineEntity, p, type InferEntity } from '@mikro-orm/postgresql';
import { HOLD_REASONS, MEASURES, PRIORITIES, WORK_ORDER_KINDS, WORK_ORDER_STATUSES } from '#domain/statuses.ts';
import { day, id, instant, organisationId, ref } from '../columns.ts';

/** The thing to be done: a ticket or a maintenance order. */
export const WorkOrder = defineEntity({
  name: 'WorkOrder',
  tableName: 'work_orders',
  properties: {
    id: id(),
    organisationId: organisationId(),
    kind: p.enum(WORK_ORDER_KINDS).default('ticket'),
    measure: p.enum(MEASURES).nullable(),
    number: p.text(),
    title: p.text(),
    description: p.text().default(''),
    workspaceId: ref(),
    assetId: ref().nullable(),
    locationText: p.text().nullable(),
    onSiteName: p.text().nullable(),
    onSitePhone: p.text().nullable(),
    onSiteEmail: p.text().nullable(),
    onSiteHours: p.text().nullable(),
    accessNote: p.text().nullable(),
    priority: p.enum(PRIORITIES).default('normal'),
    category: p.text().nullable(),
    status: p.enum(WORK_ORDER_STATUSES).default('open'),
    waitingReason: p.enum(HOLD_REASONS).nullable(),
    waitingNote: p.text().nullable(),
    waitingUntil: day().nullable(),
    dueOn: day().nullable(),
    /** Gross, in the organisation's currency. */
    costLimitCents: p.integer().nullable(),
    clientReference: p.text().nullable(),
    contractorReference: p.text().nullable(),
    isWarranty: p.boolean().default(false),
    earlierOrderId: ref().nullable(),
    isSafetyRelevant: p.boolean().default(false),
    reporterUserId: ref().nullable(),
    reporterName: p.text().nullable(),
    responsibleUserId: ref().nullable(),
    /** Earliest open answer-by of its offered assignments; null = nobody owes an answer. For lists and the dashboard. */
    answerDueAt: instant().nullable(),
    createdAt: instant(),
    updatedAt: instant(),
    closedAt: instant().nullable(),
    version: p.integer().version(),
  },
  uniques: [{ properties: ['organisationId', 'id'] }, { properties: ['organisationId', 'number'] }],
  indexes: [
    { properties: ['organisationId', 'createdAt', 'id'] },
    { properties: ['organisationId', 'status', 'createdAt', 'id'] },
    { properties: ['organisationId', 'workspaceId', 'createdAt', 'id'] },
    { properties: ['organisationId', 'priority', 'createdAt', 'id'] },
    { properties: ['organisationId', 'dueOn', 'id'] },
    { properties: ['organisationId', 'answerDueAt', 'id'] },
    { properties: ['organisationId', 'responsibleUserId'] },
  ],
});
export type WorkOrder = InferEntity<typeof WorkOrder>;

/** Last number given out, per organisation, kind and local year; taken in the transaction that creates the order. */
export const WorkOrderCounter = defineEntity({
  name: 'WorkOrderCounter',
  tableName: 'work_order_counters',
  properties: {
    organisationId: p.uuid().primary(),
    kind: p.enum(WORK_ORDER_KINDS).primary(),
    year: p.integer().primary(),
    last: p.integer(),
  },
});
export type WorkOrderCounter = InferEntity<typeof WorkOrderCounter>;
