import { formatAddresses, parseAddresses } from '../addresses.ts';
import type { Address, Header } from '../records.ts';
import { invalidRequest, PostmarkRefusal, TooLarge } from './errors.ts';
import type { EmailBody } from './shape.ts';

const MB = 1024 * 1024;
export const MAX_BODY_BYTES = 5 * MB;
export const MAX_MESSAGE_BYTES = 10 * MB;
export const MAX_BATCH_BYTES = 50 * MB;
export const MAX_BATCH_MESSAGES = 500;
const MAX_RECIPIENTS = 50;

const FORBIDDEN_TYPES = new Set(
  ('vbs exe bin bat chm com cpl crt hlp hta inf ins isp jse lnk mdb pcd pif reg scr sct shs vbe vba wsf wsh wsl msc msi ' +
    'msp mst').split(' '),
);
/** These have fields of their own in the API. */
const RESERVED_HEADERS = new Set(
  'from to cc bcc subject reply-to sender content-type content-transfer-encoding mime-version'.split(' '),
);
const STREAMS: Record<string, 'sends' | 'receives'> = { outbound: 'sends', broadcast: 'sends', inbound: 'receives' };

/** A mail that passed all of Postmark's checks of its own content. */
export interface Draft {
  from: Address;
  to: Address[];
  cc: Address[];
  bcc: Address[];
  replyTo: string;
  subject: string;
  tag: string;
  text: string;
  html: string;
  stream: string;
  trackOpens: boolean;
  trackLinks: string;
  metadata: Record<string, string>;
  headers: Header[];
  files: { name: string; contentType: string; contentId: string; bytes: Buffer }[];
}

/**
 * Checks a mail as Postmark does.
 * @throws PostmarkRefusal 300, 411, 1235 or 1236; TooLarge.
 */
export function checkEmail(body: EmailBody): Draft {
  const from = onlySender(body.From ?? '');
  const to = recipients('To', body.To);
  const cc = recipients('Cc', body.Cc);
  const bcc = recipients('Bcc', body.Bcc);
  const count = to.length + cc.length + bcc.length;
  if (to.length === 0) throw invalidRequest('Zero recipients specified');
  if (count > MAX_RECIPIENTS) throw invalidRequest(`Maximum of ${MAX_RECIPIENTS} recipients allowed per email message.`);
  if (!body.TextBody && !body.HtmlBody) throw invalidRequest('Provide either email TextBody or HtmlBody or both.');
  checkSize(body);
  return {
    from,
    to,
    cc,
    bcc,
    replyTo: formatAddresses(recipients('ReplyTo', body.ReplyTo)),
    subject: oneLine('Subject', body.Subject ?? ''),
    tag: tagOf(body.Tag ?? ''),
    text: body.TextBody ?? '',
    html: body.HtmlBody ?? '',
    stream: streamOf(body.MessageStream || 'outbound'),
    trackOpens: body.TrackOpens ?? false,
    trackLinks: body.TrackLinks ?? 'None',
    metadata: metadataOf(body.Metadata ?? {}),
    headers: headersOf(body.Headers ?? []),
    files: (body.Attachments ?? []).map(fileOf),
  };
}

function onlySender(line: string): Address {
  const [sender, ...more] = parseAddresses(line) ?? [];
  if (!sender || more.length > 0) throw invalidRequest(`Invalid 'From' address: '${line}'.`);
  return sender;
}

function recipients(field: string, line: string | null | undefined): Address[] {
  const addresses = parseAddresses(line ?? '');
  if (addresses === null) throw invalidRequest(`Error parsing '${field}': Illegal email address '${line}'.`);
  return addresses;
}

function checkSize(body: EmailBody): void {
  const text = Buffer.byteLength(body.TextBody ?? '');
  const html = Buffer.byteLength(body.HtmlBody ?? '');
  const files = (body.Attachments ?? []).reduce((sum, file) => sum + (file.Content?.length ?? 0), 0);
  if (text > MAX_BODY_BYTES || html > MAX_BODY_BYTES || text + html + files > MAX_MESSAGE_BYTES) throw new TooLarge();
}

function oneLine(field: string, value: string): string {
  if (/[\r\n\0]/.test(value)) throw invalidRequest(`'${field}' must not contain line breaks.`);
  return value;
}

function tagOf(tag: string): string {
  if (tag.length > 1000) throw invalidRequest("'Tag' must not be longer than 1000 characters.");
  return tag;
}

function streamOf(id: string): string {
  const use = STREAMS[id];
  if (use === undefined) throw new PostmarkRefusal(1235, `The 'MessageStream' '${id}' does not exist on this server.`);
  if (use === 'receives') throw new PostmarkRefusal(1236, `The 'MessageStream' '${id}' cannot be used for sending.`);
  return id;
}

function metadataOf(metadata: Record<string, string>): Record<string, string> {
  const entries = Object.entries(metadata);
  if (entries.length > 10) throw invalidRequest('Metadata may have at most 10 fields.');
  for (const [key, value] of entries) {
    if (key === '' || key.length > 20) throw invalidRequest(`Metadata field name '${key}' must have 1 to 20 characters.`);
    if (value.length > 80) throw invalidRequest(`Metadata value of '${key}' must not be longer than 80 characters.`);
  }
  return metadata;
}

function headersOf(headers: Header[]): Header[] {
  for (const { Name, Value } of headers) {
    if (!/^[!-9;-~]+$/.test(Name)) throw invalidRequest(`Invalid header name '${Name}'.`);
    if (RESERVED_HEADERS.has(Name.toLowerCase())) throw invalidRequest(`Header '${Name}' has a field of its own and is not allowed.`);
    oneLine(`Headers ${Name}`, Value);
  }
  return headers;
}

type AttachmentBody = NonNullable<EmailBody['Attachments']>[number];

function fileOf(file: AttachmentBody): Draft['files'][number] {
  const { Name: name, Content: content, ContentType: contentType } = file;
  if (!name || !content || !contentType) throw invalidRequest("Each attachment needs 'Name', 'Content' and 'ContentType'.");
  const ending = /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase();
  if (ending !== undefined && FORBIDDEN_TYPES.has(ending)) {
    throw new PostmarkRefusal(411, `Attachment '${name}' has a file type that is not allowed: '.${ending}'.`);
  }
  const compact = content.replace(/\s/g, '');
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(compact) || compact.length % 4 !== 0) {
    throw invalidRequest(`Attachment '${name}' is not valid base64.`);
  }
  return { name, contentType, contentId: contentIdOf(file.ContentID ?? ''), bytes: Buffer.from(compact, 'base64') };
}

function contentIdOf(id: string): string {
  if (id === '') return '';
  if (!id.startsWith('cid:') || id.length === 4) throw invalidRequest(`ContentID '${id}' must start with 'cid:'.`);
  return id.slice(4);
}

/** Type named by `<Type>@bounce-testing.postmarkapp.com` or by the header X-PM-Bounce-Type. */
export function requestedBounce(draft: Pick<Draft, 'to' | 'headers'>): string | null {
  const header = draft.headers.find(({ Name }) => Name.toLowerCase() === 'x-pm-bounce-type');
  if (header) return header.Value;
  const test = draft.to.find(({ email }) => email.toLowerCase().endsWith('@bounce-testing.postmarkapp.com'));
  return test ? test.email.slice(0, test.email.indexOf('@')) : null;
}
