import { addObserver, changeObserver, removeObserver } from '#db/observers/commands.ts';
import { NOTIFY_CHOICES } from '#domain/statuses.ts';
import { z } from 'zod';
import { route, type Route } from '../route.ts';
import { EmailAddress, Id, IdParams, line, LocaleSchema } from '../schema.ts';
import { loadWorkOrderRecord } from '../work-orders/load.ts';
import { WorkOrderRecord } from '../work-orders/schema.ts';

/** A person of the organisation, a partner, or an address from outside; one of them. */
export const ObserverInput = z.strictObject({
  userId: Id.optional(),
  partnershipId: Id.optional(),
  email: EmailAddress.optional(),
  name: line(120).optional(),
  locale: LocaleSchema.optional(),
  choice: z.enum(NOTIFY_CHOICES).optional(),
  canComment: z.boolean().optional(),
});
export const ObserverChange = z.strictObject({
  choice: z.enum(NOTIFY_CHOICES).optional(),
  canComment: z.boolean().optional(),
  /** `false` takes up somebody whom a mail's Cc proposed. */
  isProposed: z.literal(false).optional(),
});

const add = route(
  { method: 'post', path: '/accounts/:accountId/work-orders/:id/observers', access: 'observer.add', summary: 'Have somebody kept informed', params: IdParams, body: ObserverInput, response: WorkOrderRecord, status: 201 },
  async (context) => {
    await addObserver(context.em, context.actor, { ...context.body, workOrderId: context.params.id }, context.now);
    return loadWorkOrderRecord(context.em, context, context.params.id);
  },
);

const change = route(
  { method: 'patch', path: '/accounts/:accountId/observers/:id', access: 'observer.choose', summary: 'Change how soon an observer is told', params: IdParams, body: ObserverChange, response: WorkOrderRecord },
  async (context) => {
    const observer = await changeObserver(context.em, context.actor, { ...context.body, observerId: context.params.id }, context.now);
    return loadWorkOrderRecord(context.em, context, observer.workOrderId);
  },
);

const remove = route(
  { method: 'delete', path: '/accounts/:accountId/observers/:id', access: 'observer.choose', summary: 'No longer keep somebody informed', params: IdParams },
  async ({ em, actor, params, now }) => removeObserver(em, actor, { observerId: params.id }, now),
);

export const observerRoutes: readonly Route[] = [add, change, remove];
