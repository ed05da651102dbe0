import { randomUUID } from 'node:crypto';
import type { Correspondence } from './data.ts';

/** A contractor's reply as the provider posts it: two sentences above a quoted mail, from a web mail program. */
export function inboundMail({ key, email }: Correspondence): string {
  const id = randomUUID();
  const to = `messstand+${key}@reply.gewerk.localhost`;
  const address = (Email: string, MailboxHash = '') => ({ Email, Name: '', MailboxHash });
  return JSON.stringify({
    FromName: 'Kontakt', MessageStream: 'inbound', From: email, FromFull: address(email), To: to, ToFull: [address(to, key)],
    Cc: '', CcFull: [], Bcc: '', BccFull: [], OriginalRecipient: to, Subject: 'Re: Auftrag M-2026-00042: Treppenhaus streichen', MessageID: id, ReplyTo: '', MailboxHash: key,
    Date: new Date().toUTCString(), TextBody: `${OWN}\n\n${QUOTE}`, HtmlBody: HTML, StrippedTextReply: '', Tag: '',
    Headers: [
      ['Return-Path', `<${email}>`], ['X-Spam-Status', 'No'], ['X-Spam-Score', '-0.2'], ['X-Spam-Tests', 'DKIM_SIGNED,DKIM_VALID,DKIM_VALID_AU,SPF_PASS,HTML_MESSAGE'],
      ['Received-SPF', `pass (Sender is authorized) receiver=inbound; identity=mailfrom; envelope-from="${email}"; helo=mail.betrieb.example; client-ip=203.0.113.25`],
      ['Message-ID', `<${id}@betrieb.example>`], ['MIME-Version', '1.0'], ['In-Reply-To', '<019ac0de-7a10-7c3e-9f00-000000000042@reply.gewerk.localhost>'],
    ].map(([Name, Value]) => ({ Name, Value })),
    Attachments: [],
  });
}

const OWN = 'Material ist bestellt, wir kommen am Dienstag.\nBitte lassen Sie den Keller offen.';
const MAIL = Array.from({ length: 20 }, (_, n) => `Zeile ${n + 1}: wir möchten Sie mit folgender Arbeit beauftragen, bitte antworten Sie bis Donnerstag.`);
const QUOTE = ['Am Mi., 25. Nov. 2026 um 10:40 Uhr schrieb Messstand GmbH <auftrag@reply.gewerk.localhost>:', '', ...MAIL.map((line) => `> ${line}`)].join('\n');
const HTML = `<div dir="ltr">${OWN.replace('\n', '<br>')}</div><br><div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">Am Mi., 25. Nov. 2026 um 10:40&nbsp;Uhr schrieb Messstand GmbH &lt;<a href="mailto:auftrag@reply.gewerk.localhost">auftrag@reply.gewerk.localhost</a>&gt;:<br></div><blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex">${MAIL.map((line) => `<p>${line}</p>`).join('')}</blockquote></div>`;
