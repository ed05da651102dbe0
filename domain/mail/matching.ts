import { type Header, domainOf, headerValue } from './inbound-facts.ts';
import { isMailProvider } from './mail-providers.ts';

export interface ReplyAddress {
  /** Local part before "+": the organisation's inbound name. */
  organisation: string;
  /** Random key of one recipient, or null for a mail to the organisation itself. */
  key: string | null;
}

export type Candidate =
  | { by: 'reply_address'; organisation: string; key: string }
  | { by: 'references'; messageId: string }
  | { by: 'subject'; orderNumber: string };

export type FoundBy = Candidate['by'] | 'nothing';
export type KnownSender = 'known_contact' | 'same_company' | 'other';
export type Proof = 'pass' | 'none' | 'fail';
/**
 * What a mail to somebody of a partner told that is none of its client's: how the partner shares its work out, or what it
 * says among itself.
 */
export const INSIDE = ['work', 'words'] as const;
export type Inside = (typeof INSIDE)[number];
export type Trust = 'comment_and_step' | 'comment_step_proposed' | 'comment_marked_step_proposed' | 'to_review';

const MAX_REFERENCES = 100;
const MAX_NUMBERS = 10;

/** `<organisation>+<key>@<inbound domain>` → its parts in lower case; null for any other address. Source: architecture, decision 5. */
export function parseReplyAddress(address: string, inboundDomain: string): ReplyAddress | null {
  const bare = address.trim().replace(/^.*<([^<>]*)>\s*$/, '$1').toLowerCase();
  if (bare.length > 320 || domainOf(bare) !== inboundDomain.toLowerCase()) return null;
  const local = bare.slice(0, bare.lastIndexOf('@'));
  const plus = local.indexOf('+');
  const organisation = plus < 0 ? local : local.slice(0, plus);
  if (!/^[a-z0-9](?:[a-z0-9._-]{0,62}[a-z0-9])?$/.test(organisation)) return null;
  const key = plus < 0 ? '' : local.slice(plus + 1);
  return { organisation, key: /^[a-z0-9]{8,64}$/.test(key) ? key : null };
}

/** Message-IDs that a mail refers to, newest first, without angle brackets: In-Reply-To, then References from the end. */
export function referencedIds(headers: Header[]): string[] {
  const ids = (value: string): string[] => [...value.matchAll(/<([^<>\s]{3,500})>/g)].map((match) => match[1]!);
  const newest = [...ids(headerValue(headers, 'In-Reply-To')), ...ids(headerValue(headers, 'References')).toReversed()];
  return [...new Set(newest)].slice(0, MAX_REFERENCES);
}

/** Order numbers in a subject ("M-2026-00042") in upper case; only those with the organisation's letters where these are given. */
export function orderNumbersIn(subject: string, letters?: readonly string[]): string[] {
  const found = [...subject.slice(0, 1000).matchAll(/(?<![\p{L}\d-])([A-Z]{1,3})-(\d{4})-(\d{5,12})(?![\p{L}\d])/giu)];
  const wanted = letters?.map((letter) => letter.toUpperCase());
  const numbers = found.filter((match) => wanted === undefined || wanted.includes(match[1]!.toUpperCase())).map((match) => match[0].toUpperCase());
  return [...new Set(numbers)].slice(0, MAX_NUMBERS);
}

export interface MatchFacts {
  headers: Header[];
  subject: string;
  /** RCPT TO: trusted more than To, which a forward or a reply to all leaves as it was. */
  originalRecipient: string;
  /** Addresses of To and Cc. */
  recipients: string[];
}

/** What a mail may belong to, best first; the caller takes the first that it finds. */
export function candidates(mail: MatchFacts, inboundDomain: string, letters?: readonly string[]): Candidate[] {
  const keys = new Map<string, Candidate>();
  for (const address of [mail.originalRecipient, ...mail.recipients]) {
    const reply = parseReplyAddress(address, inboundDomain);
    if (reply?.key != null && !keys.has(reply.key)) keys.set(reply.key, { by: 'reply_address', organisation: reply.organisation, key: reply.key });
  }
  return [
    ...keys.values(),
    ...referencedIds(mail.headers).map((messageId): Candidate => ({ by: 'references', messageId })),
    ...orderNumbersIn(mail.subject, letters).map((orderNumber): Candidate => ({ by: 'subject', orderNumber })),
  ];
}

/** The organisation whose inbound address was used, also without a key; null where none is ours. */
export function addressedOrganisation(mail: MatchFacts, inboundDomain: string): string | null {
  for (const address of [mail.originalRecipient, ...mail.recipients]) {
    const reply = parseReplyAddress(address, inboundDomain);
    if (reply !== null) return reply.organisation;
  }
  return null;
}

/** How near a sender is to the firm that was asked. The same domain counts for companies only, never for a mail provider. */
export function knownSender(from: string, contactAddresses: readonly string[]): KnownSender {
  const sender = from.trim().toLowerCase();
  const contacts = contactAddresses.map((address) => address.trim().toLowerCase());
  if (contacts.includes(sender)) return 'known_contact';
  const domain = domainOf(sender);
  return domain !== '' && !isMailProvider(domain) && contacts.some((contact) => domainOf(contact) === domain) ? 'same_company' : 'other';
}

type Column = 'contact_proved' | 'contact_unproved' | 'company_proved' | 'other' | 'failed';

/** Who may do what by mail. Source: architecture, decision 5, cell for cell. */
const TRUST: Record<FoundBy, Record<Column, Trust>> = {
  reply_address: { contact_proved: 'comment_and_step', contact_unproved: 'comment_step_proposed', company_proved: 'comment_and_step', other: 'comment_marked_step_proposed', failed: 'to_review' },
  references: { contact_proved: 'comment_and_step', contact_unproved: 'comment_step_proposed', company_proved: 'comment_and_step', other: 'to_review', failed: 'to_review' },
  subject: { contact_proved: 'comment_step_proposed', contact_unproved: 'comment_step_proposed', company_proved: 'to_review', other: 'to_review', failed: 'to_review' },
  nothing: { contact_proved: 'to_review', contact_unproved: 'to_review', company_proved: 'to_review', other: 'to_review', failed: 'to_review' },
};

/** What becomes of a mail, by how its order was found, who sent it, and what proves the sender. */
export function decideTrust(foundBy: FoundBy, sender: KnownSender, proof: Proof): Trust {
  return TRUST[foundBy][columnOf(sender, proof)];
}

function columnOf(sender: KnownSender, proof: Proof): Column {
  if (proof === 'fail') return 'failed';
  if (sender === 'known_contact') return proof === 'pass' ? 'contact_proved' : 'contact_unproved';
  return sender === 'same_company' && proof === 'pass' ? 'company_proved' : 'other';
}
