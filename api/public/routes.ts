import express, { Router, type NextFunction, type Request, type Response } from 'express';
import { DomainError } from '#domain/errors.ts';
import { pageAssets } from '#templates/render.ts';
import type { AppDeps } from '../deps.ts';
import { accept, acceptPage, decline as declineOrder, declinePage as declineOrderPage } from './answer.ts';
import { answerFault, answerPage } from './answer-page.ts';
import type { PageHandler } from './context.ts';
import { answerInvitation, type InvitationHandler } from './invitation-context.ts';
import { acceptHere, joinPage, makeAccount, signInHere } from './invitation-join.ts';
import { askNewPassword, passwordPage } from './invitation-password.ts';
import { decline, declinePage, invitationPage, nameOther, otherPersonPage, renewedPage, renewInvitation, signOut, whyInvited } from './invitation.ts';
import { conversationPage, sendMessage } from './conversation.ts';
import { BODY_MS, bodyDeadline } from '../middleware/guards.ts';
import { fileRequestPage, giveFiles } from './file-request.ts';
import { sendLinkFile } from './files.ts';
import { isMultipart } from './form.ts';
import { pageHeaders } from './headers.ts';
import { chooseMails, observerPage, sendAsObserver, unsubscribe } from './observer.ts';
import type { Purpose } from './open-link.ts';
import { orderPage } from './order-page.ts';
import { pieceRoutes } from './pieces.ts';
import { calendarFile, datePage, saveDate } from './promised-date.ts';
import { renew } from './renew-link.ts';
import { whyPage } from './why.ts';
import { complete, donePage, hold, holdPage, start, startPage } from './work-steps.ts';

type Step = { readonly get?: PageHandler; readonly post?: PageHandler };

/** Steps of an order's page; their names are those of the forms in `templates/pages`. */
const ORDER_STEPS: Readonly<Record<string, Step>> = {
  '': { get: orderPage },
  annehmen: { get: acceptPage, post: accept },
  ablehnen: { get: declineOrderPage, post: declineOrder },
  nachrichten: { get: conversationPage('nachrichten'), post: sendMessage('nachrichten') },
  dateien: { get: conversationPage('dateien'), post: sendMessage('dateien') },
  termin: { get: datePage, post: saveDate },
  'kalender.ics': { get: calendarFile },
  beginn: { get: startPage, post: start },
  pause: { get: holdPage, post: hold },
  erledigt: { get: donePage, post: complete },
  'link-erneuern': { get: orderPage, post: renew },
  warum: { get: whyPage },
};

const OBSERVER_STEPS: Readonly<Record<string, Step>> = {
  '': { get: observerPage },
  nachrichten: { get: observerPage, post: sendAsObserver },
  mails: { get: observerPage, post: chooseMails },
  abmelden: { get: observerPage, post: unsubscribe },
  'link-erneuern': { get: observerPage, post: renew },
  warum: { get: whyPage },
};

const REQUEST_STEPS: Readonly<Record<string, Step>> = {
  '': { get: fileRequestPage, post: giveFiles },
  'link-erneuern': { get: fileRequestPage, post: renew },
  warum: { get: whyPage },
};

const INVITATION_STEPS: Readonly<Record<string, { readonly get: InvitationHandler; readonly post?: InvitationHandler }>> = {
  '': { get: invitationPage },
  annehmen: { get: joinPage, post: acceptHere },
  anmelden: { get: joinPage, post: signInHere },
  konto: { get: joinPage, post: makeAccount },
  passwort: { get: passwordPage, post: askNewPassword },
  ablehnen: { get: declinePage, post: decline },
  'andere-person': { get: otherPersonPage, post: nameOther },
  abmelden: { get: invitationPage, post: signOut },
  'link-erneuern': { get: renewedPage, post: renewInvitation },
  warum: { get: whyInvited },
};

/** Pages without an account: `/a/:token` of an order, `/o/:token` of an observer, `/f/:token` of a file request. No cookie: the token is the proof. `/i/:token` is an invitation, whose page may sign in. */
export function publicPages(deps: AppDeps): Router {
  const router = Router();
  router.get('/assets/pages/:name', sendAsset);
  router.use('/a/:first', leaveToPortal);
  router.use(['/a', '/o', '/f', '/i'], pageHeaders);
  router.use(pieceRoutes(deps, 'a'), pieceRoutes(deps, 'f'));
  addSteps(router, deps, 'a', 'assignment', ORDER_STEPS);
  addSteps(router, deps, 'o', 'observer', OBSERVER_STEPS);
  addSteps(router, deps, 'f', 'file_request', REQUEST_STEPS);
  addInvitation(router, deps);
  for (const [door, purpose] of [['a', 'assignment'], ['o', 'observer']] as const) {
    router.get(`/${door}/:token/datei/:id`, sendLinkFile(deps, purpose, 'content'));
    router.get(`/${door}/:token/datei/:id/vorschau`, sendLinkFile(deps, purpose, 'preview'));
  }
  router.use(['/a', '/o', '/f', '/i'], (_req, _res, next) => next(new DomainError('link_unknown')));
  router.use(['/a', '/o', '/f', '/i'], answerFault);
  return router;
}

/** Files may take long; a form without any is a few kilobytes. */
function fieldsDeadline(req: Request, res: Response, next: NextFunction): void {
  if (isMultipart(req)) return next();
  bodyDeadline(BODY_MS)(req, res, next);
}

function addSteps(router: Router, deps: AppDeps, door: string, purpose: Purpose, steps: Readonly<Record<string, Step>>): void {
  const fields = express.urlencoded({ extended: false, limit: '256kb', parameterLimit: 200 });
  for (const [name, step] of Object.entries(steps)) {
    const path = `/${door}/:token${name && `/${name}`}`;
    if (step.get) router.get(path, answerPage(deps, purpose, step.get));
    if (step.post) router.post(path, fieldsDeadline, fields, answerPage(deps, purpose, step.post));
  }
}

function addInvitation(router: Router, deps: AppDeps): void {
  const fields = express.urlencoded({ extended: false, limit: '64kb', parameterLimit: 50 });
  for (const [name, { get, post }] of Object.entries(INVITATION_STEPS)) {
    const path = `/i/:token${name && `/${name}`}`;
    router.get(path, answerInvitation(deps, get));
    if (post) router.post(path, bodyDeadline(BODY_MS), fields, answerInvitation(deps, post));
  }
}

/** `/a/<account>/…` is the portal's: an account's id is no token of ours. */
function leaveToPortal(req: Request, _res: Response, next: NextFunction): void {
  const { first } = req.params;
  next(typeof first === 'string' && /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(first) ? 'router' : undefined);
}

/** The path names the content: it may be kept for ever. */
function sendAsset(req: Request, res: Response, next: NextFunction): void {
  const asset = pageAssets.get(req.path);
  if (!asset) return next(new DomainError('not_found'));
  res.setHeader('Cache-Control', 'public, max-age=31536000, immutable');
  res.setHeader('X-Content-Type-Options', 'nosniff');
  res.type(asset.contentType).send(asset.body);
}
