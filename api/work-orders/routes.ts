import { loadTimeline } from '#db/events/timeline.ts';
import { changeWorkOrder, createWorkOrder } from '#db/work-orders/commands.ts';
import { listWorkOrders } from '#db/work-orders/queries.ts';
import { loadRowsAround } from '#db/work-orders/rows.ts';
import { stepWorkOrder } from '#db/work-orders/steps.ts';
import type { AccountActor } from '#domain/actors.ts';
import { route, type Route } from '../route.ts';
import { IdParams, iso, PageQuery, pageOf } from '../schema.ts';
import { loadWorkOrderRecord, todayOf } from './load.ts';
import { presentRows } from './present-row.ts';
import { StepInput, TimelineRecord, WorkOrderChange, WorkOrderInput, WorkOrderListQuery, WorkOrderRecord, WorkOrderRow } from './schema.ts';

const list = route(
  {
    method: 'get', path: '/accounts/:accountId/work-orders', access: 'work_order.read',
    summary: 'Work orders that I see, filtered, searched and sorted', query: WorkOrderListQuery, response: pageOf(WorkOrderRow),
  },
  async ({ em, actor, query, now }) => {
    const { page, perPage, sort, order, ...filter } = query;
    const today = await todayOf(em, actor, now);
    const found = await listWorkOrders(em, actor, { page, perPage, sort: { by: sort, order }, filter, today });
    const around = await loadRowsAround(em, actor, found.data);
    return { data: presentRows(found.data, { actor, today, around }), pageInfo: found.pageInfo };
  },
);

const create = route(
  { method: 'post', path: '/accounts/:accountId/work-orders', access: 'work_order.create', summary: 'Report a defect or make an order', body: WorkOrderInput, response: WorkOrderRecord, status: 201 },
  async (context) => {
    const order = await createWorkOrder(context.em, context.actor, context.body, context.now);
    return loadWorkOrderRecord(context.em, context, order.id);
  },
);

const show = route(
  { method: 'get', path: '/accounts/:accountId/work-orders/:id', access: 'work_order.read', summary: 'One order with the newest of its conversation and its processes', params: IdParams, response: WorkOrderRecord },
  async (context) => loadWorkOrderRecord(context.em, context, context.params.id),
);

const change = route(
  { method: 'patch', path: '/accounts/:accountId/work-orders/:id', access: 'work_order.edit', summary: 'Change fields of an order', params: IdParams, body: WorkOrderChange, response: WorkOrderRecord },
  async (context) => {
    await changeWorkOrder(context.em, context.actor, { ...context.body, workOrderId: context.params.id }, context.now);
    return loadWorkOrderRecord(context.em, context, context.params.id);
  },
);

const step = route(
  { method: 'post', path: '/accounts/:accountId/work-orders/:id/steps', access: 'work_order.step', summary: 'Make a status step', params: IdParams, body: StepInput, response: WorkOrderRecord },
  async (context) => {
    await stepWorkOrder(context.em, context.actor, { ...context.body, workOrderId: context.params.id }, context.now);
    return loadWorkOrderRecord(context.em, context, context.params.id);
  },
);

const timeline = route(
  { method: 'get', path: '/accounts/:accountId/work-orders/:id/timeline', access: 'work_order.read', summary: 'What happened to an order, newest first', params: IdParams, query: PageQuery, response: pageOf(TimelineRecord) },
  async ({ em, actor, params, query }) => {
    const found = await loadTimeline(em, actor, params.id, query);
    const data = found.data.map(({ event, ...names }) => ({
      id: event.id, name: event.name, occurredAt: iso(event.occurredAt), door: event.door, ...names, data: dataFor(actor, event.data),
    }));
    return { data, pageInfo: found.pageInfo };
  },
);

/** Facts of an event that are told to partners; others name people and firms of the client's directory. */
const TOLD_TO_PARTNERS = ['from', 'to', 'reason', 'waitingReason', 'until', 'attachmentId', 'commentId', 'visibility', 'files', 'answerBy', 'promisedFrom', 'promisedUntil', 'number'];

function dataFor(actor: AccountActor, data: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return actor.kind === 'member' ? { ...data } : Object.fromEntries(Object.entries(data).filter(([name]) => TOLD_TO_PARTNERS.includes(name)));
}

export const workOrderRoutes: readonly Route[] = [list, create, show, change, step, timeline];
