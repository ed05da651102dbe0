import type { HelperOptions } from 'handlebars';

const WIDTH = 72;
const INDENT = '  ';
// Marks that survive until the whole text is put together; data can't hold them (see tidy.ts).
const LINE_END = '\u2028';
const KEEP_SPACE = '\u0004';
const JOIN_NEXT = '\u0002';
const LINK_START = '\u0003';
const PART_END = '\u0001';

/** `Block` and `inline` helpers of the text part; the HTML part has the same names. */
export const textHelpers = {
  p: paragraph,
  small: paragraph,
  deadline: paragraph,
  alarm: paragraph,
  group(this: unknown, options: HelperOptions): string {
    return `\n\n${options.fn(this).trim().replace(/\n{2,}/g, LINE_END)}\n\n`;
  },
  lead(this: unknown, options: HelperOptions): string {
    return `${content(options, this)}${JOIN_NEXT}`;
  },
  line(this: unknown, options: HelperOptions): string {
    const text = content(options, this);
    return text === '' ? '' : `${text}${LINE_END}`;
  },
  join(this: unknown, options: HelperOptions): string {
    return options.fn(this).split(PART_END).map((part) => part.trim()).filter(Boolean).join(', ');
  },
  part(this: unknown, options: HelperOptions): string {
    return `${content(options, this)}${PART_END}`;
  },
  facts: paragraph,
  footer: paragraph,
  plain: paragraph,
  sources: inline,
  source: labelledLink,
  action: labelledLink,
  fact(this: unknown, options: HelperOptions): string {
    const value = content(options, this);
    return value === '' ? '' : `${String(options.hash['label'])}: ${value}${LINE_END}`;
  },
  work(options: HelperOptions): string {
    return `\n\n${indented([options.hash['title'], options.hash['text']])}\n\n`;
  },
  userText(options: HelperOptions): string {
    return `\n\n${indented([options.hash['text']])}\n\n`;
  },
  b: inline,
  nb: inline,
  link: (options: HelperOptions): string => `${LINK_START}${String(options.hash['href'])}`,
  tel: (options: HelperOptions): string => String(options.hash['number']),
  buttons: (): string => '',
  button: (): string => '',
};

function content(options: HelperOptions, context: unknown): string {
  return options.fn(context).replace(/[ \t\n]+/g, ' ').trim();
}

function inline(this: unknown, options: HelperOptions): string {
  return content(options, this);
}

function labelledLink(this: unknown, options: HelperOptions): string {
  const label = content(options, this);
  return `${label}${label.endsWith('?') ? '' : ':'} ${LINK_START}${String(options.hash['href'])}${LINE_END}`;
}

function paragraph(this: unknown, options: HelperOptions): string {
  return `\n\n${content(options, this)}\n\n`;
}

/** What people wrote: wrapped at 72 columns, every line indented, so that nobody can make it look like our own words. */
function indented(texts: readonly unknown[]): string {
  const written = texts.filter((text): text is string => typeof text === 'string' && text.trim() !== '');
  const lines = written.flatMap((text) => text.trim().split('\n')).flatMap(wrapped);
  return lines.map((line) => (line === '' ? '' : INDENT + line).replaceAll(' ', KEEP_SPACE)).join(LINE_END);
}

function wrapped(line: string): string[] {
  const lines: string[] = [];
  let current = '';
  for (const word of line.split(/[ \t]+/)) {
    const longer = current === '' ? word : `${current} ${word}`;
    if (longer.length > WIDTH - INDENT.length && current !== '') {
      lines.push(current);
      current = word;
    } else current = longer;
  }
  return [...lines, current];
}

/** Puts the marked text together: one blank line between paragraphs, a long link on a line of its own. */
export function finishText(marked: string): string {
  const text = marked
    .replace(new RegExp(`${JOIN_NEXT}\\s*`, 'g'), ' ')
    .split('\n').map((line) => line.trim()).join('\n')
    .replace(new RegExp(`${LINE_END}+(?=\n|$)`, 'g'), '\n')
    .replace(new RegExp(`${LINE_END} *`, 'g'), '\n')
    .replaceAll(KEEP_SPACE, ' ');
  const lines = text.split('\n').map((line) => placeLink(line.trimEnd()));
  return `${lines.join('\n').replace(/\n{3,}/g, '\n\n').trim()}\n`;
}

function placeLink(line: string): string {
  const isLong = line.replace(LINK_START, '').length > WIDTH;
  return line.replace(new RegExp(` *${LINK_START}`, 'g'), isLong ? '\n' : ' ').replace(/^\s(?=https?:)/, '');
}
