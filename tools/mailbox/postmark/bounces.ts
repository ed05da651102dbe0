import express, { type Request, type Router } from 'express';
import type { Mailroom } from '../mailroom.ts';
import type { BounceRecord } from '../records.ts';
import { PostmarkRefusal } from './errors.ts';
import { isBetween, readPage, text } from './paging.ts';
import { rawMessage } from './raw.ts';

/** Postmark's Bounce API. */
export function bounceRoutes(room: Mailroom): Router {
  const router = express.Router();
  router.get('/', (request, response) => {
    const page = text(request, 'messageID') === undefined ? readPage(request, 408) : { count: 500, offset: 0 };
    const found = search(room, request);
    response.json({ TotalCount: found.length, Bounces: found.slice(page.offset, page.offset + page.count) });
  });
  router.get('/:id', (request, response) => {
    response.json(bounce(room, request.params.id));
  });
  router.get('/:id/dump', (request, response) => {
    const mail = room.store.outbound(bounce(room, request.params.id).MessageID);
    response.json({ Body: mail ? rawMessage(mail, room.store) : '' });
  });
  router.put('/:id/activate', (request, response) => {
    const record = bounce(room, request.params.id);
    if (!record.CanActivate) throw new PostmarkRefusal(422, 'This address cannot be activated.');
    const active: BounceRecord = { ...record, Inactive: false };
    room.store.saveBounce(active);
    room.store.liftSuppression(record.Email.toLowerCase());
    response.json({ Message: 'OK', Bounce: active });
  });
  return router;
}

function bounce(room: Mailroom, id: string): BounceRecord {
  const record = room.store.bounces.get(Number(id));
  if (!record) throw new PostmarkRefusal(407, 'Bounce was not found.');
  return record;
}

function search(room: Mailroom, request: Request): BounceRecord[] {
  const type = text(request, 'type');
  const inactive = text(request, 'inactive');
  const email = text(request, 'emailFilter')?.toLowerCase();
  const tag = text(request, 'tag');
  const messageId = text(request, 'messageID');
  return [...room.store.bounces.values()].toReversed().filter((record) =>
    (type === undefined || record.Type === type) &&
    (inactive === undefined || String(record.Inactive) === inactive.toLowerCase()) &&
    (email === undefined || record.Email.toLowerCase().includes(email)) &&
    (tag === undefined || record.Tag === tag) &&
    (messageId === undefined || record.MessageID === messageId) &&
    isBetween(record.BouncedAt, text(request, 'fromdate'), text(request, 'todate')),
  );
}
