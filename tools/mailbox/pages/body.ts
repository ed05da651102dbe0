import type { Response } from 'express';
import type { Mail, StoredFile } from '../records.ts';
import type { MailStore } from '../store.ts';

const SAFE_TYPES = /^(image\/(png|jpeg|gif|webp)|application\/pdf|text\/plain)\b/i;

/** Sends a mail's HTML for the sandboxed frame: no script, links open in a new tab, remote images only when asked for. */
export function sendHtmlBody(response: Response, mail: Mail, hasImages: boolean): void {
  response.set({
    'content-security-policy': `sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:${hasImages ? ' http: https:' : ''}; font-src 'none'; form-action 'none'`,
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  });
  response.type('html').send(withBase(withFiles(mail)));
}

function withBase(html: string): string {
  const base = '<base target="_blank"><meta name="referrer" content="no-referrer">';
  return /<head[^>]*>/i.test(html) ? html.replace(/<head[^>]*>/i, (head) => head + base) : base + html;
}

function withFiles(mail: Mail): string {
  return mail.html.replace(/(["'(])cid:([^"')\s]+)/gi, (whole, quote: string, id: string) => {
    const index = mail.files.findIndex(({ contentId }) => contentId === decodeURIComponent(id));
    return index < 0 ? whole : `${quote}/mails/${mail.id}/files/${index}`;
  });
}

/** Sends an attachment; types a browser could run are downloaded. */
export function sendFile(response: Response, file: StoredFile, store: MailStore): void {
  const isSafe = SAFE_TYPES.test(file.contentType);
  response.set({
    'content-type': isSafe ? file.contentType : 'application/octet-stream',
    'content-security-policy': "sandbox; default-src 'none'",
    'x-content-type-options': 'nosniff',
    'content-disposition': `${isSafe ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(file.name || 'file')}`,
  });
  response.send(store.readFile(file));
}
