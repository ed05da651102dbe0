import { formatAddress, formatAddresses } from '../addresses.ts';
import type { Header, Mail } from '../records.ts';
import type { MailStore } from '../store.ts';

const WIDTH = 76;

/** The mail as it would travel: headers and MIME parts. Files over 1 MB are named, not included. */
export function rawMessage(mail: Mail, store: MailStore): string {
  const head: Header[] = [
    { Name: 'From', Value: formatAddress(mail.from) },
    { Name: 'To', Value: formatAddresses(mail.to) },
    ...(mail.cc.length > 0 ? [{ Name: 'Cc', Value: formatAddresses(mail.cc) }] : []),
    ...(mail.replyTo ? [{ Name: 'Reply-To', Value: mail.replyTo }] : []),
    { Name: 'Subject', Value: mail.subject },
    { Name: 'Date', Value: mail.direction === 'in' ? mail.date : new Date(mail.at).toUTCString() },
    { Name: 'Message-ID', Value: mail.messageIdHeader },
    { Name: 'MIME-Version', Value: '1.0' },
    ...mail.headers.filter(({ Name }) => !/^(message-id|mime-version|x-pm-keepid)$/i.test(Name)),
  ];
  const bodies = [
    ...(mail.text ? [part('text/plain; charset=UTF-8', mail.text)] : []),
    ...(mail.html ? [part('text/html; charset=UTF-8', mail.html)] : []),
  ];
  const content = bodies.length === 1 ? (bodies[0] ?? '') : multipart('alternative', `b1-${mail.id}`, bodies);
  const files = mail.files.map((file) => {
    const bytes = file.size <= 1024 * 1024 ? lines(store.readFile(file).toString('base64')) : `(${file.size} bytes)`;
    const id = file.contentId ? `\r\nContent-ID: <${file.contentId}>` : '';
    return `Content-Type: ${file.contentType}; name="${file.name}"\r\nContent-Disposition: ${file.contentId ? 'inline' : 'attachment'}; filename="${file.name}"${id}\r\nContent-Transfer-Encoding: base64\r\n\r\n${bytes}`;
  });
  const body = files.length === 0 ? content : multipart('mixed', `b0-${mail.id}`, [content, ...files]);
  return `${head.map(({ Name, Value }) => `${Name}: ${encoded(Value)}`).join('\r\n')}\r\n${body}\r\n`;
}

function part(contentType: string, text: string): string {
  return `Content-Type: ${contentType}\r\nContent-Transfer-Encoding: base64\r\n\r\n${lines(Buffer.from(text).toString('base64'))}`;
}

function multipart(kind: string, boundary: string, parts: string[]): string {
  return `Content-Type: multipart/${kind}; boundary="${boundary}"\r\n\r\n${parts.map((one) => `--${boundary}\r\n${one}\r\n`).join('')}--${boundary}--`;
}

const lines = (base64: string): string => base64.replace(new RegExp(`.{${WIDTH}}`, 'g'), '$&\r\n');

/** Words outside ASCII are encoded as RFC 2047 asks. */
function encoded(value: string): string {
  return value.replace(/[\u0080-\uffff]+/g, (word) => `=?UTF-8?B?${Buffer.from(word).toString('base64')}?=`);
}
