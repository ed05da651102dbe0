import express, { type NextFunction, type Request, type Response, type Router } from 'express';
import { z } from 'zod';
import { faultShape } from '../faults.ts';
import type { Mailroom } from '../mailroom.ts';
import { actionRoutes } from './actions.ts';
import { presentMail } from './present.ts';
import { ControlRefusal } from './refusal.ts';
import { LONGEST_WAIT_MS, searchMails, searchShape } from './search.ts';
import { changed, changeShape, presentSettings } from './settings.ts';

/** Bodies carry files as base64: 35 MB of files are 47 MB of JSON, and a test may ask for more to see the refusal. */
const BODY_LIMIT = '100mb';

/** The control API, for tests and for the page's own script. */
export function controlRoutes(room: Mailroom): Router {
  const router = express.Router();
  router.use(requireJsonBody, express.json({ limit: BODY_LIMIT }));
  mailRoutes(router, room);
  router.use(actionRoutes(room));
  stateRoutes(router, room);
  router.use((request, _response, next) => next(new ControlRefusal(404, `There is no ${request.method} ${request.originalUrl}.`)));
  router.use(answerRefusal);
  return router;
}

/** A browser asks other sites' pages before it sends JSON, so only our own page can act. */
function requireJsonBody(request: Request, _response: Response, next: NextFunction): void {
  const hasBody = request.method === 'POST' || request.method === 'PUT';
  if (hasBody && !request.is('application/json')) throw new ControlRefusal(415, 'Send JSON (content-type: application/json).');
  next();
}

function mailRoutes(router: Router, room: Mailroom): void {
  router.get('/mails', async (request, response) => {
    const search = searchShape.parse(request.query);
    const metadata = metadataOf(request);
    const enough = (): true | null => (searchMails(room.store, search, metadata).length >= search.count ? true : null);
    await room.store.until(enough, search.wait, goneSignal(response));
    const mails = searchMails(room.store, search, metadata);
    response.json({ total: mails.length, mails: mails.slice(0, search.limit).map((mail) => presentMail(mail, room.store)) });
  });
  router.delete('/mails', (_request, response) => {
    room.store.clear();
    room.faults.clear();
    response.status(204).end();
  });
  router.get('/mails/:id', async (request, response) => {
    const { settled } = z.object({ settled: z.coerce.number().int().min(0).max(LONGEST_WAIT_MS).default(0) }).parse(request.query);
    const { id } = request.params;
    if (!room.store.mails.has(id)) throw new ControlRefusal(404, `There is no mail ${id}.`);
    await room.store.until(() => (isSettled(room, id) ? true : null), settled, goneSignal(response));
    const mail = room.store.mails.get(id);
    if (!mail) throw new ControlRefusal(404, `There is no mail ${id}.`);
    response.json(presentMail(mail, room.store));
  });
}

/** Nothing is about to happen: delivered or bounced, and every webhook answered or given up. */
function isSettled(room: Mailroom, id: string): boolean {
  const mail = room.store.mails.get(id);
  if (!mail) return true;
  const isOpen = mail.direction === 'out' && mail.deliveries.some(({ state, dueAt }) => state === 'pending' && dueAt !== null);
  return !isOpen && room.store.webhooksOf(id).every(({ state }) => state !== 'waiting');
}

function metadataOf(request: Request): Record<string, string> {
  return Object.fromEntries(
    Object.entries(request.query).flatMap(([key, value]) =>
      key.startsWith('metadata_') && typeof value === 'string' ? [[key.slice('metadata_'.length), value]] : [],
    ),
  );
}

function stateRoutes(router: Router, room: Mailroom): void {
  router.get('/faults', (_request, response) => void response.json({ faults: room.faults.list() }));
  router.post('/faults', (request, response) => {
    const fault = faultShape.parse(request.body);
    room.faults.add(fault);
    response.status(201).json(fault);
  });
  router.delete('/faults', (_request, response) => {
    room.faults.clear();
    response.status(204).end();
  });
  router.get('/settings', (_request, response) => void response.json(presentSettings(room)));
  router.put('/settings', (request, response) => {
    room.live = changed(room.live, changeShape.parse(request.body));
    response.json(presentSettings(room));
  });
  router.get('/suppressions', (_request, response) => void response.json({ suppressions: [...room.store.suppressions.values()] }));
  router.delete('/suppressions/:address', (request, response) => {
    room.store.liftSuppression(request.params.address.toLowerCase());
    response.status(204).end();
  });
  router.get('/webhooks', (_request, response) => void response.json({ webhooks: [...room.store.webhooks.values()] }));
  router.post('/webhooks/:id/retry', (request, response) => {
    const call = room.store.webhooks.get(request.params.id);
    if (!call) throw new ControlRefusal(404, `There is no webhook ${request.params.id}.`);
    room.webhooks.retryNow(call);
    response.status(202).json(room.store.webhooks.get(call.id));
  });
  router.get('/changes', (request, response) => watch(room, request, response));
}

/** Tells the page by server-sent events that something changed; at most four times a second. */
function watch(room: Mailroom, request: Request, response: Response): void {
  response.set({ 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  response.write('retry: 2000\n\n');
  let timer: NodeJS.Timeout | null = null;
  const off = room.store.onChange(() => {
    timer ??= setTimeout(() => {
      timer = null;
      response.write('data: change\n\n');
    }, 250);
  });
  request.on('close', () => {
    off();
    if (timer) clearTimeout(timer);
  });
}

/** Ends a long poll whose caller has gone. */
function goneSignal(response: Response): AbortSignal {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  return gone.signal;
}

function answerRefusal(error: unknown, _request: Request, response: Response, next: NextFunction): void {
  if (response.headersSent) return next(error);
  if (error instanceof ControlRefusal) response.status(error.status).json({ error: error.message });
  else if (error instanceof z.ZodError) response.status(422).json({ error: z.prettifyError(error) });
  else if (error instanceof Error && 'status' in error && typeof error.status === 'number') response.status(error.status).json({ error: error.message });
  else next(error);
}
