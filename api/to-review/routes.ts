import { discardFile } from '#db/attachments/store-file.ts';
import type { FileStore } from '#db/files.ts';
import { storeInboundFiles } from '#db/mails/inbound-files.ts';
import { readOriginal } from '#db/mails/original.ts';
import { answerHeldMail, attachHeldMail, discardHeldMail, isAttachedAlready, ticketFromMail, type OpenedMail } from '#db/mails/review-commands.ts';
import { findHeldMails, findReviewedMail, getHeldMail, loadSuggested } from '#db/mails/review-queries.ts';
import type { Em } from '#db/orm.ts';
import type { MemberActor } from '#domain/actors.ts';
import { DomainError } from '#domain/errors.ts';
import { extractReply } from '#domain/mail/extract-reply.ts';
import { findWorkOrder } from '#db/work-orders/load.ts';
import { route, slowRoute, type Route, type Transact } from '../route.ts';
import { IdParams, pageOf } from '../schema.ts';
import { loadWorkOrderRecord } from '../work-orders/load.ts';
import { WorkOrderRecord } from '../work-orders/schema.ts';
import { presentHeld, presentHeldRow } from './present.ts';
import { AnswerInput, AttachInput, DiscardInput, HeldMailRecord, HeldMailRow, TicketInput, ToReviewQuery } from './schema.ts';

const list = route(
  { method: 'get', path: '/accounts/:accountId/to-review', access: 'to_review.read', summary: 'Mails that wait for a decision', query: ToReviewQuery, response: pageOf(HeldMailRow) },
  async ({ em, actor, query }) => {
    const { sort, order, ...asked } = query;
    const found = await findHeldMails(em, actor, { ...asked, sort: { by: sort, order } });
    const suggested = await loadSuggested(em, actor, found.data);
    return { data: found.data.map((one) => presentHeldRow(one, actor, suggested)), pageInfo: found.pageInfo };
  },
);

const show = slowRoute(
  { method: 'get', path: '/accounts/:accountId/to-review/:id', access: 'to_review.read', summary: 'A mail that waits: original, what it would become, and the suggestion; of a decided one what was decided', params: IdParams, response: HeldMailRecord },
  async ({ actor, params, transact, deps }) => {
    const { mail, suggested } = await transact(async (em) => {
      const one = await findReviewedMail(em, actor, params.id);
      return { mail: one, suggested: await loadSuggested(em, actor, [one]) };
    });
    const content = await readOriginal(deps.files, mail);
    const reply = content ? extractReply({ text: content.text, html: content.html, subject: content.subject }) : null;
    return presentHeld(mail, actor, { suggested, content, reply });
  },
);

const attach = slowRoute(
  { method: 'post', path: '/accounts/:accountId/to-review/:id/attachment', access: 'to_review.decide', summary: 'Make it a message of an order, with its files', params: IdParams, body: AttachInput, response: WorkOrderRecord, status: 201 },
  async (context) => {
    const { actor, params, body, now, transact } = context;
    // Before files are stored: what is not visible is refused, and what adds nothing needs none.
    const needsFiles = await transact(async (em) => {
      await findWorkOrder(em, actor, body.workOrderId);
      return !(await isAttachedAlready(em, actor, { mailId: params.id, workOrderId: body.workOrderId }));
    });
    const opened = needsFiles ? await open(context, actor, params.id) : null;
    return withFiles(context, opened, async (em) => {
      const { usesFiles } = await attachHeldMail(em, actor, { mailId: params.id, ...body, opened }, now);
      return { answer: await loadWorkOrderRecord(em, context, body.workOrderId), usesFiles };
    });
  },
);

const ticket = slowRoute(
  { method: 'post', path: '/accounts/:accountId/to-review/:id/ticket', access: 'to_review.decide', summary: 'Make a new ticket of it', params: IdParams, body: TicketInput, response: WorkOrderRecord, status: 201 },
  async (context) => {
    const { actor, params, body, now } = context;
    const opened = await open(context, actor, params.id);
    return withFiles(context, opened, async (em) => {
      const order = await ticketFromMail(em, actor, { mailId: params.id, ...body, opened }, now);
      return { answer: await loadWorkOrderRecord(em, context, order.id), usesFiles: true };
    });
  },
);

const answer = route(
  { method: 'post', path: '/accounts/:accountId/to-review/:id/answer', access: 'to_review.decide', summary: 'Answer the sender by mail', params: IdParams, body: AnswerInput },
  async ({ em, actor, params, body, now }) => answerHeldMail(em, actor, { mailId: params.id, ...body }, now),
);

const discard = route(
  { method: 'post', path: '/accounts/:accountId/to-review/:id/discarding', access: 'to_review.decide', summary: 'Put it aside', params: IdParams, body: DiscardInput },
  async ({ em, actor, params, body, now }) => discardHeldMail(em, actor, { mailId: params.id, ...body }, now),
);

type Opening = { readonly deps: { readonly files: FileStore }; readonly transact: Transact };

/** Reads the original and puts its files into the store; no transaction is open meanwhile. */
async function open({ deps, transact }: Opening, actor: MemberActor, id: string): Promise<OpenedMail> {
  const mail = await transact(async (em) => getHeldMail(em, actor, id));
  const content = await readOriginal(deps.files, mail);
  if (!content) throw new DomainError('not_found', { inboundMailId: id });
  const reply = extractReply({ text: content.text, html: content.html, subject: content.subject });
  return { content, reply, files: await storeInboundFiles(deps.files, actor.organisationId, content, reply.hiddenContentIds) };
}

type Decided<T> = { readonly answer: T; readonly usesFiles: boolean };

/** Runs the decision; files that it did not take along are taken back. */
async function withFiles<T>({ deps, transact }: Opening, opened: OpenedMail | null, work: (em: Em) => Promise<Decided<T>>): Promise<T> {
  const takeBack = async (): Promise<void> => {
    for (const { file } of opened?.files.kept ?? []) await discardFile(deps.files, file);
  };
  const decided = await transact(work).catch(async (error: unknown) => {
    await takeBack();
    throw error;
  });
  if (!decided.usesFiles) await takeBack();
  return decided.answer;
}

export const toReviewRoutes: readonly Route[] = [list, show, attach, ticket, answer, discard];
