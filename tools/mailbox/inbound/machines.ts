import { z } from 'zod';
import { domainOf, formatAddress } from '../addresses.ts';
import type { Mailroom } from '../mailroom.ts';
import type { InboundMail, OutboundMail } from '../records.ts';
import { replyAddressOf, senderOf, threadHeaders } from './answers.ts';
import { asInbound, deliveryShape, receiveMail } from './receive.ts';
import { linesToHtml, writtenDate } from './writing.ts';

// Mails no person wrote: each marked as real machines mark them.

const language = z.enum(['de', 'en']).default('de');
const { proof, isSpam } = deliveryShape;

export const outOfOfficeShape = z.strictObject({
  proof, isSpam, language,
  style: z.enum(['outlook', 'gmail', 'gmx']).default('outlook'),
  from: z.string().optional(),
  /** First day back. */
  until: z.coerce.date().optional(),
  deputy: z.string().optional(),
  text: z.string().optional(),
});

export const readReceiptShape = z.strictObject({ proof, isSpam, language, from: z.string().optional() });

export const bounceMailShape = z.strictObject({
  proof, isSpam,
  recipient: z.string().optional(),
  status: z.enum(['5.1.1', '5.2.2', '4.4.1']).default('5.1.1'),
});

type OutOfOffice = z.infer<typeof outOfOfficeShape>;

/** The recipient is away and their mail server says so. */
export function answerOutOfOffice(room: Mailroom, mail: OutboundMail, order: OutOfOffice): InboundMail[] {
  const from = senderOf(mail, order.from);
  const text = order.text ?? outOfOfficeText(order);
  const { prefix, headers, returnPath } = OUT_OF_OFFICE[order.style];
  return receiveMail(room, asInbound({
    proof: order.proof, isSpam: order.isSpam, kind: 'out_of_office', answers: mail.id,
    from: formatAddress(from), to: replyAddressOf(mail), returnPath: returnPath ? from.email : '',
    subject: prefix[order.language] + mail.subject,
    text: order.style === 'gmx' ? '' : `${text}\n`,
    html: `<html><body><div>${linesToHtml(text)}</div></body></html>`,
    headers: [...threadHeaders(mail), ...headers],
  }), order.language);
}

/** How the three kinds of server mark it; GMX's has little but Auto-Submitted. */
const OUT_OF_OFFICE = {
  outlook: {
    prefix: { de: 'Automatische Antwort: ', en: 'Automatic reply: ' },
    headers: [
      { name: 'Auto-Submitted', value: 'auto-generated' },
      { name: 'X-Auto-Response-Suppress', value: 'All' },
      { name: 'X-MS-Exchange-Inbox-Rules-Loop', value: 'mailbox' },
    ],
    returnPath: false,
  },
  gmail: {
    prefix: { de: 'Abwesenheitsnotiz Re: ', en: 'Out of office Re: ' },
    headers: [
      { name: 'Auto-Submitted', value: 'auto-replied' },
      { name: 'Precedence', value: 'bulk' },
      { name: 'X-Autoreply', value: 'yes' },
    ],
    returnPath: true,
  },
  gmx: {
    prefix: { de: 'Abwesenheitsnotiz: ', en: 'Out of office: ' },
    headers: [{ name: 'Auto-Submitted', value: 'auto-replied' }],
    returnPath: false,
  },
} as const;

function outOfOfficeText({ language: spoken, until, deputy }: OutOfOffice): string {
  const day = until ? writtenDate(until, spoken).short : null;
  if (spoken === 'de') {
    return [
      'Guten Tag,', '',
      `vielen Dank für Ihre Nachricht. Ich bin ${day ? `bis einschließlich ${day}` : 'zurzeit'} nicht im Büro und lese keine E-Mails.`,
      deputy ? `In dringenden Fällen wenden Sie sich bitte an ${deputy}.` : 'Ihre Nachricht wird nicht weitergeleitet.', '',
      'Mit freundlichen Grüßen',
    ].join('\n');
  }
  return [
    'Hello,', '',
    `Thank you for your message. I am out of the office ${day ? `until ${day}` : 'at the moment'} and not reading e-mail.`,
    deputy ? `In urgent cases please contact ${deputy}.` : 'Your message will not be forwarded.', '',
    'Kind regards',
  ].join('\n');
}

/** Outlook confirms that a mail was read. */
export function answerReadReceipt(room: Mailroom, mail: OutboundMail, order: z.infer<typeof readReceiptShape>): InboundMail[] {
  const from = senderOf(mail, order.from);
  const { long, time } = writtenDate(new Date(), order.language);
  const text = order.language === 'de'
    ? `Ihre Nachricht\n\nAn: ${from.name || from.email}\nBetreff: ${mail.subject}\n\nwurde am ${long} ${time} gelesen.\n`
    : `Your message\n\nTo: ${from.name || from.email}\nSubject: ${mail.subject}\n\nwas read on ${long} ${time}.\n`;
  const report = `Reporting-UA: mail.${domainOf(from.email)}; Microsoft Outlook\r\nFinal-Recipient: rfc822;${from.email}\r\n` +
    `Original-Message-ID: ${mail.messageIdHeader}\r\nDisposition: manual-action/MDN-sent-manually; displayed\r\n`;
  return receiveMail(room, asInbound({
    proof: order.proof, isSpam: order.isSpam, kind: 'read_receipt', answers: mail.id,
    from: formatAddress(from), to: replyAddressOf(mail), text, returnPath: '',
    subject: (order.language === 'de' ? 'Gelesen: ' : 'Read: ') + mail.subject,
    headers: threadHeaders(mail),
    attachments: [part('', 'message/disposition-notification', report)],
  }), order.language);
}

/** A badly made server bounces to Reply-To instead of the envelope sender. */
export function answerBounceMail(room: Mailroom, mail: OutboundMail, order: z.infer<typeof bounceMailShape>): InboundMail[] {
  const recipient = order.recipient ?? mail.to[0]?.email ?? '';
  const domain = domainOf(recipient);
  const isFinal = order.status.startsWith('5');
  const report = `Reporting-MTA: dns; mail.${domain}\r\n\r\nFinal-Recipient: rfc822; ${recipient}\r\nAction: ${isFinal ? 'failed' : 'delayed'}\r\n` +
    `Status: ${order.status}\r\nDiagnostic-Code: smtp; ${isFinal ? '550' : '451'} ${order.status} <${recipient}>: mailbox not available\r\n`;
  const original = `Message-ID: ${mail.messageIdHeader}\r\nFrom: ${formatAddress(mail.from)}\r\nTo: ${recipient}\r\nSubject: ${mail.subject}\r\n`;
  return receiveMail(room, asInbound({
    proof: order.proof, isSpam: order.isSpam, kind: 'bounce_mail', answers: mail.id,
    from: `Mail Delivery System <mailer-daemon@${domain}>`, to: replyAddressOf(mail), returnPath: '',
    subject: isFinal ? 'Undelivered Mail Returned to Sender' : 'Delayed Mail (still being retried)',
    text: `This is the mail system at host mail.${domain}.\n\nYour message could not be delivered to one or more recipients.\n\n<${recipient}>: mailbox not available\n`,
    headers: [{ name: 'Auto-Submitted', value: 'auto-replied' }],
    attachments: [part('', 'message/delivery-status', report), part('', 'text/rfc822-headers', original)],
  }), 'en');
}

function part(name: string, contentType: string, text: string): { name: string; contentType: string; content: string } {
  return { name, contentType, content: Buffer.from(text).toString('base64') };
}
