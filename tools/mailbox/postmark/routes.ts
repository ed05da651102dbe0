import express, { type NextFunction, type Request, type Response, type Router } from 'express';
import type { Fault } from '../faults.ts';
import type { Mailroom } from '../mailroom.ts';
import { acceptedAnswer, checkAccount, type SendAnswer, storeAccepted } from './accept.ts';
import { bounceRoutes } from './bounces.ts';
import { checkEmail, MAX_BATCH_BYTES, MAX_BATCH_MESSAGES, MAX_MESSAGE_BYTES } from './draft.ts';
import { badToken, invalidField, PostmarkRefusal, TooLarge } from './errors.ts';
import { messageRoutes } from './messages.ts';
import { readEmailBody } from './shape.ts';

const TEST_TOKEN = 'POSTMARK_API_TEST';

/** Postmark's HTTP API. It answers by errors of its own, never by those of the pages. */
export function postmarkRoutes(room: Mailroom): Router {
  const router = express.Router();
  router.use(['/email', '/messages', '/bounces', '/server'], (request, _response, next) => {
    checkToken(room, request);
    next();
  });
  router.post(['/email', '/email/batch'], requireJson);
  // A little above Postmark's own limits: JSON has quotes and field names, which do not count there.
  router.post('/email', express.json({ limit: MAX_MESSAGE_BYTES + 200_000, strict: false }), (request, response) => {
    sendOne(room, request, response);
  });
  router.post('/email/batch', express.json({ limit: MAX_BATCH_BYTES, strict: false }), (request, response) => {
    sendBatch(room, request, response);
  });
  router.use('/messages', messageRoutes(room));
  router.use('/bounces', bounceRoutes(room));
  router.get('/server', (_request, response) => {
    response.json({ ID: 23, Name: 'Mailbox', ApiTokens: [room.token], Color: 'blue', SmtpApiActivated: false, DeliveryType: 'Live', InboundDomain: room.inboundDomain, TrackOpens: false, TrackLinks: 'None' });
  });
  router.use(answerRefusal);
  return router;
}

function checkToken(room: Mailroom, request: Request): void {
  const token = request.header('x-postmark-server-token');
  if (!token) {
    throw badToken('No Account or Server API tokens were supplied in the HTTP headers. Please add a header for either X-Postmark-Server-Token or X-Postmark-Account-Token.');
  }
  if (token !== room.token && token !== TEST_TOKEN) {
    throw badToken('The Server Token you provided in the X-Postmark-Server-Token request header was invalid. Please verify that you are using a valid token.');
  }
}

function requireJson(request: Request, _response: Response, next: NextFunction): void {
  if (!request.is('application/json')) {
    throw new PostmarkRefusal(409, 'The Content-Type and Accept headers must be application/json.', 415);
  }
  next();
}

function sendOne(room: Mailroom, request: Request, response: Response): void {
  const body: unknown = request.body;
  const fault = room.faults.take(recipientsOf(body));
  if (fault && strikesBefore(fault, response)) return;
  const answer = accept(room, body, request);
  if (fault) strikeAfter(fault, response, answer);
  else response.json(answer);
}

/** Always 200: each mail has its own result. */
function sendBatch(room: Mailroom, request: Request, response: Response): void {
  const bodies: unknown = request.body;
  if (!Array.isArray(bodies)) throw invalidField('the batch is not a JSON array');
  if (bodies.length > MAX_BATCH_MESSAGES) {
    throw new PostmarkRefusal(410, `Only ${MAX_BATCH_MESSAGES} messages can be sent in one batch.`);
  }
  const fault = room.faults.take(bodies.map(recipientsOf).join(','));
  if (fault && strikesBefore(fault, response)) return;
  const answers = bodies.map((body: unknown): SendAnswer => {
    try {
      return accept(room, body, request);
    } catch (error) {
      if (error instanceof PostmarkRefusal) return error.toJson();
      if (error instanceof TooLarge) return { ErrorCode: 300, Message: 'The message is larger than 10 MB.' };
      throw error;
    }
  });
  if (fault) strikeAfter(fault, response, answers);
  else response.json(answers);
}

function accept(room: Mailroom, body: unknown, request: Request): SendAnswer {
  const draft = checkEmail(readEmailBody(body));
  const now = new Date();
  if (request.header('x-postmark-server-token') === TEST_TOKEN) {
    return { ...acceptedAnswer(draft, crypto.randomUUID(), now, []), Message: 'Test job accepted' };
  }
  const inactive = checkAccount(draft, room.live, room.store);
  const mail = storeAccepted(draft, inactive, room.live, room.store, now);
  room.deliveries.plan(mail);
  return acceptedAnswer(draft, mail.id, now, inactive);
}

function recipientsOf(body: unknown): string {
  if (typeof body !== 'object' || body === null) return '';
  const fields = body as Record<string, unknown>;
  return ['To', 'Cc', 'Bcc'].map((field) => fields[field]).filter((value) => typeof value === 'string').join(',');
}

/** Faults that keep the mail from being accepted. */
function strikesBefore(fault: Fault, response: Response): boolean {
  if (fault.kind === 'cut_before_accept') response.socket?.destroy();
  else if (fault.kind === 'error_before_accept') {
    response.status(fault.status).json({ ErrorCode: fault.errorCode, Message: 'An error was ordered before accepting.' });
  } else if (fault.kind === 'rate_limit') {
    response.status(429).set('Retry-After', String(fault.retryAfterSeconds)).json({ Message: 'Rate limit exceeded.' });
  } else if (fault.kind === 'network_filter') {
    response.status(403).type('html').send('<html><body><h1>403 Forbidden</h1></body></html>');
  } else return false;
  return true;
}

/** Faults that hide from the sender that the mail was accepted. */
function strikeAfter(fault: Fault, response: Response, answer: SendAnswer | SendAnswer[]): void {
  if (fault.kind === 'cut_after_accept') response.socket?.destroy();
  else if (fault.kind === 'wrong_json_after_accept') response.type('json').send('{"To":"somebo');
  else if (fault.kind === 'delay_after_accept') setTimeout(() => response.json(answer), fault.delayMs);
  else response.status(fault.status).json({ ErrorCode: fault.errorCode, Message: 'An error was ordered after accepting.' });
}

function answerRefusal(error: unknown, _request: Request, response: Response, next: NextFunction): void {
  if (response.headersSent) return next(error);
  if (error instanceof PostmarkRefusal) response.status(error.status).json(error.toJson());
  else if (error instanceof TooLarge || isParserError(error, 'entity.too.large')) response.status(413).type('text').send('Payload Too Large');
  else if (isParserError(error, 'entity.parse.failed')) response.status(422).json({ ErrorCode: 402, Message: 'Invalid JSON' });
  else next(error);
}

function isParserError(error: unknown, type: string): boolean {
  return error instanceof Error && 'type' in error && error.type === type;
}
