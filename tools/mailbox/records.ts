// What the mailbox keeps. Field names that reach Postmark's JSON are turned into its spelling where it is written.

export interface Address {
  email: string;
  name: string;
}

export interface Header {
  Name: string;
  Value: string;
}

/** A file of a mail; its bytes lie in the store's `files` folder under their hash. */
export interface StoredFile {
  name: string;
  contentType: string;
  /** Without `cid:` and angle brackets; empty for an ordinary attachment. */
  contentId: string;
  /** Decoded bytes. */
  size: number;
  sha256: string;
}

export type DeliveryState = 'pending' | 'delivered' | 'bounced' | 'suppressed';

export interface Delivery {
  recipient: string;
  state: DeliveryState;
  /** ISO; null while automatic delivery is off or nothing is to come. */
  dueAt: string | null;
}

export interface MailEvent {
  Recipient: string;
  Type: 'Delivered' | 'Bounced' | 'Transient' | 'SpamComplaint';
  ReceivedAt: string;
  Details: Record<string, string | number>;
}

interface MailBase {
  id: string;
  /** Rises with every mail, also over restarts: the cursor of long polls. */
  seq: number;
  at: string;
  from: Address;
  to: Address[];
  cc: Address[];
  bcc: Address[];
  replyTo: string;
  subject: string;
  headers: Header[];
  /** The id other mail programs see, with angle brackets. */
  messageIdHeader: string;
  text: string;
  html: string;
  files: StoredFile[];
}

/** A mail handed to us by the API. */
export interface OutboundMail extends MailBase {
  direction: 'out';
  tag: string;
  metadata: Record<string, string>;
  stream: string;
  trackOpens: boolean;
  trackLinks: string;
  /** Type of the bounce this mail asks for by its address or header. */
  bounceAs: string | null;
  deliveries: Delivery[];
  events: MailEvent[];
}

export type InboundKind =
  | 'new'
  | 'reply'
  | 'forward'
  | 'out_of_office'
  | 'read_receipt'
  | 'bounce_mail';

/** A mail a person (or a machine) sent to one of our inbound addresses. */
export interface InboundMail extends MailBase {
  direction: 'in';
  kind: InboundKind;
  /** The outgoing mail this one answers. */
  answers: string | null;
  originalRecipient: string;
  mailboxHash: string;
  date: string;
  strippedReply: string;
  status: 'scheduled' | 'processed' | 'failed';
}

export type Mail = OutboundMail | InboundMail;

/** A bounce or complaint in Postmark's own words. */
export interface BounceRecord {
  ID: number;
  Type: string;
  TypeCode: number;
  Name: string;
  Tag: string;
  MessageID: string;
  ServerID: number;
  Description: string;
  Details: string;
  Email: string;
  From: string;
  BouncedAt: string;
  DumpAvailable: boolean;
  Inactive: boolean;
  CanActivate: boolean;
  Subject: string;
  MessageStream: string;
}

export interface Suppression {
  address: string;
  reason: 'HardBounce' | 'SpamComplaint' | 'ManualSuppression';
  at: string;
}

export interface Attempt {
  at: string;
  /** HTTP status, or null when no answer came. */
  status: number | null;
  /** First characters of the answer, or what went wrong. */
  answer: string;
  tookMs: number;
}

export type WebhookState = 'waiting' | 'accepted' | 'stopped' | 'gave_up' | 'no_address';

/** One webhook with all its attempts; `id` is the trace id, the same over retries. */
export interface WebhookCall {
  id: string;
  target: 'inbound' | 'events';
  recordType: 'Inbound' | 'Delivery' | 'Bounce' | 'SpamComplaint';
  mailId: string;
  /** Null for inbound mail, whose JSON is made from the stored mail at each attempt. */
  payload: Record<string, unknown> | null;
  at: string;
  dueAt: string | null;
  state: WebhookState;
  attempts: Attempt[];
}
