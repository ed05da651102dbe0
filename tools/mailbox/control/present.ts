import type { MailStore } from '../store.ts';
import type { Address, Delivery, Header, InboundKind, Mail, MailEvent, WebhookCall } from '../records.ts';

export interface PresentedFile {
  name: string;
  contentType: string;
  contentId: string;
  size: number;
  /** Path below the mailbox's own address. */
  url: string;
}

/** A mail as the control API shows it. */
export interface PresentedMail {
  id: string;
  seq: number;
  direction: 'out' | 'in';
  at: string;
  from: Address;
  to: Address[];
  cc: Address[];
  bcc: Address[];
  replyTo: string;
  subject: string;
  text: string;
  html: string;
  headers: Header[];
  /** Message-ID header, with angle brackets. */
  messageId: string;
  attachments: PresentedFile[];
  /** Web addresses in the text part, else in the HTML, in their order. */
  links: string[];
  status: MailStatus;
  webhooks: WebhookCall[];
  /** Of outgoing mail. */
  tag: string;
  metadata: Record<string, string>;
  deliveries: Delivery[];
  events: MailEvent[];
  /** Of inbound mail. */
  kind: InboundKind | null;
  answers: string | null;
  originalRecipient: string;
  mailboxHash: string;
}

export type MailStatus = 'accepted' | 'delivered' | 'bounced' | 'complained' | 'suppressed' | 'scheduled' | 'processed' | 'failed';

/** The state of a mail in one word; of several recipients the worst counts. */
export function statusOf(mail: Mail): MailStatus {
  if (mail.direction === 'in') return mail.status;
  if (mail.events.some(({ Type }) => Type === 'SpamComplaint')) return 'complained';
  const states = mail.deliveries.map(({ state }) => state);
  if (states.includes('bounced')) return 'bounced';
  if (states.includes('pending')) return 'accepted';
  return states.includes('delivered') ? 'delivered' : 'suppressed';
}

export function presentMail(mail: Mail, store: MailStore): PresentedMail {
  const isOut = mail.direction === 'out';
  return {
    id: mail.id,
    seq: mail.seq,
    direction: mail.direction,
    at: mail.at,
    from: mail.from,
    to: mail.to,
    cc: mail.cc,
    bcc: mail.bcc,
    replyTo: mail.replyTo,
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    headers: mail.headers,
    messageId: mail.messageIdHeader,
    attachments: mail.files.map(({ name, contentType, contentId, size }, index) => ({
      name, contentType, contentId, size, url: `/mails/${mail.id}/files/${index}`,
    })),
    links: linksIn(mail),
    status: statusOf(mail),
    webhooks: store.webhooksOf(mail.id),
    tag: isOut ? mail.tag : '',
    metadata: isOut ? mail.metadata : {},
    deliveries: isOut ? mail.deliveries : [],
    events: isOut ? mail.events : [],
    kind: isOut ? null : mail.kind,
    answers: isOut ? null : mail.answers,
    originalRecipient: isOut ? '' : mail.originalRecipient,
    mailboxHash: isOut ? '' : mail.mailboxHash,
  };
}

function linksIn({ text, html }: Mail): string[] {
  const found = text === ''
    ? [...html.matchAll(/href="(https?:[^"]+)"/gi)].map((match) => (match[1] ?? '').replace(/&amp;/g, '&'))
    : [...text.matchAll(/https?:\/\/[^\s<>"')\]]+/g)].map(([link]) => link.replace(/[.,;:]+$/, ''));
  return [...new Set(found)];
}
