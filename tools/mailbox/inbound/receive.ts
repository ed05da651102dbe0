import { randomBytes, randomUUID } from 'node:crypto';
import { z } from 'zod';
import { domainOf, mailboxHashOf, parseAddresses } from '../addresses.ts';
import type { Address, Header, InboundMail, StoredFile } from '../records.ts';
import { ControlRefusal } from '../control/refusal.ts';
import type { Mailroom } from '../mailroom.ts';
import { strippedReplyOf } from './payload.ts';
import { PROOFS, traceHeaders } from './trace.ts';
import { headerDate, type Language } from './writing.ts';

/** Postmark refuses inbound mail whose files are larger together: nobody hears of it but the sender. */
export const MAX_INBOUND_BYTES = 35 * 1024 * 1024;

export const fileShape = z.strictObject({
  name: z.string(),
  contentType: z.string().default('application/octet-stream'),
  /** Base64; or leave it out and say how large a file of zeros should be. */
  content: z.string().optional(),
  size: z.int().min(0).max(64 * 1024 * 1024).optional(),
  contentId: z.string().default(''),
});

/** What every inbound mail may say about its way here. */
export const deliveryShape = {
  proof: z.enum(PROOFS).default('both'),
  isSpam: z.boolean().default(false),
  headers: z.array(z.strictObject({ name: z.string(), value: z.string() })).default([]),
  attachments: z.array(fileShape).default([]),
  /** The sender's own Message-ID, with angle brackets. */
  messageId: z.string().optional(),
  date: z.coerce.date().optional(),
};

export const inboundShape = z.strictObject({
  ...deliveryShape,
  from: z.string(),
  to: z.string(),
  cc: z.string().default(''),
  /** RCPT TO, where it differs from To (Bcc, forwards). */
  originalRecipient: z.string().optional(),
  replyTo: z.string().default(''),
  subject: z.string().default(''),
  text: z.string().default(''),
  html: z.string().default(''),
  returnPath: z.string().optional(),
  kind: z.enum(['new', 'reply', 'forward', 'out_of_office', 'read_receipt', 'bounce_mail']).default('new'),
  answers: z.string().nullable().default(null),
});

export type InboundOrder = z.input<typeof inboundShape>;
type Inbound = z.infer<typeof inboundShape>;

/**
 * Takes in a mail as Postmark's mail server does: one mail and one webhook for each of our addresses it is sent to.
 * @throws ControlRefusal for unreadable addresses and more than 35 MB of files
 */
export function receiveMail(room: Mailroom, order: Inbound, language: Language = 'de'): InboundMail[] {
  const from = addressesOf(order.from, 'from')[0];
  const to = addressesOf(order.to, 'to');
  const cc = addressesOf(order.cc, 'cc');
  if (!from) throw new ControlRefusal(422, 'from: name the sender.');
  const recipients = recipientsOf(room, order, [...to, ...cc]);
  const files = order.attachments.map((file) => keepFile(room, file));
  const total = files.reduce((sum, file) => sum + file.size, 0);
  if (total > MAX_INBOUND_BYTES) throw new ControlRefusal(413, 'Postmark refuses mails with more than 35 MB of files; the sender gets it back.');
  const messageIdHeader = order.messageId ?? `<${randomUUID()}@${domainOf(from.email)}>`;
  return recipients.map((recipient) =>
    keepMail(room, {
      from, to, cc, files, messageIdHeader,
      kind: order.kind, answers: order.answers,
      replyTo: order.replyTo, subject: order.subject, text: order.text, html: order.html,
      headers: headersOf(order, from, messageIdHeader),
      originalRecipient: recipient,
      date: headerDate(order.date ?? new Date(), language),
    }),
  );
}

type Arriving = Pick<
  InboundMail,
  'from' | 'to' | 'cc' | 'files' | 'messageIdHeader' | 'kind' | 'answers' | 'replyTo' | 'subject' | 'text' | 'html' | 'headers' | 'originalRecipient' | 'date'
>;

function keepMail(room: Mailroom, arriving: Arriving): InboundMail {
  const mail: InboundMail = {
    ...arriving,
    direction: 'in',
    id: randomUUID(),
    seq: room.store.nextSeq(),
    at: new Date().toISOString(),
    bcc: [],
    mailboxHash: mailboxHashOf(arriving.originalRecipient),
    strippedReply: strippedReplyOf(arriving.text, arriving.headers),
    status: 'scheduled',
  };
  room.store.saveMail(mail);
  room.webhooks.post({ target: 'inbound', recordType: 'Inbound', mailId: mail.id, payload: null });
  return mail;
}

/** The same mail once more: as Postmark's repeat, or under a new MessageID as when the sender's server sends it twice. */
export function deliverAgain(room: Mailroom, mail: InboundMail, as: 'same' | 'new_message_id'): InboundMail {
  if (as === 'same') {
    room.webhooks.post({ target: 'inbound', recordType: 'Inbound', mailId: mail.id, payload: null });
    return mail;
  }
  return keepMail(room, mail);
}

function addressesOf(line: string, field: string): Address[] {
  const addresses = parseAddresses(line);
  if (addresses === null) throw new ControlRefusal(422, `${field}: "${line}" is not a list of mail addresses.`);
  return addresses;
}

function recipientsOf(room: Mailroom, order: Inbound, named: Address[]): string[] {
  if (order.originalRecipient !== undefined) return [order.originalRecipient];
  const ours = named.filter(({ email }) => domainOf(email) === room.inboundDomain).map(({ email }) => email);
  const recipients = ours.length > 0 ? ours : named.slice(0, 1).map(({ email }) => email);
  if (recipients.length === 0) throw new ControlRefusal(422, 'to: name a recipient.');
  return [...new Set(recipients)];
}

function keepFile(room: Mailroom, file: z.infer<typeof fileShape>): StoredFile {
  const bytes = file.content === undefined ? filler(file.size ?? 0) : Buffer.from(file.content, 'base64');
  return room.store.saveFile(file.name, file.contentType, file.contentId, bytes);
}

/** Bytes that do not compress to nothing, so that sizes stay what they say. */
function filler(size: number): Buffer {
  const block = randomBytes(4096);
  return Buffer.alloc(size, size === 0 ? undefined : block);
}

function headersOf(order: Inbound, from: Address, messageId: string): Header[] {
  const own = order.headers.map(({ name, value }) => ({ Name: name, Value: value }));
  const isNamed = (name: string): boolean => own.some(({ Name }) => Name.toLowerCase() === name);
  return [
    ...traceHeaders({
      from: from.email,
      proof: order.proof,
      isSpam: order.isSpam,
      hasHtml: order.html !== '',
      returnPath: order.returnPath ?? from.email,
    }).filter(({ Name }) => !isNamed(Name.toLowerCase())),
    ...(isNamed('message-id') ? [] : [{ Name: 'Message-ID', Value: messageId }]),
    ...own,
  ];
}

/** Fills what a caller left out with its default. */
export function asInbound(order: InboundOrder): Inbound {
  return inboundShape.parse(order);
}

