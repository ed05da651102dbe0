import type { FileStore } from '../../files.ts';
import { newId } from '../../columns.ts';
import { noteInboundMail } from '../../mails/intake.ts';
import { type Orm, systemEm } from '../../orm.ts';

type StrangersMail = { readonly from: string; readonly name: string; readonly subject: string; readonly text: string };

/** Mails that no rule can place, so that *Zu klären* has something to show; their senders get no answer. */
const MAILS: readonly StrangersMail[] = [
  {
    from: 'monteur@firstmann-dach.example', name: 'Sven Firstmann', subject: 'Dachrinne Kita, M-2026-00005',
    text: 'Hallo,\n\nbin morgen um 9 Uhr vor Ort, bitte das Tor aufschließen lassen.\n\nGruß\nSven',
  },
  {
    from: 'hoffmann.lagerstrasse@post.example', name: 'Kerstin Hoffmann', subject: 'Lagerstraße 22, Klingel',
    text: 'Guten Tag,\n\ndie Klingel an unserem Eingang geht seit gestern nicht mehr. Wer kümmert sich darum?\n\nMit freundlichen Grüßen\nKerstin Hoffmann',
  },
];

/** Their senders; what they wrote waits for a person from the first start on. */
export const STRANGERS: readonly string[] = MAILS.map((mail) => mail.from);

/** Lays the originals into the file store and notes the mails; their processes run as soon as a worker does. */
export async function receiveStrangersMails(orm: Orm, files: FileStore, recipient: string, now: Date): Promise<void> {
  for (const mail of MAILS) {
    const id = newId();
    const providerId = newId();
    const rawKey = `inbound/${id}.json`;
    const original = JSON.stringify(asPostmarkSends(mail, providerId, recipient, now));
    await files.put(rawKey, original);
    await systemEm(orm).transactional((em) => noteInboundMail(em, { id, providerId, rawKey, size: Buffer.byteLength(original), fault: null }, now));
  }
}

/** The fields of Postmark's inbound webhook (its page "Parse an email"). */
function asPostmarkSends(mail: StrangersMail, providerId: string, recipient: string, now: Date) {
  const to = { Email: recipient, Name: '', MailboxHash: '' };
  return {
    FromName: mail.name, MessageStream: 'inbound', From: mail.from, FromFull: { Email: mail.from, Name: mail.name, MailboxHash: '' },
    To: recipient, ToFull: [to], Cc: '', CcFull: [], Bcc: '', BccFull: [], OriginalRecipient: recipient, Subject: mail.subject, MessageID: providerId,
    ReplyTo: '', MailboxHash: '', Date: now.toUTCString(), TextBody: mail.text, HtmlBody: '', StrippedTextReply: '', Tag: '',
    Headers: [
      { Name: 'Message-ID', Value: `<${providerId}@${mail.from.split('@')[1] ?? ''}>` },
      { Name: 'Received-SPF', Value: `pass (sender is authorised) envelope-from=${mail.from}` },
      { Name: 'X-Spam-Status', Value: 'No' },
      { Name: 'X-Spam-Tests', Value: 'SPF_PASS' },
    ],
    Attachments: [],
  };
}
