import { addComment, restoreComment } from '#db/comments/commands.ts';
import { findComment } from '#db/comments/queries.ts';
import { findInboundMail, readOriginal, wholeText } from '#db/mails/original.ts';
import { loadSaid } from '#db/work-orders/conversation.ts';
import { subjectOf } from '#db/work-orders/load.ts';
import { DomainError } from '#domain/errors.ts';
import { COMMENT_VISIBILITIES } from '#domain/statuses.ts';
import { z } from 'zod';
import { route, slowRoute, type Route } from '../route.ts';
import { Id, IdParams, PageQuery, pageOf, prose } from '../schema.ts';
import { loadWorkOrderRecord } from '../work-orders/load.ts';
import { presentComments } from '../work-orders/present.ts';
import { CommentRecord, WorkOrderRecord } from '../work-orders/schema.ts';

export const CommentInput = z.strictObject({
  visibility: z.enum(COMMENT_VISIBILITIES),
  body: prose(50_000),
  attachmentIds: z.array(Id).max(100).optional(),
  /** What was said on the phone, taken down. */
  isPhoneNote: z.boolean().optional(),
  /** Made by the sender, so that a repeated request is one comment. */
  clientKey: z.string().min(8).max(80).optional(),
});

const list = route(
  { method: 'get', path: '/accounts/:accountId/work-orders/:id/comments', access: 'work_order.read', summary: 'What was said on an order, newest first', params: IdParams, query: PageQuery, response: pageOf(CommentRecord) },
  async ({ em, actor, params, query }) => {
    const found = await loadSaid(em, actor, params.id, query);
    return { data: presentComments(found, actor, await subjectOf(em, found.order)), pageInfo: found.said.pageInfo };
  },
);

const add = route(
  { method: 'post', path: '/accounts/:accountId/work-orders/:id/comments', access: 'comment.write', summary: 'Say something on an order', params: IdParams, body: CommentInput, response: WorkOrderRecord, status: 201 },
  async (context) => {
    const { isPhoneNote, ...body } = context.body;
    await addComment(context.em, context.actor, { ...body, workOrderId: context.params.id, door: isPhoneNote ? 'phone' : 'portal' }, context.now);
    return loadWorkOrderRecord(context.em, context, context.params.id);
  },
);

const restore = slowRoute(
  { method: 'post', path: '/accounts/:accountId/comments/:id/restoration', access: 'comment.restore', summary: 'Show the whole mail again, where the cut took too much', params: IdParams, response: WorkOrderRecord, status: 201 },
  async (context) => {
    const { actor, params, now, transact, deps } = context;
    const mail = await transact(async (em) => {
      const comment = await findComment(em, actor, params.id);
      return comment.inboundMailId ? findInboundMail(em, actor, comment.inboundMailId) : null;
    });
    const content = mail ? await readOriginal(deps.files, mail) : null;
    if (!content) throw new DomainError('not_found', { commentId: params.id });
    return transact(async (em) => {
      const comment = await restoreComment(em, actor, { commentId: params.id, body: wholeText(content) }, now);
      return loadWorkOrderRecord(em, context, comment.workOrderId);
    });
  },
);

export const commentRoutes: readonly Route[] = [list, add, restore];
