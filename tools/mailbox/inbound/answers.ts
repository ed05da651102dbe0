import { z } from 'zod';
import { formatAddress, parseAddresses } from '../addresses.ts';
import { ControlRefusal } from '../control/refusal.ts';
import type { Mailroom } from '../mailroom.ts';
import type { Address, InboundMail, OutboundMail } from '../records.ts';
import { asInbound, deliveryShape, type InboundOrder, receiveMail } from './receive.ts';
import { STYLE_NAMES, styleOf, type StyleName } from './styles.ts';
import { type Language, linesToHtml, type QuotedMail, quotedHtml, quotedText } from './writing.ts';

const answerShape = {
  ...deliveryShape,
  style: z.enum(STYLE_NAMES).default('gmail'),
  language: z.enum(['de', 'en']).default('de'),
  text: z.string().default(''),
  /** Takes the place of all HTML the mail program would write; `text` is then the whole text part. */
  html: z.string().optional(),
  /** Default: the mail's own recipient. */
  from: z.string().optional(),
  subject: z.string().optional(),
  signature: z.string().default(''),
};

export const replyShape = z.strictObject({
  ...answerShape,
  /** Default: where the mail says replies should go. */
  to: z.string().optional(),
  cc: z.string().default(''),
  quote: z.boolean().default(true),
  position: z.enum(['above', 'below']).default('above'),
  /** Off: no In-Reply-To and no References, as from a new mail typed by hand. */
  threading: z.boolean().default(true),
});

export const forwardShape = z.strictObject({ ...answerShape, from: z.string(), to: z.string().optional() });

export type ReplyOrder = z.input<typeof replyShape>;
export type ForwardOrder = z.input<typeof forwardShape>;

/** A person answers a mail with a mail program. */
export function replyTo(room: Mailroom, mail: OutboundMail, order: z.infer<typeof replyShape>): InboundMail[] {
  const style = styleOf(order.style);
  const from = senderOf(mail, order.from);
  const written = order.html !== undefined
    ? { text: order.text, html: order.html }
    : style.write({ own: order.text, quote: order.quote ? asQuoted(mail) : null, position: order.position, language: order.language, signature: order.signature });
  return receiveMail(room, asInbound({
    ...wayOf(order),
    ...written,
    kind: 'reply',
    answers: mail.id,
    from: formatAddress(from),
    to: order.to ?? replyAddressOf(mail),
    cc: order.cc,
    subject: order.subject ?? prefixed(mail.subject, style.subjectPrefix[order.language], /^(re|aw|antw)\s*:\s*/i),
    messageId: order.messageId ?? style.messageId(from.email.slice(from.email.lastIndexOf('@') + 1)),
    headers: [...programHeaders(order.style, order.language), ...(order.threading ? threadHeaders(mail) : []), ...order.headers],
  }), order.language);
}

/** Somebody else hands the mail on to our address, whole, with words of their own above. */
export function forwardMail(room: Mailroom, mail: OutboundMail, order: z.infer<typeof forwardShape>): InboundMail[] {
  const style = styleOf(order.style);
  const from = senderOf(mail, order.from);
  const written = order.html !== undefined ? { text: order.text, html: order.html } : forwardBody(order, asQuoted(mail));
  return receiveMail(room, asInbound({
    ...wayOf(order),
    ...written,
    kind: 'forward',
    answers: mail.id,
    from: formatAddress(from),
    to: order.to ?? replyAddressOf(mail),
    subject: order.subject ?? prefixed(mail.subject, style.forwardPrefix[order.language], /^(fwd?|wg|tr)\s*:\s*/i),
    messageId: order.messageId ?? style.messageId(from.email.slice(from.email.lastIndexOf('@') + 1)),
    headers: [...programHeaders(order.style, order.language), { name: 'References', value: mail.messageIdHeader }, ...order.headers],
  }), order.language);
}

function forwardBody(order: z.infer<typeof forwardShape>, quote: QuotedMail): { text: string; html: string } {
  if (order.style.startsWith('outlook')) {
    return styleOf(order.style).write({ own: order.text, quote, position: 'above', language: order.language, signature: order.signature });
  }
  const isGerman = order.language === 'de';
  const title = isGerman ? '---------- Weitergeleitete Nachricht ----------' : '---------- Forwarded message ---------';
  const [from, subject, to] = isGerman ? ['Von', 'Betreff', 'An'] : ['From', 'Subject', 'To'];
  const head = `${title}\n${from}: ${formatAddress(quote.from)}\n${subject}: ${quote.subject}\n${to}: ${quote.to.map(formatAddress).join(', ')}`;
  return {
    text: `${order.text}\n\n${head}\n\n${quotedText(quote)}\n`,
    html: `<div dir="ltr">${linesToHtml(order.text)}<br><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">${linesToHtml(head)}<br></div><br><br>${quotedHtml(quote)}</div></div>`,
  };
}

/** The sender of an answer: as named, or the recipient of the mail. */
export function senderOf(mail: OutboundMail, named: string | undefined): Address {
  const sender = named === undefined ? mail.to[0] : parseAddresses(named)?.[0];
  if (!sender) throw new ControlRefusal(422, `from: "${named}" is not a mail address.`);
  return sender;
}

export function replyAddressOf(mail: OutboundMail): string {
  return mail.replyTo || formatAddress(mail.from);
}

export function asQuoted(mail: OutboundMail): QuotedMail {
  const { from, to, subject, text, html } = mail;
  return { from, to, subject, text, html, sentAt: new Date(mail.at), messageId: mail.messageIdHeader };
}

/** In-Reply-To names the mail; References carry what it carried, and the mail. */
export function threadHeaders(mail: OutboundMail): { name: string; value: string }[] {
  const earlier = mail.headers.find(({ Name }) => Name.toLowerCase() === 'references')?.Value.trim();
  return [
    { name: 'In-Reply-To', value: mail.messageIdHeader },
    { name: 'References', value: earlier ? `${earlier} ${mail.messageIdHeader}` : mail.messageIdHeader },
  ];
}

export function programHeaders(style: StyleName, language: Language): { name: string; value: string }[] {
  return styleOf(style).headers(language).map(({ Name, Value }) => ({ name: Name, value: Value }));
}

function prefixed(subject: string, prefix: string, present: RegExp): string {
  return present.test(subject) && prefix.toLowerCase().startsWith('re:') ? subject : prefix + subject.replace(present, '');
}

function wayOf(order: Pick<z.infer<typeof replyShape>, 'proof' | 'isSpam' | 'attachments' | 'date'>): Pick<InboundOrder, 'proof' | 'isSpam' | 'attachments' | 'date'> {
  const { proof, isSpam, attachments, date } = order;
  return { proof, isSpam, attachments, ...(date ? { date } : {}) };
}

