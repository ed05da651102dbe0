import express, { type Request, type Response, type Router } from 'express';
import type { Mailroom } from '../mailroom.ts';
import type { Mail } from '../records.ts';
import { sendFile, sendHtmlBody } from './body.ts';
import { composePage } from './forms.ts';
import { frameOf, sendPage } from './layout.ts';
import { listPage, readListQuery } from './list.ts';
import { mailPage, type View, VIEWS } from './mail.ts';
import { markup } from './markup.ts';

/** The pages on which a person reads mails and plays the people who answer them. */
export function pageRoutes(room: Mailroom): Router {
  const router = express.Router();
  router.use('/assets', express.static(new URL('./assets', import.meta.url).pathname, { fallthrough: false }));
  router.get('/', (request, response) => {
    const frame = frameOf(request, response);
    sendPage(response, frame, frame.words.title, listPage(room, readListQuery(request.query), frame));
  });
  router.get('/compose', (request, response) => {
    const frame = frameOf(request, response);
    sendPage(response, frame, frame.words.compose, composePage(room.inboundDomain, frame));
  });
  router.get('/mails/:id', (request, response) => {
    const frame = frameOf(request, response);
    const mail = mailOr404(room, request, response);
    if (!mail) return;
    const query = { view: viewOf(request), isPhone: request.query['phone'] === '1', hasImages: request.query['images'] === '1' };
    sendPage(response, frame, mail.subject || frame.words.noSubject, mailPage(room, mail, query, frame));
  });
  router.get('/mails/:id/html', (request, response) => {
    const mail = mailOr404(room, request, response);
    if (mail) sendHtmlBody(response, mail, request.query['images'] === '1');
  });
  router.get('/mails/:id/files/:index', (request, response) => {
    const mail = mailOr404(room, request, response);
    const file = mail?.files[Number(request.params.index)];
    if (file) sendFile(response, file, room.store);
    else if (mail) response.status(404).end();
  });
  return router;
}

function viewOf(request: Request): View | null {
  return VIEWS.find((view) => view === request.query['view']) ?? null;
}

function mailOr404(room: Mailroom, request: Request, response: Response): Mail | null {
  const mail = room.store.mails.get(String(request.params['id']));
  if (mail) return mail;
  const frame = frameOf(request, response);
  response.status(404);
  sendPage(response, frame, frame.words.title, markup`<p class="empty">${frame.words.notFound} <a href="/">${frame.words.back}</a></p>`);
  return null;
}
