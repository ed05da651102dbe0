import type { Response } from 'express';
import { contentTypeOf, assertHarmless, HEAD_BYTES } from '#db/file-types.ts';
import { isImage, prepareImage } from '#db/images.ts';
import type { InboundMail } from '#db/mails/entity.ts';
import type { InboundContent, MailAddress } from '#db/mails/inbound-content.ts';
import { wholeText } from '#db/mails/original.ts';
import { DomainError } from '#domain/errors.ts';
import { safeFileName } from '#domain/mail/attachments.ts';
import { sendBytes } from '../attachments/send-file.ts';
import { plain } from '../present.ts';
import { iso } from '../schema.ts';
import { sanitiseMailHtml } from './sanitise.ts';
import type { MailOriginal } from './schema.ts';

/** A mail as it came in; of one whose original is gone what its row still knows. */
export async function presentOriginal(mail: InboundMail, content: InboundContent | null): Promise<MailOriginal> {
  const row = plain(mail);
  const from = content?.from ?? { email: row.fromEmail ?? '', name: row.fromName };
  return {
    from: addressLine(from),
    to: content ? content.to.map(addressLine).join(', ') : (row.recipient ?? ''),
    subject: content?.subject ?? row.subject ?? '',
    receivedAt: iso(mail.receivedAt),
    text: content ? wholeText(content) : null,
    html: content?.html ? await sanitiseMailHtml(content.html) : null,
    headers: content ? content.headers.map(({ name, value }) => ({ name, value })) : [],
    attachments: content ? filesOf(mail, content) : [],
    isGone: content === null,
  };
}

/** The files of the original, each with an address that asks for permission again. */
export function filesOf(mail: InboundMail, content: InboundContent): MailOriginal['attachments'] {
  const base = `/api/v1/accounts/${mail.organisationId}/inbound-mails/${mail.id}/files`;
  return content.files.map((file, at) => ({ name: safeFileName(file.name), contentType: file.contentType, size: Math.round(file.size), url: `${base}/${at}` }));
}

/** Sends one file of the original for saving, photos without their place. Throws `not_found`, `file_type_not_allowed`. */
export async function sendOriginalFile(res: Response, content: InboundContent | null, at: number): Promise<void> {
  const file = content?.files[at];
  if (!file) throw new DomainError('not_found');
  const bytes = file.bytes();
  const name = safeFileName(file.name);
  const contentType = await contentTypeOf(bytes.subarray(0, HEAD_BYTES), name);
  assertHarmless({ contentType, name, size: bytes.length });
  const clean = isImage(contentType) ? await prepareImage(bytes, contentType) : { bytes, contentType, ending: null };
  sendBytes(res, { name: clean.ending ? `${name.replace(/\.[^.]*$/, '')}${clean.ending}` : name, contentType: clean.contentType, bytes: clean.bytes });
}

function addressLine({ name, email }: MailAddress): string {
  return name ? `${name} <${email}>` : email;
}
