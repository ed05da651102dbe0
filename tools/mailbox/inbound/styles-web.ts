import type { WriteInput, Written } from './styles.ts';
import { escapeHtml, linesToBlocks, linesToHtml, quotedHtml, quotedText, quoteLines, wrap, writtenDate } from './writing.ts';
import type { Language, QuotedMail } from './writing.ts';

const withSignature = (own: string, signature: string, mark: string): string =>
  signature === '' ? own : `${own}\n\n${mark}${signature}`;

const senderText = ({ from }: QuotedMail): string => (from.name ? `${from.name} <${from.email}>` : `<${from.email}>`);
const senderHtml = ({ from }: QuotedMail): string =>
  `${escapeHtml(from.name)} &lt;<a href="mailto:${from.email}">${from.email}</a>&gt;`;

/** Gmail in the browser: the attribution line is broken inside the address when it is long. */
export function gmail({ own, quote, language, signature }: WriteInput): Written {
  const words = withSignature(own, signature, '-- \n');
  const ownHtml = `<div dir="ltr">${linesToBlocks(own, '<div>', '</div>')}${gmailSignature(signature)}</div>`;
  if (!quote) return { text: `${wrap(words, 78)}\n`, html: `${ownHtml}\n` };
  const line = (sender: string): string => gmailLine(quote, language, sender);
  return {
    text: `${wrap(words, 78)}\n\n${breakInAddress(line(senderText(quote)))}\n\n${quoteLines(quotedText(quote))}\n`,
    html: `${ownHtml}<br>${gmailQuote(line(senderHtml(quote)), quote, ' gmail_quote_container')}\n`,
  };
}

/** The Gmail app: sender first in German, all in one `dir="auto"` block. */
export function gmailApp({ own, quote, language, signature }: WriteInput): Written {
  const words = withSignature(own, signature, '-- \n');
  const ownHtml = `<div dir="auto">${linesToHtml(words)}</div>`;
  if (!quote) return { text: `${wrap(words, 78)}\n`, html: `${ownHtml}\n` };
  const { medium, time } = writtenDate(quote.sentAt, language);
  const line = (sender: string): string =>
    language === 'de' ? `${sender} schrieb am ${medium}, ${time}:` : `On ${medium}, ${time} ${sender}, wrote:`;
  return {
    text: `${wrap(words, 78)}\n\n${breakInAddress(line(senderText(quote)))}\n\n${quoteLines(quotedText(quote))}\n`,
    html: `${ownHtml}<br>${gmailQuote(line(senderHtml(quote)), quote, '')}\n`,
  };
}

function gmailLine(quote: QuotedMail, language: Language, sender: string): string {
  const { medium, time } = writtenDate(quote.sentAt, language);
  return language === 'de' ? `Am ${medium} um ${time} Uhr schrieb ${sender}:` : `On ${medium} at ${time}, ${sender} wrote:`;
}

const breakInAddress = (line: string): string => (line.length > 78 ? line.replace(' <', ' <\n') : line);

const gmailSignature = (signature: string): string =>
  signature === ''
    ? ''
    : `<br clear="all"><div><br></div><span class="gmail_signature_prefix">-- </span><br><div dir="ltr" class="gmail_signature" data-smartmail="gmail_signature"><div dir="ltr">${linesToHtml(signature)}</div></div>`;

function gmailQuote(line: string, quote: QuotedMail, extraClass: string): string {
  return `<div class="gmail_quote${extraClass}"><div dir="ltr" class="gmail_attr">${line}<br></div>` +
    '<blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex;border-left:1px solid rgb(204,204,204);padding-left:1ex">' +
    `${quotedHtml(quote)}</blockquote></div>`;
}

/** GMX and WEB.DE send HTML only: the text part is empty. */
export function gmx({ own, quote, language, signature }: WriteInput): Written {
  const words = linesToBlocks(withSignature(own, signature, ''), '<div>', '</div>', '&nbsp;');
  const open = '<html><head></head><body><div style="font-family: Verdana;font-size: 12.0px;">';
  if (!quote) return { text: '', html: `${open}${words}</div></body></html>` };
  return { text: '', html: `${open}${words}\n<div>&nbsp;${gmxQuote(quote, language)}\n</div>\n</div></body></html>` };
}

function gmxQuote(quote: QuotedMail, language: Language): string {
  const { long, time } = writtenDate(quote.sentAt, language);
  const to = quote.to.map(({ email }) => email).join(', ');
  const rows = language === 'de'
    ? [['Gesendet:', `${long} um ${time} Uhr`], ['Von:', senderText(quote)], ['An:', to], ['Betreff:', quote.subject]]
    : [['Sent:', `${long} at ${time}`], ['From:', senderText(quote)], ['To:', to], ['Subject:', quote.subject]];
  const head = rows.map(([label = '', value = '']) => `<b>${label}</b>&nbsp;${escapeHtml(value)}`).join('<br/>\n');
  return '\n<div name="quote" style="margin:10px 5px 5px 10px; padding: 10px 0 10px 10px; border-left:2px solid #C3D9E5; word-wrap: break-word; -webkit-nbsp-mode: space; -webkit-line-break: after-white-space;">' +
    `\n<div style="margin:0 0 10px 0;">${head}</div>\n\n<div name="quoted-content">${quotedHtml(quote)}</div>\n</div>`;
}

/** A plain text program such as mutt: no HTML at all. */
export function plain({ own, quote, language, signature, position }: WriteInput): Written {
  const words = withSignature(own, signature, '-- \n');
  if (!quote) return { text: `${wrap(words, 72)}\n`, html: '' };
  const { short, time } = writtenDate(quote.sentAt, language);
  const line = language === 'de' ? `Am ${short} um ${time} schrieb ${quote.from.name || quote.from.email}:` : `On ${short} ${time}, ${quote.from.name || quote.from.email} wrote:`;
  const history = `${line}\n${quoteLines(quotedText(quote), 72)}`;
  const text = position === 'below' ? `${history}\n\n${wrap(words, 72)}\n` : `${wrap(words, 72)}\n\n${history}\n`;
  return { text, html: '' };
}
