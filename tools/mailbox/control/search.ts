import { z } from 'zod';
import type { Mail } from '../records.ts';
import type { MailStore } from '../store.ts';

export const LONGEST_WAIT_MS = 120_000;

export const searchShape = z.object({
  /** Address of any recipient, or a part of it. */
  to: z.string().optional(),
  from: z.string().optional(),
  subject: z.string().optional(),
  tag: z.string().optional(),
  /** Words anywhere in addresses, subject or text. */
  q: z.string().optional(),
  direction: z.enum(['out', 'in', 'all']).default('out'),
  /** ISO time: mails from this moment on. */
  since: z.coerce.date().optional(),
  /** Mails whose `seq` is higher. */
  after: z.coerce.number().optional(),
  /** The inbound mails that answer this one. */
  answers: z.string().optional(),
  /** How many must be there before a waiting call returns. */
  count: z.coerce.number().int().min(1).default(1),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  /** Milliseconds to wait until enough mails match. */
  wait: z.coerce.number().int().min(0).max(LONGEST_WAIT_MS).default(0),
});

export type MailSearch = z.infer<typeof searchShape>;

/** The mails that match, newest first; `metadata` fields must be equal. */
export function searchMails(store: MailStore, search: MailSearch, metadata: Record<string, string> = {}): Mail[] {
  return store.newestFirst().filter((mail) => matches(mail, search) && hasMetadata(mail, metadata));
}

function matches(mail: Mail, search: MailSearch): boolean {
  const recipients = [...mail.to, ...mail.cc, ...mail.bcc].map(({ email }) => email);
  if (mail.direction === 'in') recipients.push(mail.originalRecipient);
  return (
    (search.direction === 'all' || mail.direction === search.direction) &&
    (search.after === undefined || mail.seq > search.after) &&
    (search.since === undefined || Date.parse(mail.at) >= search.since.getTime()) &&
    (search.to === undefined || recipients.some((email) => contains(email, search.to))) &&
    (search.from === undefined || contains(mail.from.email, search.from)) &&
    (search.subject === undefined || contains(mail.subject, search.subject)) &&
    (search.tag === undefined || (mail.direction === 'out' && mail.tag === search.tag)) &&
    (search.answers === undefined || (mail.direction === 'in' && mail.answers === search.answers)) &&
    (search.q === undefined || contains([mail.from.email, mail.from.name, ...recipients, mail.subject, mail.text].join('\n'), search.q))
  );
}

const contains = (text: string, part: string | undefined): boolean => text.toLowerCase().includes((part ?? '').toLowerCase());

function hasMetadata(mail: Mail, wanted: Record<string, string>): boolean {
  const metadata = mail.direction === 'out' ? mail.metadata : {};
  return Object.entries(wanted).every(([key, value]) => metadata[key] === value);
}
