import type { Header, InboundFacts } from '#domain/mail/inbound-facts.ts';
import { headerValue } from '#domain/mail/inbound-facts.ts';
import { type Authenticity, proveSender } from '#domain/mail/authenticity.ts';
import type { FileStore } from '../files.ts';

/** A file of a mail; its bytes are decoded when they are needed. */
export type MailFile = {
  readonly name: string;
  readonly contentType: string;
  readonly contentId: string;
  readonly size: number;
  readonly bytes: () => Uint8Array;
};

export type MailAddress = { readonly email: string; readonly name: string | null };

/** A mail as the provider handed it over. */
export type InboundContent = {
  /** The sender's own id, without angle brackets. */
  readonly messageId: string | null;
  readonly from: MailAddress;
  readonly to: readonly MailAddress[];
  readonly cc: readonly MailAddress[];
  /** RCPT TO. */
  readonly recipient: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly headers: Header[];
  readonly files: readonly MailFile[];
  readonly authenticity: Authenticity;
};

/** Longer bodies are no letters; what is beyond stays in the stored original. */
const LONGEST_BODY = 1_000_000;

/** Reads the provider's JSON from the file store; throws when it is no JSON object, and `FileMissing`. */
export async function readInboundContent(files: FileStore, rawKey: string): Promise<InboundContent> {
  const bytes = await files.getBytes(rawKey);
  const json: unknown = JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8'));
  if (typeof json !== 'object' || json === null || Array.isArray(json)) throw new SyntaxError('The stored mail is no JSON object');
  return contentOf(json as Json);
}

type Json = Readonly<Record<string, unknown>>;

/** The same from JSON at hand. */
export function contentOf(json: Json): InboundContent {
  const headers = objects(json['Headers']).map((one) => ({ name: textOf(one['Name']), value: textOf(one['Value']) }));
  const from = addressOf((json['FromFull'] as Json | undefined) ?? { Email: json['From'], Name: json['FromName'] });
  return {
    messageId: headerValue(headers, 'Message-ID').replace(/^<|>$/g, '').slice(0, 500) || null,
    from,
    to: objects(json['ToFull']).map(addressOf),
    cc: objects(json['CcFull']).map(addressOf),
    recipient: textOf(json['OriginalRecipient']).toLowerCase(),
    subject: textOf(json['Subject']).replace(/\s+/g, ' ').trim().slice(0, 1000),
    text: textOf(json['TextBody']).slice(0, LONGEST_BODY),
    html: textOf(json['HtmlBody']).slice(0, LONGEST_BODY),
    headers,
    files: objects(json['Attachments']).map(fileOf),
    authenticity: proveSender(headers, from.email),
  };
}

/** What the rules on machines look at. */
export function factsOf(content: InboundContent): InboundFacts {
  return {
    headers: content.headers,
    from: content.from.email,
    subject: content.subject,
    textBody: content.text,
    htmlBody: content.html,
    attachments: content.files.map(({ name, contentType }) => ({ name, contentType })),
  };
}

function fileOf(one: Json): MailFile {
  const content = textOf(one['Content']);
  const stated = one['ContentLength'];
  const padding = content.endsWith('==') ? 2 : content.endsWith('=') ? 1 : 0;
  const size = typeof stated === 'number' ? stated : Math.max(0, (content.length / 4) * 3 - padding);
  return {
    name: textOf(one['Name']) || 'Anhang',
    contentType: textOf(one['ContentType']) || 'application/octet-stream',
    contentId: textOf(one['ContentID']),
    size,
    bytes: () => Buffer.from(content, 'base64'),
  };
}

function addressOf(one: Json): MailAddress {
  const email = textOf(one['Email']).replace(/^.*<([^<>]*)>\s*$/s, '$1').trim().toLowerCase();
  return { email: email.slice(0, 320), name: textOf(one['Name']).replace(/\p{Cc}/gu, ' ').replace(/\s+/g, ' ').trim().slice(0, 200) || null };
}

function objects(value: unknown): Json[] {
  return Array.isArray(value) ? value.filter((one): one is Json => typeof one === 'object' && one !== null) : [];
}

/** PostgreSQL takes no zero characters. */
function textOf(value: unknown): string {
  return typeof value === 'string' ? value.replaceAll('\u0000', '') : '';
}
