import { UniqueConstraintViolationException } from '@mikro-orm/postgresql';
import type { NextFunction, Request, Response } from 'express';
import { loadLinkView, type LinkView } from '#db/assignments/link-view.ts';
import type { OpenedLink } from '#db/assignments/links.ts';
import { emFor } from '#db/orm.ts';
import { ERROR_STATUS } from '#domain/errors.ts';
import type { Locale } from '#domain/statuses.ts';
import { renderPage, type PageBase } from '#templates/render.ts';
import type { AppDeps } from '../deps.ts';
import { refusalOf } from '../middleware/problem.ts';
import { namelessBase, pageBase } from './base.ts';
import type { PageAnswer, PageContext, PageHandler } from './context.ts';
import { EMPTY_FORM, isMultipart, readFields, readFormWithFiles, type PageForm } from './form.ts';
import { pageLocale } from './locale.ts';
import { notice } from './notices.ts';
import { openLink, type Purpose } from './open-link.ts';

export type Known = { base: PageBase; locale: Locale; view: LinkView | null };
type ReadForm = { readonly form: PageForm; readonly discardFiles?: () => Promise<void> };

/**
 * The way of every page: whose link → form read → one transaction as that link → page or 303. `handle` decides what a link
 * in this state may do. Faults are told in the page's language.
 */
export function answerPage(deps: AppDeps, purpose: Purpose, handle: PageHandler) {
  return async (req: Request, res: Response, _next: NextFunction): Promise<void> => {
    const known: Known = { base: namelessBase(req), locale: pageLocale(req, { reader: null, client: null }), view: null };
    try {
      const opened = await openLink(deps, req, purpose);
      const { form, discardFiles } = await readForm(deps, req, opened);
      const run = (): Promise<PageAnswer> => transact(deps, req, opened, known, form, handle);
      const answer = await run().catch(onceMoreIfRepeated(run)).catch(async (error: unknown) => {
        await discardFiles?.();
        throw error;
      });
      if (!answer.keepsFiles) await discardFiles?.();
      send(res, answer, known.locale);
    } catch (error) {
      sendFault(error, req, res, known);
    }
  };
}

/** The same form at the same moment has won: looking again finds what it has done. */
function onceMoreIfRepeated<T>(run: () => Promise<T>) {
  return (error: unknown): Promise<T> => {
    if (error instanceof UniqueConstraintViolationException) return run();
    throw error;
  };
}

/** Loads what is behind the link and runs the handler, in one transaction. */
async function transact(deps: AppDeps, req: Request, opened: OpenedLink, known: Known, form: PageForm, handle: PageHandler): Promise<PageAnswer> {
  const now = deps.clock();
  return emFor(deps.orm, opened.actor).transactional(async (em) => {
    const view = await loadLinkView(em, opened, now);
    known.view = view;
    known.base = pageBase(req, view);
    known.locale = pageLocale(req, { reader: view.firm?.locale ?? view.observer?.locale ?? null, client: view.organisation.locale });
    const context: PageContext = { deps, req, em, now, form, opened, view, actor: opened.actor, base: known.base, locale: known.locale };
    return handle(context);
  });
}

/** Files are taken from living links only, and a limited number of times. */
async function readForm(deps: AppDeps, req: Request, opened: OpenedLink): Promise<ReadForm> {
  if (req.method !== 'POST') return { form: EMPTY_FORM };
  if (!isMultipart(req)) return { form: readFields(req) };
  const now = deps.clock();
  const { state } = await emFor(deps.orm, opened.actor).transactional((em) => loadLinkView(em, opened, now));
  if (state !== 'live') return { form: EMPTY_FORM };
  await deps.limits.consume('publicUpload', opened.link.id);
  return readFormWithFiles(deps, req, opened.link.organisationId);
}

/** Sends what a handler has answered. */
export function send(res: Response, answer: PageAnswer, locale: Locale): void {
  if ('goTo' in answer) {
    res.redirect(303, answer.goTo);
  } else if ('file' in answer) {
    res.attachment(answer.file.name);
    res.type(answer.file.contentType).send(answer.file.content);
  } else {
    res.status(answer.status).type('html').send(renderPage(answer.page, locale, answer.data as never));
  }
}

/** Says what went wrong; a defect of ours is logged and told without a word of why. */
export function sendFault(error: unknown, req: Request, res: Response, { base, locale, view }: Known): void {
  if (res.headersSent || req.socket.destroyed) {
    res.destroy();
    return;
  }
  const refusal = refusalOf(error);
  const code = refusal?.code ?? 'internal';
  if (code === 'internal' || code === 'unavailable') req.log.error({ err: error }, 'page failed');
  const seconds = refusal?.details['seconds'];
  if (typeof seconds === 'number') res.setHeader('Retry-After', seconds);
  const kind = code === 'too_many_requests' ? 'too_many' : code === 'link_unknown' || code === 'not_found' ? 'link_unknown' : 'error';
  const known = kind === 'link_unknown' && !view ? namelessBase(req) : base;
  send(res, notice(kind, known, view, { status: ERROR_STATUS[code], hasOrder: kind === 'error' && view !== null }), locale);
}

/** Faults outside a page's own way: an unknown step, a form that can't be read. */
export function answerFault(error: unknown, req: Request, res: Response, _next: NextFunction): void {
  sendFault(error, req, res, { base: namelessBase(req), locale: pageLocale(req, { reader: null, client: null }), view: null });
}
