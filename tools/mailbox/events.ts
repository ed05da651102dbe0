import { postmarkTime } from './postmark/accept.ts';
import type { BounceRecord, OutboundMail } from './records.ts';

export const SERVER_ID = 23;

interface BounceType {
  code: number;
  name: string;
  description: string;
  details: string;
  /** Whether Postmark stops sending to the address. */
  isSuspending: boolean;
}

const bounceType = (code: number, name: string, description: string, details: string, isSuspending = false): BounceType => ({
  code, name, description, details, isSuspending,
});

/** Bounce types by Postmark's name, with their codes and what a receiving server typically says. */
export const BOUNCE_TYPES: Record<string, BounceType> = {
  HardBounce: bounceType(1, 'Hard bounce', 'The server was unable to deliver your message (ex: unknown user, mailbox not found).',
    'smtp;550 5.1.1 The email account that you tried to reach does not exist.', true),
  Transient: bounceType(2, 'Message delayed', 'The server could not temporarily deliver your message (ex: Message is delayed due to network troubles).',
    'smtp;451 4.7.1 Greylisting in action, please come back later'),
  Unsubscribe: bounceType(16, 'Unsubscribe request', 'Unsubscribe or Remove request.', 'Unsubscribe request'),
  AutoResponder: bounceType(64, 'Auto responder', 'Automatic email responder (ex: "Out of Office" or "On Vacation").', 'Automatic reply'),
  AddressChange: bounceType(128, 'Address change', 'The recipient has requested an address change.', 'Address change'),
  DnsError: bounceType(256, 'DNS error', 'A temporary DNS error.', 'smtp;450 4.4.4 Unable to look up the domain'),
  SpamNotification: bounceType(512, 'Spam notification', 'The message was delivered, but was either blocked by the user, or classified as spam.',
    'smtp;550 5.7.1 Message rejected as spam by content filtering'),
  Unknown: bounceType(2048, 'Unknown', 'Unable to classify the bounce.', 'smtp;550 Requested action not taken'),
  SoftBounce: bounceType(4096, 'Soft bounce', 'Unable to temporarily deliver message (i.e. mailbox full, account disabled, exceeds quota).',
    'smtp;552 5.2.2 Mailbox full'),
  BadEmailAddress: bounceType(100_000, 'Invalid email address', 'The address is not a valid email address.', 'smtp;553 5.1.3 Invalid address', true),
  SpamComplaint: bounceType(100_001, 'Spam complaint', 'The subscriber explicitly marked this message as spam.', 'Spam complaint', true),
  ManuallyDeactivated: bounceType(100_002, 'Manually deactivated', 'The email was manually deactivated.', 'Manually deactivated', true),
  Blocked: bounceType(100_006, 'ISP block', 'Blocked from this ISP due to content or blacklisting.',
    'smtp;554 5.7.1 Service unavailable; client host blocked'),
  DMARCPolicy: bounceType(100_009, 'DMARC policy', 'Email rejected due DMARC policy.', 'smtp;550 5.7.26 Unauthenticated mail is not accepted'),
};

/** A bounce of one recipient; unknown types count as Unknown. */
export function bounceRecord(mail: OutboundMail, recipient: string, typeName: string, id: number, now: Date): BounceRecord {
  const known = Object.keys(BOUNCE_TYPES).find((name) => name.toLowerCase() === typeName.toLowerCase()) ?? 'Unknown';
  const type = BOUNCE_TYPES[known];
  if (!type) throw new Error(`no bounce type ${known}`);
  return {
    ID: id,
    Type: known,
    TypeCode: type.code,
    Name: type.name,
    Tag: mail.tag,
    MessageID: mail.id,
    ServerID: SERVER_ID,
    Description: type.description,
    Details: type.details,
    Email: recipient,
    From: mail.from.email,
    BouncedAt: postmarkTime(now),
    DumpAvailable: true,
    Inactive: type.isSuspending,
    CanActivate: type.isSuspending && known !== 'SpamComplaint',
    Subject: mail.subject,
    MessageStream: mail.stream,
  };
}

export function deliveryPayload(mail: OutboundMail, recipient: string, now: Date): Record<string, unknown> {
  return {
    RecordType: 'Delivery',
    ServerID: SERVER_ID,
    MessageStream: mail.stream,
    MessageID: mail.id,
    Recipient: recipient,
    Tag: mail.tag,
    DeliveredAt: postmarkTime(now),
    Details: 'smtp;250 2.0.0 OK queued as mailbox',
    Metadata: mail.metadata,
  };
}

export function bouncePayload(record: BounceRecord, mail: OutboundMail): Record<string, unknown> {
  return { RecordType: 'Bounce', ...record, Metadata: mail.metadata };
}

export function complaintPayload(record: BounceRecord, mail: OutboundMail): Record<string, unknown> {
  return { RecordType: 'SpamComplaint', ...record, Metadata: mail.metadata };
}
