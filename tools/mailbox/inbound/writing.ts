import type { Address } from '../records.ts';

export type Language = 'de' | 'en';

/** The mail that is answered, as far as a mail program quotes it. */
export interface QuotedMail {
  from: Address;
  to: Address[];
  sentAt: Date;
  subject: string;
  text: string;
  html: string;
  messageId: string;
}

const ZONE: Record<Language, string> = { de: 'Europe/Berlin', en: 'Europe/London' };

export function escapeHtml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}

/** Own words as HTML, a line break for each line. */
export function linesToHtml(text: string, breakTag = '<br>'): string {
  return escapeHtml(text).split('\n').join(breakTag);
}

/** Own words as one block for each line; an empty line holds a break, as editors write it. */
export function linesToBlocks(text: string, open: string, close: string, empty = '<br>'): string {
  return text.split('\n').map((line) => `${open}${line.trim() === '' ? empty : escapeHtml(line)}${close}`).join('');
}

/** What stands inside the body of a mail's HTML; a plain mail becomes lines. */
export function quotedHtml({ html, text }: QuotedMail): string {
  if (html === '') return linesToHtml(text);
  const body = /<body[^>]*>([\s\S]*)<\/body>/i.exec(html)?.[1] ?? html;
  return body.replace(/<!doctype[^>]*>/gi, '').replace(/<\/?html[^>]*>/gi, '').replace(/<head[\s\S]*?<\/head>/gi, '').trim();
}

/** The plain text of a mail for quoting; from HTML the words alone remain. */
export function quotedText({ text, html }: QuotedMail): string {
  if (text !== '') return text.replace(/\r\n/g, '\n').trimEnd();
  return html
    .replace(/<(style|script|head)[\s\S]*?<\/\1>/gi, '')
    .replace(/<(br|\/p|\/div|\/tr|\/h\d|\/li)[^>]*>/gi, '\n')
    .replace(/<[^>]+>/g, '')
    .replace(/&nbsp;/g, ' ').replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&quot;/g, '"').replace(/&amp;/g, '&')
    .replace(/[ \t]+/g, ' ').replace(/\n\s*\n\s*\n+/g, '\n\n')
    .trim();
}

/** Puts "> " before each line, breaking long ones as mail programs do. */
export function quoteLines(text: string, width = 76): string {
  return wrap(text, width).split('\n').map((line) => (line.startsWith('>') ? `>${line}` : `> ${line}`.trimEnd())).join('\n');
}

/** Breaks lines at spaces; a word longer than the width stays whole. */
export function wrap(text: string, width: number): string {
  return text.split('\n').map((line) => wrapLine(line, width)).join('\n');
}

function wrapLine(line: string, width: number): string {
  if (line.length <= width) return line;
  const lines: string[] = [];
  let current = '';
  for (const word of line.split(' ')) {
    if (current !== '' && current.length + word.length >= width) {
      lines.push(current);
      current = word;
    } else current = current === '' ? word : `${current} ${word}`;
  }
  return [...lines, current].join('\n');
}

function parts(date: Date, language: Language, options: Intl.DateTimeFormatOptions): Record<string, string> {
  const format = new Intl.DateTimeFormat(language === 'de' ? 'de-DE' : 'en-GB', { timeZone: ZONE[language], ...options });
  return Object.fromEntries(format.formatToParts(date).map(({ type, value }) => [type, value]));
}

const MONTHS_DE = ['Jan.', 'Feb.', 'März', 'Apr.', 'Mai', 'Juni', 'Juli', 'Aug.', 'Sept.', 'Okt.', 'Nov.', 'Dez.'];

export interface WrittenDate {
  /** 25.11.2026 · 25 Nov 2026 */
  short: string;
  /** 25.11.26 · 25/11/2026 */
  numeric: string;
  /** Mi., 25. Nov. 2026 · Wed, 25 Nov 2026 */
  medium: string;
  /** Mittwoch, 25. November 2026 · Wednesday, 25 November 2026 */
  long: string;
  /** 10:52 */
  time: string;
}

/** A moment as mail programs write it, in the language's own time zone. */
export function writtenDate(date: Date, language: Language): WrittenDate {
  const number = parts(date, language, { day: '2-digit', month: '2-digit', year: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const word = parts(date, language, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
  const brief = parts(date, language, { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' });
  const time = `${number['hour']}:${number['minute']}`;
  if (language === 'de') {
    const month = MONTHS_DE[Number(number['month']) - 1];
    return {
      short: `${number['day']}.${number['month']}.${number['year']}`,
      numeric: `${number['day']}.${number['month']}.${number['year']?.slice(2)}`,
      medium: `${brief['weekday']?.replace('.', '')}., ${word['day']}. ${month} ${word['year']}`,
      long: `${word['weekday']}, ${word['day']}. ${word['month']} ${word['year']}`,
      time,
    };
  }
  return {
    short: `${word['day']} ${brief['month']?.slice(0, 3)} ${word['year']}`,
    numeric: `${number['day']}/${number['month']}/${number['year']}`,
    medium: `${brief['weekday']?.slice(0, 3)}, ${word['day']} ${brief['month']?.slice(0, 3)} ${word['year']}`,
    long: `${word['weekday']}, ${word['day']} ${word['month']} ${word['year']}`,
    time,
  };
}

/** A moment as it stands in the Date header: `Wed, 25 Nov 2026 10:52:00 +0100`. */
export function headerDate(date: Date, language: Language): string {
  const p = parts(date, 'en', { timeZone: ZONE[language], weekday: 'short', day: '2-digit', month: 'short', year: 'numeric',
    hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23', timeZoneName: 'longOffset' });
  const offset = (p['timeZoneName'] ?? 'GMT').replace('GMT', '').replace(':', '') || '+0000';
  return `${p['weekday']?.slice(0, 3)}, ${p['day']} ${p['month']?.slice(0, 3)} ${p['year']} ${p['hour']}:${p['minute']}:${p['second']} ${offset}`;
}
