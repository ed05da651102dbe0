import type { WriteInput, Written } from './styles.ts';
import { escapeHtml, linesToBlocks, linesToHtml, quotedHtml, quotedText, quoteLines, wrap, writtenDate } from './writing.ts';
import type { Language, QuotedMail } from './writing.ts';

type Row = [label: string, value: string];

/** The block Outlook puts above the mail it answers. */
function headerRows(quote: QuotedMail, language: Language): Row[] {
  const { long, time } = writtenDate(quote.sentAt, language);
  const from = quote.from.name ? `${quote.from.name} <${quote.from.email}>` : quote.from.email;
  const to = quote.to.map(({ name, email }) => (name ? `${name} <${email}>` : email)).join('; ');
  return language === 'de'
    ? [['Von:', from], ['Gesendet:', `${long} ${time}`], ['An:', to], ['Betreff:', quote.subject]]
    : [['From:', from], ['Sent:', `${long} ${time}`], ['To:', to], ['Subject:', quote.subject]];
}

const rowsText = (rows: Row[]): string => rows.map(([label, value]) => `${label} ${value}`).join('\n');
const rowsHtml = (rows: Row[]): string => rows.map(([label, value]) => `<b>${label}</b> ${escapeHtml(value)}`).join('<br>\n');

const join = (...parts: string[]): string => `${parts.filter((part) => part !== '').join('\n\n')}\n`.replace(/\n/g, '\r\n');

/** Outlook for Windows: Word's paragraphs, and no ">" in its text part. */
export function outlook({ own, quote, language, signature }: WriteInput): Written {
  const paragraphs = linesToBlocks(
    signature === '' ? own : `${own}\n\n${signature}`,
    '<p class="MsoNormal"><span style="mso-fareast-language:EN-US">',
    '<o:p></o:p></span></p>\n',
    '<o:p>&nbsp;</o:p>',
  );
  const rows = quote ? headerRows(quote, language) : [];
  const history = quote
    ? '<p class="MsoNormal"><o:p>&nbsp;</o:p></p>\n<div>\n<div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm">\n' +
      `<p class="MsoNormal">${rowsHtml(rows)}<o:p></o:p></p>\n</div>\n</div>\n<p class="MsoNormal"><o:p>&nbsp;</o:p></p>\n${quotedHtml(quote)}`
    : '';
  return {
    text: quote ? join(own, signature, rowsText(rows), quotedText(quote)) : join(own, signature),
    html: '<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word" xmlns="http://www.w3.org/TR/REC-html40">\n' +
      '<head>\n<meta http-equiv="Content-Type" content="text/html; charset=utf-8">\n<meta name="Generator" content="Microsoft Word 15 (filtered medium)">\n' +
      '<style><!--\np.MsoNormal {margin:0cm; font-size:11.0pt; font-family:"Calibri",sans-serif;}\n--></style>\n</head>\n' +
      `<body lang="${language === 'de' ? 'DE' : 'EN-GB'}" link="#0563C1" vlink="#954F72" style="word-wrap:break-word">\n<div class="WordSection1">\n${paragraphs}${history}\n</div>\n</body>\n</html>\n`,
  };
}

function outlookHistory(quote: QuotedMail, language: Language): string {
  return '<div id="appendonsend"></div>\n<hr style="display:inline-block;width:98%" tabindex="-1">\n' +
    `<div id="divRplyFwdMsg" dir="ltr"><font face="Calibri, sans-serif" style="font-size:11pt" color="#000000">${rowsHtml(headerRows(quote, language))}</font>\n<div>&nbsp;</div>\n</div>\n${quotedHtml(quote)}`;
}

const UNDERLINE = '_'.repeat(32);

/** Outlook in the browser. */
export function outlookWeb({ own, quote, language, signature }: WriteInput): Written {
  const words = signature === '' ? own : `${own}\n\n${signature}`;
  const blocks = linesToBlocks(words, '<div class="elementToProof" style="font-family: Aptos, Calibri, sans-serif; font-size: 12pt; color: rgb(0, 0, 0);">', '</div>\n');
  return {
    text: quote ? join(words, `${UNDERLINE}\n${rowsText(headerRows(quote, language))}`, quotedText(quote)) : join(words),
    html: `<html>\n<head>\n<meta http-equiv="Content-Type" content="text/html; charset=utf-8">\n</head>\n<body>\n${blocks}${quote ? outlookHistory(quote, language) : ''}\n</body>\n</html>\n`,
  };
}

