import { formatAddresses, mailboxHashOf } from '../addresses.ts';
import type { Address, InboundMail, StoredFile } from '../records.ts';

const full = ({ email, name }: Address): { Email: string; Name: string; MailboxHash: string } => ({
  Email: email,
  Name: name,
  MailboxHash: mailboxHashOf(email),
});

/** The part of Postmark's inbound JSON that its message search shows as well. */
export function inboundSummary(mail: InboundMail): Record<string, unknown> {
  return {
    FromName: mail.from.name,
    MessageStream: 'inbound',
    From: mail.from.email,
    FromFull: full(mail.from),
    To: formatAddresses(mail.to),
    ToFull: mail.to.map(full),
    Cc: formatAddresses(mail.cc),
    CcFull: mail.cc.map(full),
    Bcc: formatAddresses(mail.bcc),
    BccFull: mail.bcc.map(full),
    OriginalRecipient: mail.originalRecipient,
    Subject: mail.subject,
    MessageID: mail.id,
    ReplyTo: mail.replyTo,
    MailboxHash: mail.mailboxHash,
    Date: mail.date,
  };
}

/** The JSON Postmark posts for one inbound mail; files are base64 with their decoded length. */
export function inboundPayload(mail: InboundMail, read: (file: StoredFile) => Buffer): Record<string, unknown> {
  return {
    ...inboundSummary(mail),
    TextBody: mail.text,
    HtmlBody: mail.html,
    StrippedTextReply: mail.strippedReply,
    Tag: '',
    Headers: mail.headers,
    Attachments: mail.files.map((file) => ({
      Name: file.name,
      Content: read(file).toString('base64'),
      ContentType: file.contentType,
      ContentLength: file.size,
      ContentID: file.contentId,
    })),
  };
}

/** Postmark's cut of a reply: English header only, and only for an answer with a plain part. */
export function strippedReplyOf(text: string, headers: readonly { Name: string }[]): string {
  const isAnswer = headers.some(({ Name }) => /^(in-reply-to|references)$/i.test(Name));
  if (!isAnswer || text === '') return '';
  const header = /^On .{5,200}wrote:\s*$/m.exec(text.replace(/\r\n/g, '\n'));
  return header ? text.replace(/\r\n/g, '\n').slice(0, header.index).trim() : '';
}
