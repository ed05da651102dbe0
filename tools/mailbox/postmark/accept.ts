import { randomUUID } from 'node:crypto';
import { domainOf } from '../addresses.ts';
import type { Delivery, OutboundMail } from '../records.ts';
import type { LiveSettings } from '../settings.ts';
import type { MailStore } from '../store.ts';
import { type Draft, requestedBounce } from './draft.ts';
import { inactiveRecipients, PostmarkRefusal } from './errors.ts';

export interface SendAnswer {
  To?: string;
  Cc?: string;
  Bcc?: string;
  SubmittedAt?: string;
  MessageID?: string;
  ErrorCode: number;
  Message: string;
}

/**
 * Checks what depends on the account: its state, the sender's domain, inactive recipients.
 * @returns the inactive ones, when at least one recipient is active
 * @throws PostmarkRefusal 400, 405, 406, 412 or 413
 */
export function checkAccount(draft: Draft, live: LiveSettings, store: MailStore): string[] {
  const all = [...draft.to, ...draft.cc, ...draft.bcc];
  if (live.account === 'suspended') throw new PostmarkRefusal(413, 'This account is not allowed to send.');
  if (live.account === 'out_of_credits') throw new PostmarkRefusal(405, 'Not allowed to send: the account has no volume left.');
  if (live.account === 'pending' && all.some(({ email }) => domainOf(email) !== domainOf(draft.from.email))) {
    throw new PostmarkRefusal(412, "While the account is pending approval, all recipient addresses must share the 'From' domain.");
  }
  if (live.senderDomains.length > 0 && !live.senderDomains.includes(domainOf(draft.from.email))) {
    throw new PostmarkRefusal(400, `The 'From' address '${draft.from.email}' is not a sender signature of this account.`);
  }
  const inactive = all.map(({ email }) => email.toLowerCase()).filter((email) => store.suppressions.has(email));
  if (inactive.length === all.length) throw inactiveRecipients(inactive);
  return inactive;
}

/** Keeps an accepted mail; from here on the message search finds it. */
export function storeAccepted(draft: Draft, inactive: readonly string[], live: LiveSettings, store: MailStore, now: Date): OutboundMail {
  const { files, replyTo, ...content } = draft;
  const id = randomUUID();
  const mail: OutboundMail = {
    ...content,
    direction: 'out',
    id,
    seq: store.nextSeq(),
    at: now.toISOString(),
    replyTo,
    messageIdHeader: keptMessageId(draft, live) ?? `<${id}@mtasv.net>`,
    files: files.map((file) => store.saveFile(file.name, file.contentType, file.contentId, file.bytes)),
    bounceAs: requestedBounce(draft),
    deliveries: deliveriesOf(draft, inactive, live, now),
    events: [],
  };
  store.saveMail(mail);
  return mail;
}

/** Postmark writes its own Message-ID unless X-PM-KeepID asks for the sender's. */
function keptMessageId(draft: Draft, live: LiveSettings): string | null {
  const value = (name: string): string | undefined =>
    draft.headers.find((header) => header.Name.toLowerCase() === name)?.Value.trim();
  const own = value('message-id');
  if (!live.keepsMessageId || value('x-pm-keepid')?.toLowerCase() !== 'true') return null;
  return own !== undefined && /^<[^<>\s]+@[^<>\s]+>$/.test(own) ? own : null;
}

function deliveriesOf(draft: Draft, inactive: readonly string[], live: LiveSettings, now: Date): Delivery[] {
  const dueAt = live.isDeliveryAutomatic ? new Date(now.getTime() + live.deliveryMs).toISOString() : null;
  const recipients = new Set([...draft.to, ...draft.cc, ...draft.bcc].map(({ email }) => email));
  return [...recipients].map((recipient) =>
    inactive.includes(recipient.toLowerCase())
      ? { recipient, state: 'suppressed' as const, dueAt: null }
      : { recipient, state: 'pending' as const, dueAt },
  );
}

/** The answer to an accepted mail. */
export function acceptedAnswer(draft: Draft, id: string, now: Date, inactive: readonly string[]): SendAnswer {
  const list = (addresses: Draft['to']): string => addresses.map(({ email }) => email).join(',');
  return {
    To: list(draft.to),
    ...(draft.cc.length > 0 ? { Cc: list(draft.cc) } : {}),
    ...(draft.bcc.length > 0 ? { Bcc: list(draft.bcc) } : {}),
    SubmittedAt: postmarkTime(now),
    MessageID: id,
    ErrorCode: 0,
    Message: inactive.length === 0 ? 'OK' : `Message OK, but will not deliver to these inactive addresses: ${inactive.join(', ')}`,
  };
}

/** Postmark writes times with seven digits of a second. */
export function postmarkTime(time: Date | string): string {
  return new Date(time).toISOString().replace(/(\.\d{3})Z$/, '$10000Z');
}
