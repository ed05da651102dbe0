import { addComment } from '#db/comments/commands.ts';
import { COMMENT_VISIBILITIES } from '#domain/statuses.ts';
import { z } from 'zod';
import { route, type Route } from '../route.ts';
import { Id, IdParams, prose } from '../schema.ts';
import { loadWorkOrderRecord } from '../work-orders/load.ts';
import { WorkOrderRecord } from '../work-orders/schema.ts';

export const CommentInput = z.strictObject({
  visibility: z.enum(COMMENT_VISIBILITIES),
  body: prose(50_000),
  attachmentIds: z.array(Id).max(100).optional(),
  /** What was said on the phone, taken down. */
  isPhoneNote: z.boolean().optional(),
  /** Made by the sender, so that a repeated request is one comment. */
  clientKey: z.string().min(8).max(80).optional(),
});

const add = route(
  { method: 'post', path: '/accounts/:accountId/work-orders/:id/comments', access: 'comment.write', summary: 'Say something on an order', params: IdParams, body: CommentInput, response: WorkOrderRecord, status: 201 },
  async (context) => {
    const { isPhoneNote, ...body } = context.body;
    await addComment(context.em, context.actor, { ...body, workOrderId: context.params.id, door: isPhoneNote ? 'phone' : 'portal' }, context.now);
    return loadWorkOrderRecord(context.em, context, context.params.id);
  },
);

export const commentRoutes: readonly Route[] = [add];
