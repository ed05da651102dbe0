import { discardFile } from '#db/attachments/store-file.ts';
import type { FileStore } from '#db/files.ts';
import { storeInboundFiles } from '#db/mails/inbound-files.ts';
import { readOriginal } from '#db/mails/original.ts';
import { answerHeldMail, attachHeldMail, discardHeldMail, ticketFromMail, type OpenedMail } from '#db/mails/review-commands.ts';
import { findHeldMails, getHeldMail, loadSuggested } from '#db/mails/review-queries.ts';
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
  { method: 'get', path: '/accounts/:accountId/to-review/:id', access: 'to_review.read', summary: 'A mail that waits: original, what it would become, and the suggestion', params: IdParams, response: HeldMailRecord },
  async ({ actor, params, transact, deps }) => {
    const { mail, suggested } = await transact(async (em) => {
      const one = await getHeldMail(em, actor, params.id);
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
    // Before files are stored: what is not visible is refused, what was decided is not done again.
    const isDone = await transact(async (em) => {
      await findWorkOrder(em, actor, body.workOrderId);
      return getHeldMail(em, actor, params.id).then(() => false, (error: unknown) => isDecided(error));
    });
    const opened = isDone ? null : await open(context, actor, params.id);
    return withFiles(context, opened, async (em) => {
      await attachHeldMail(em, actor, { mailId: params.id, ...body, opened }, now);
      return loadWorkOrderRecord(em, context, body.workOrderId);
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
      return loadWorkOrderRecord(em, context, order.id);
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

function isDecided(error: unknown): true {
  if (error instanceof DomainError && error.code === 'mail_already_decided') return true;
  throw error;
}

type Opening = { readonly deps: { readonly files: FileStore }; readonly transact: Transact };

/** Reads the original and puts its files into the store; no transaction is open meanwhile. */
async function open({ deps, transact }: Opening, actor: MemberActor, id: string): Promise<OpenedMail> {
  const mail = await transact(async (em) => getHeldMail(em, actor, id));
  const content = await readOriginal(deps.files, mail);
  if (!content) throw new DomainError('not_found', { inboundMailId: id });
  const reply = extractReply({ text: content.text, html: content.html, subject: content.subject });
  return { content, reply, files: await storeInboundFiles(deps.files, actor.organisationId, content, reply.hiddenContentIds) };
}

/** Runs the decision; files that it did not take along are taken back. */
async function withFiles<T>({ deps, transact }: Opening, opened: OpenedMail | null, work: Parameters<typeof transact<T>>[0]): Promise<T> {
  try {
    return await transact(work);
  } catch (error) {
    for (const { file } of opened?.files.kept ?? []) await discardFile(deps.files, file);
    throw error;
  }
}

export const toReviewRoutes: readonly Route[] = [list, show, attach, ticket, answer, discard];
