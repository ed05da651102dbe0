import express, { type Request, type Router } from 'express';
import { formatAddress } from '../addresses.ts';
import { inboundPayload, inboundSummary } from '../inbound/payload.ts';
import type { Mailroom } from '../mailroom.ts';
import type { Address, InboundMail, OutboundMail } from '../records.ts';
import { postmarkTime } from './accept.ts';
import { PostmarkRefusal } from './errors.ts';
import { isBetween, readPage, text } from './paging.ts';
import { rawMessage } from './raw.ts';

/** Postmark's Messages API: what was sent and what came in. */
export function messageRoutes(room: Mailroom): Router {
  const router = express.Router();
  router.get('/outbound', (request, response) => {
    const { count, offset } = readPage(request, 700);
    const found = searchOutbound(room, request);
    response.json({ TotalCount: found.length, Messages: found.slice(offset, offset + count).map(presentOutbound) });
  });
  router.get('/outbound/:id/details', (request, response) => {
    const mail = outbound(room, request.params.id);
    response.json({ ...presentOutbound(mail), TextBody: mail.text, HtmlBody: mail.html, Body: rawMessage(mail, room.store), MessageEvents: mail.events });
  });
  router.get('/outbound/:id/dump', (request, response) => {
    response.json({ Body: rawMessage(outbound(room, request.params.id), room.store) });
  });
  router.get('/inbound', (request, response) => {
    const { count, offset } = readPage(request, 700);
    const found = searchInbound(room, request);
    response.json({ TotalCount: found.length, InboundMessages: found.slice(offset, offset + count).map(presentInbound) });
  });
  router.get('/inbound/:id/details', (request, response) => {
    const mail = inbound(room, request.params.id);
    response.json({ ...inboundPayload(mail, (file) => room.store.readFile(file)), Status: statusOf(mail), BlockedReason: null });
  });
  router.put('/inbound/:id/retry', (request, response) => {
    const mail = inbound(room, request.params.id);
    const call = room.store.webhooksOf(mail.id).at(-1);
    if (mail.status === 'processed' || !call) {
      throw new PostmarkRefusal(703, 'This message cannot be retried: it is not in a failed or scheduled state.');
    }
    room.webhooks.retryNow(call);
    response.json({ ErrorCode: 0, Message: 'Successfully rescheduled failed message for processing.' });
  });
  return router;
}

function outbound(room: Mailroom, id: string): OutboundMail {
  const mail = room.store.outbound(id);
  if (!mail || !isSearchable(room, mail)) throw new PostmarkRefusal(701, 'This message does not exist.');
  return mail;
}

function inbound(room: Mailroom, id: string): InboundMail {
  const mail = room.store.inbound(id);
  if (!mail) throw new PostmarkRefusal(701, 'This message does not exist.');
  return mail;
}

const isSearchable = (room: Mailroom, mail: OutboundMail): boolean => Date.parse(mail.at) + room.live.searchDelayMs <= Date.now();

function searchOutbound(room: Mailroom, request: Request): OutboundMail[] {
  const wanted = {
    recipient: text(request, 'recipient')?.toLowerCase(),
    from: text(request, 'fromemail')?.toLowerCase(),
    subject: text(request, 'subject')?.toLowerCase(),
    tag: text(request, 'tag'),
    status: text(request, 'status')?.toLowerCase(),
    stream: text(request, 'messagestream') ?? 'outbound',
  };
  const metadata = metadataOf(request);
  return room.store.newestFirst().filter((mail): mail is OutboundMail =>
    mail.direction === 'out' &&
    isSearchable(room, mail) &&
    mail.stream === wanted.stream &&
    (wanted.recipient === undefined || recipientsOf(mail).some((email) => email.toLowerCase() === wanted.recipient)) &&
    (wanted.from === undefined || mail.from.email.toLowerCase() === wanted.from) &&
    (wanted.subject === undefined || mail.subject.toLowerCase().includes(wanted.subject)) &&
    (wanted.tag === undefined || mail.tag === wanted.tag) &&
    (wanted.status === undefined || ['sent', 'processed'].includes(wanted.status)) &&
    isBetween(mail.at, text(request, 'fromdate'), text(request, 'todate')) &&
    metadata.every(([key, value]) => mail.metadata[key] === value),
  );
}

/** `metadata_order_id=7` asks for the field `order_id` with exactly this value. */
function metadataOf(request: Request): [string, string][] {
  return Object.entries(request.query).flatMap(([key, value]): [string, string][] =>
    key.startsWith('metadata_') && typeof value === 'string' ? [[key.slice('metadata_'.length), value]] : [],
  );
}

function searchInbound(room: Mailroom, request: Request): InboundMail[] {
  const recipient = text(request, 'recipient')?.toLowerCase();
  const from = text(request, 'fromemail')?.toLowerCase();
  const subject = text(request, 'subject')?.toLowerCase();
  const hash = text(request, 'mailboxhash');
  const status = text(request, 'status')?.toLowerCase();
  return room.store.newestFirst().filter((mail): mail is InboundMail =>
    mail.direction === 'in' &&
    (recipient === undefined || mail.originalRecipient.toLowerCase() === recipient) &&
    (from === undefined || mail.from.email.toLowerCase() === from) &&
    (subject === undefined || mail.subject.toLowerCase().includes(subject)) &&
    (hash === undefined || mail.mailboxHash === hash) &&
    (status === undefined || mail.status === status) &&
    isBetween(mail.at, text(request, 'fromdate'), text(request, 'todate')),
  );
}

const recipientsOf = (mail: OutboundMail): string[] => [...mail.to, ...mail.cc, ...mail.bcc].map(({ email }) => email);
const present = ({ email, name }: Address): { Email: string; Name: string } => ({ Email: email, Name: name });
const statusOf = (mail: InboundMail): string => mail.status.charAt(0).toUpperCase() + mail.status.slice(1);

function presentOutbound(mail: OutboundMail): Record<string, unknown> {
  return {
    Tag: mail.tag,
    MessageID: mail.id,
    MessageStream: mail.stream,
    To: mail.to.map(present),
    Cc: mail.cc.map(present),
    Bcc: mail.bcc.map(present),
    Recipients: recipientsOf(mail),
    ReceivedAt: postmarkTime(mail.at),
    From: formatAddress(mail.from),
    Subject: mail.subject,
    Attachments: mail.files.map(({ name }) => name),
    Status: 'Sent',
    TrackOpens: mail.trackOpens,
    TrackLinks: mail.trackLinks,
    Metadata: mail.metadata,
    Sandboxed: false,
  };
}

function presentInbound(mail: InboundMail): Record<string, unknown> {
  const files = mail.files.map((file) => ({ Name: file.name, ContentType: file.contentType, ContentLength: file.size, ContentID: file.contentId }));
  return { ...inboundSummary(mail), Tag: '', Attachments: files, Status: statusOf(mail) };
}
