import { findAttachment } from '#db/attachments/queries.ts';
import { removeAttachment, storeAttachment } from '#db/attachments/commands.ts';
import { readTogether } from '#db/together.ts';
import { assignmentsOf, filesOf } from '#db/work-orders/conversation.ts';
import { findWorkOrder, subjectOf } from '#db/work-orders/load.ts';
import { peopleSeenBy } from '#db/work-orders/people.ts';
import { once, type Answer } from '#db/idempotency/commands.ts';
import type { Em } from '#db/orm.ts';
import type { AccountActor } from '#domain/actors.ts';
import { DomainError } from '#domain/errors.ts';
import { can } from '#domain/permissions.ts';
import type { Locale } from '#domain/statuses.ts';
import { InputError, problemOf } from '../middleware/problem.ts';
import { askedRepeat } from '../repeat-key.ts';
import { route, streamRoute, type Route } from '../route.ts';
import { IdParams, PageQuery, pageOf } from '../schema.ts';
import { AttachmentRecord } from '../work-orders/schema.ts';
import { presentAttachment } from './present.ts';
import { discardForm, receiveForm, refusalDetails, type ReceivedForm } from './receive.ts';
import { UploadAnswer, UploadFields } from './schema.ts';
import { sendContent, sendPreview } from './send-file.ts';

const list = route(
  { method: 'get', path: '/accounts/:accountId/work-orders/:id/attachments', access: 'work_order.read', summary: 'Files of an order, newest first', params: IdParams, query: PageQuery, response: pageOf(AttachmentRecord) },
  async ({ em, actor, params, query }) => {
    const order = await findWorkOrder(em, actor, params.id);
    const [found, assignments] = await readTogether(em, [filesOf(em, actor, order.id, query), assignmentsOf(em, actor, order.id)]);
    const subject = await subjectOf(em, order);
    const people = await peopleSeenBy(em, actor, {
      userIds: found.data.map((one) => one.uploadedByUserId), firmIds: [], contactIds: found.data.map((one) => one.uploadedByContactId),
    });
    const ownAssignmentIds = assignments.map(({ id }) => id);
    return { data: found.data.map((one) => presentAttachment(one, { actor, subject, people, ownAssignmentIds })), pageInfo: found.pageInfo };
  },
);

const upload = streamRoute(
  {
    method: 'post', path: '/accounts/:accountId/work-orders/:id/attachments', access: 'attachment.write', summary: 'Add files to an order',
    params: IdParams, form: UploadFields, response: UploadAnswer, status: 201, contentType: 'application/json',
  },
  async ({ actor, params, req, res, transact, deps, now, locale }) => {
    // Nothing is read from somebody who may not.
    await transact(async (em) => assertMayUpload(em, actor, params.id));
    const repeat = askedRepeat(req, actor);
    const form = await receiveForm(req, { files: deps.files, organisationId: actor.organisationId, limitBytes: deps.settings.UPLOAD_LIMIT_MB * 1024 * 1024 });
    const work = async (em: Em): Promise<Answer> => ({ status: 201, response: await keep(em, { actor, workOrderId: params.id, form, now, locale }) });
    const answer = await transact(async (em) => (repeat ? once(em, repeat.keyFor(form.fingerprint()), now, async () => work(em)) : { ...(await work(em)), isRepeat: false }))
      .catch(async (error: unknown) => {
        await discardForm(deps.files, form);
        throw error;
      });
    if (answer.isRepeat) {
      await discardForm(deps.files, form);
      res.setHeader('Idempotency-Replayed', 'true');
    }
    res.status(answer.status).json(answer.response);
  },
);

async function assertMayUpload(em: Em, actor: AccountActor, workOrderId: string): Promise<void> {
  const subject = await subjectOf(em, await findWorkOrder(em, actor, workOrderId));
  if (!can(actor, 'attachment.write', subject)) throw new DomainError('forbidden', { action: 'attachment.write' });
}

type Kept = { readonly actor: AccountActor; readonly workOrderId: string; readonly form: ReceivedForm; readonly now: Date; readonly locale: Locale };

/** Writes the rows of what was received, and tells of what was not. */
async function keep(em: Em, { actor, workOrderId, form, now, locale }: Kept): Promise<UploadAnswer> {
  const fields = UploadFields.safeParse(Object.fromEntries(form.fields), { reportInput: true });
  if (!fields.success) throw new InputError(fields.error);
  if (form.stored.length + form.refused.length === 0) throw new DomainError('invalid_input', { field: 'files', reason: 'empty' });
  const { isForMessage, visibility } = fields.data;
  const rows = [];
  for (const file of form.stored) {
    rows.push(await storeAttachment(em, actor, { workOrderId, file, isForMessage, visibility: isForMessage ? 'internal' : visibility }, now));
  }
  await em.flush();
  const subject = await subjectOf(em, await findWorkOrder(em, actor, workOrderId));
  const people = await peopleSeenBy(em, actor, { userIds: [actor.userId], firmIds: [], contactIds: [] });
  return UploadAnswer.parse({
    saved: rows.map((row) => presentAttachment(row, { actor, subject, people, ownAssignmentIds: [] })),
    refused: form.refused.map((one) => ({ name: one.name, code: one.code, limit: one.limitBytes, detail: problemOf(one.code, refusalDetails(one), locale).detail })),
  });
}

const content = streamRoute(
  { method: 'get', path: '/accounts/:accountId/attachments/:id/content', access: 'work_order.read', summary: 'A file, for saving', params: IdParams, contentType: '*/*' },
  async ({ actor, params, res, transact, deps }) => {
    const { attachment } = await transact(async (em) => findAttachment(em, actor, params.id));
    await sendContent(res, deps.files, attachment);
  },
);

const preview = streamRoute(
  { method: 'get', path: '/accounts/:accountId/attachments/:id/preview', access: 'work_order.read', summary: 'A small picture of a photo', params: IdParams, contentType: 'image/jpeg' },
  async ({ actor, params, res, transact, deps }) => {
    const { attachment } = await transact(async (em) => findAttachment(em, actor, params.id));
    await sendPreview(res, deps.files, attachment);
  },
);

const remove = route(
  { method: 'delete', path: '/accounts/:accountId/attachments/:id', access: 'attachment.write', summary: 'Take a file away', params: IdParams },
  async ({ em, actor, params, now }) => {
    await removeAttachment(em, actor, { attachmentId: params.id }, now);
  },
);

export const attachmentRoutes: readonly Route[] = [list, upload, content, preview, remove];
