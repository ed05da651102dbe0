import express, { Router, type NextFunction, type Request, type Response } from 'express';
import type { AppDeps } from '../deps.ts';
import { refusalOf, sendProblem } from '../middleware/problem.ts';
import { basicAuth } from './basic-auth.ts';
import { takeMailEvent } from './events.ts';
import { takeInboundMail } from './inbound.ts';

/** After so long without a byte a sender is cut off; the provider waits two minutes for its answer in all. */
const IDLE_MS = 30_000;

/** What the mail provider calls. Below `/webhooks`. */
export function webhooks(deps: AppDeps, idleMs = IDLE_MS): Router {
  const { settings } = deps;
  const router = Router();
  const inboundAuth = basicAuth(settings.WEBHOOK_INBOUND_USER, settings.WEBHOOK_INBOUND_PASSWORD);
  const eventsAuth = basicAuth(settings.WEBHOOK_EVENTS_USER, settings.WEBHOOK_EVENTS_PASSWORD);
  router.post('/postmark/inbound', inboundAuth, cutOffIdle(idleMs), takeInboundMail(deps));
  router.post('/postmark/events', eventsAuth, cutOffIdle(idleMs), express.json({ limit: '2mb', type: () => true }), unreadable, takeMailEvent(deps));
  router.use(answerFault);
  return router;
}

function cutOffIdle(idleMs: number) {
  return (req: Request, _res: Response, next: NextFunction): void => {
    req.setTimeout(idleMs, () => req.destroy());
    next();
  };
}

/** An event that is no JSON will be none the next time either. */
function unreadable(error: unknown, req: Request, res: Response, next: NextFunction): void {
  if (refusalOf(error)?.code !== 'bad_request') return next(error);
  req.log.warn('an unreadable event was dropped');
  res.status(200).json({ outcome: 'unreadable' });
}

function answerFault(error: unknown, req: Request, res: Response, _next: NextFunction): void {
  if (req.destroyed && !req.complete) return;
  sendProblem(error, req, res, 'en-GB');
}