/** Outlook on the phone, with its advertisement below the words. */
export function outlookMobile({ own, quote, language }: WriteInput): Written {
  const device = language === 'de' ? 'Outlook für iOS beziehen' : 'Get Outlook for iOS';
  const link = 'https://aka.ms/o0ukef';
  const blocks = linesToBlocks(own, '<div style="color: rgb(33, 33, 33); background-color: rgb(255, 255, 255);" dir="auto">', '</div>\n');
  const signature = `<div id="ms-outlook-mobile-signature" dir="auto">\n<div><br>\n</div>\n<div dir="auto"><a href="${link}">${device}</a></div>\n</div>\n`;
  return {
    text: quote ? join(own, `${device}<${link}>`, `${UNDERLINE}\n${rowsText(headerRows(quote, language))}`, quotedText(quote)) : join(own, `${device}<${link}>`),
    html: `<html>\n<head>\n<meta http-equiv="Content-Type" content="text/html; charset=utf-8">\n</head>\n<body dir="auto">\n${blocks}${signature}${quote ? outlookHistory(quote, language) : ''}\n</body>\n</html>\n`,
  };
}

function appleLine(quote: QuotedMail, language: Language): string {
  const { short, time } = writtenDate(quote.sentAt, language);
  const sender = quote.from.name ? `${quote.from.name} <${quote.from.email}>` : quote.from.email;
  return language === 'de' ? `Am ${short} um ${time} schrieb ${sender}:` : `On ${short}, at ${time}, ${sender} wrote:`;
}

/** Apple Mail on the Mac: the attribution stands inside the quote. */
export function appleMail({ own, quote, language, signature }: WriteInput): Written {
  const words = signature === '' ? own : `${own}\n\n${signature}`;
  const open = '<html><head><meta http-equiv="content-type" content="text/html; charset=utf-8"></head><body style="overflow-wrap: break-word; -webkit-nbsp-mode: space; line-break: after-white-space;">';
  const ownHtml = linesToHtml(own) + (signature === '' ? '' : `<br id="lineBreakAtBeginningOfMessage"><div><br><div>${linesToHtml(signature)}</div></div>`);
  if (!quote) return { text: `${words}\n`, html: `${open}${ownHtml}</body></html>` };
  const line = appleLine(quote, language);
  return {
    text: `${words}\n\n${quoteLines(`${line}\n\n${quotedText(quote)}`)}\n\n`,
    html: `${open}${ownHtml}<div><br><blockquote type="cite"><div>${escapeHtml(line)}</div><br class="Apple-interchange-newline"><div>${quotedHtml(quote)}</div></blockquote></div><br></body></html>`,
  };
}

/** The iPhone's own program, with its device line. */
export function iphone({ own, quote, language }: WriteInput): Written {
  const device = language === 'de' ? 'Von meinem iPhone gesendet' : 'Sent from my iPhone';
  const open = '<html><head><meta http-equiv="content-type" content="text/html; charset=utf-8"></head><body dir="auto">';
  const ownHtml = `<div dir="ltr">${linesToHtml(own)}</div><div dir="ltr"><br></div><div id="AppleMailSignature" dir="ltr">${device}</div>`;
  if (!quote) return { text: `${own}\n\n${device}\n`, html: `${open}${ownHtml}</body></html>` };
  const line = appleLine(quote, language);
  return {
    text: `${own}\n\n${device}\n\n${quoteLines(`${line}\n\n${quotedText(quote)}`)}\n`,
    html: `${open}${ownHtml}<div dir="ltr"><br><blockquote type="cite">${escapeHtml(line)}<br><br></blockquote></div><blockquote type="cite"><div dir="ltr">${quotedHtml(quote)}</div></blockquote></body></html>`,
  };
}

/** Thunderbird: many of its users write below the quote. */
export function thunderbird({ own, quote, language, signature, position }: WriteInput): Written {
  const signatureText = signature === '' ? '' : `\n\n-- \n${signature}`;
  const ownHtml = `${linesToBlocks(own, '<p>', '</p>\n')}${signature === '' ? '' : `<pre class="moz-signature" cols="72">-- \n${escapeHtml(signature)}</pre>\n`}`;
  const open = '<!DOCTYPE html>\n<html>\n  <head>\n    <meta http-equiv="Content-Type" content="text/html; charset=UTF-8">\n  </head>\n  <body>\n';
  if (!quote) return { text: `${wrap(own, 72)}${signatureText}\n`, html: `${open}${ownHtml}</body>\n</html>\n` };
  const { short, numeric, time } = writtenDate(quote.sentAt, language);
  const name = quote.from.name || quote.from.email;
  const line = language === 'de' ? `Am ${short} um ${time} schrieb ${name}:` : `On ${numeric} ${time}, ${name} wrote:`;
  const historyText = `${line}\n${quoteLines(quotedText(quote), 72)}`;
  const historyHtml = `<div class="moz-cite-prefix">${escapeHtml(line)}<br>\n</div>\n<blockquote type="cite" cite="mid:${escapeHtml(quote.messageId.replace(/[<>]/g, ''))}">\n${quotedHtml(quote)}\n</blockquote>\n`;
  return position === 'below'
    ? { text: `${historyText}\n\n${wrap(own, 72)}${signatureText}\n`, html: `${open}${historyHtml}${ownHtml}</body>\n</html>\n` }
    : { text: `${wrap(own, 72)}${signatureText}\n\n${historyText}\n`, html: `${open}${ownHtml}${historyHtml}</body>\n</html>\n` };
}
