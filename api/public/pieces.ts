import express, { Router, type NextFunction, type Request, type Response } from 'express';
import { z } from 'zod';
import { loadLinkView } from '#db/assignments/link-view.ts';
import type { OpenedLink } from '#db/assignments/links.ts';
import { appendPiece, PIECE_BYTES, startUpload, uploadProgress, type PieceDeps } from '#db/attachments/uploads.ts';
import { emFor } from '#db/orm.ts';
import { DomainError } from '#domain/errors.ts';
import type { AppDeps } from '../deps.ts';
import { BODY_MS, bodyDeadline } from '../middleware/guards.ts';
import { sendProblem } from '../middleware/problem.ts';
import { idOf } from '../schema.ts';
import { landAtRequest } from './file-request.ts';
import { pageLocale } from './locale.ts';
import { standing } from './notices.ts';
import { openLink, type Purpose } from './open-link.ts';

const NewUpload = z.strictObject({ name: z.string().min(1).max(1000), size: z.int().min(0).max(2 ** 31 - 1) });

/** Files in pieces, for the page's script; JSON both ways. `POST …/dateien/teile`, then `PUT …/:uploadId?offset=`, or `GET` to ask. */
export function pieceRoutes(deps: AppDeps, door: 'a' | 'f'): Router {
  const purpose: Purpose = door === 'a' ? 'assignment' : 'file_request';
  const router = Router();
  router.post(`/${door}/:token/dateien/teile`, bodyDeadline(BODY_MS), express.json({ limit: '10kb' }), async (req, res) => {
    const { opened } = await openLiving(deps, req, purpose);
    const input = NewUpload.safeParse(req.body);
    if (!input.success) throw new DomainError('invalid_input', { field: 'size' });
    await deps.limits.consume('publicUpload', opened.link.id);
    const { actor, link } = opened;
    const wanted = { ...input.data, workOrderId: link.workOrderId, limitBytes: limitOf(deps), fileRequestId: link.fileRequestId };
    const { uploadId } = await emFor(deps.orm, actor).transactional((em) => startUpload(em, actor, wanted, deps.clock()));
    res.status(201).json({ uploadId, chunkSize: PIECE_BYTES });
  });
  router.put(`/${door}/:token/dateien/teile/:uploadId`, async (req, res) => {
    const { opened, assignmentId } = await openLiving(deps, req, purpose);
    const offset = Number(req.query['offset']);
    if (!Number.isSafeInteger(offset) || offset < 0) throw new DomainError('bad_request');
    const piece = { uploadId: uploadIdOf(req), offset, bytes: req };
    res.json(await appendPiece({ ...pieceDeps(deps, opened), assignmentId }, opened.actor, piece, deps.clock()));
  });
  router.get(`/${door}/:token/dateien/teile/:uploadId`, async (req, res) => {
    const { actor, link } = (await openLiving(deps, req, purpose)).opened;
    const asked = { uploadId: uploadIdOf(req), fileRequestId: link.fileRequestId };
    res.json(await emFor(deps.orm, actor).transactional((em) => uploadProgress(em, actor, asked, deps.clock())));
  });
  router.use(`/${door}/:token/dateien/teile`, (error: unknown, req: Request, res: Response, _next: NextFunction) => {
    sendProblem(error, req, res, pageLocale(req, { reader: null, client: null }));
  });
  return router;
}

async function openLiving(deps: AppDeps, req: Request, purpose: Purpose): Promise<{ readonly opened: OpenedLink; readonly assignmentId: string | null }> {
  const opened = await openLink(deps, req, purpose, 'publicFile');
  const now = deps.clock();
  const view = await emFor(deps.orm, opened.actor).transactional((em) => loadLinkView(em, opened, now));
  const isOpen = purpose === 'assignment' ? [null, 'closed', 'late_answer'].includes(standing(view)) : view.state === 'live';
  // Gone for good: the page's script begins a lost upload anew, but not this one.
  if (!isOpen) throw new DomainError('forbidden');
  return { opened, assignmentId: opened.link.assignmentId ?? view.fileRequest?.assignmentId ?? null };
}

function pieceDeps(deps: AppDeps, { actor, link }: OpenedLink): PieceDeps {
  const common: PieceDeps = { files: deps.files, limitBytes: limitOf(deps), transact: (work) => emFor(deps.orm, actor).transactional(work) };
  const { fileRequestId } = link;
  if (!fileRequestId) return common;
  return { ...common, fileRequestId, isForMessage: false, onStored: (em, attachment) => landAtRequest(em, actor, { fileRequestId, attachment }, deps.clock()) };
}

function uploadIdOf(req: Request): string {
  const id = idOf(req.params['uploadId']);
  if (!id) throw new DomainError('not_found');
  return id;
}

function limitOf(deps: AppDeps): number {
  return deps.settings.UPLOAD_LIMIT_MB * 1024 * 1024;
}
