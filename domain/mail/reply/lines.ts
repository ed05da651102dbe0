/** What the HTML said about a line; plain text never sets it. */
export type LineMark = 'attribution' | 'history' | 'signature';

/** One line of a mail, from plain text or HTML, with what is known of it before any rule of words is asked. */
export interface Line {
  /** Without quote signs and without trailing blanks. */
  text: string;
  /** How often it is quoted: blockquotes and leading ">". */
  depth: number;
  mark?: LineMark | undefined;
  /** From here to the end the HTML says: history (Outlook, Samsung, Zimbra). */
  isHistoryStart?: boolean | undefined;
  /** A rule stands above it (hr, border-top, a row of underscores). */
  isAfterRule?: boolean | undefined;
  /** Content ids of the images in it. */
  cids: string[];
  /** Kept by `ruleText`. */
  rule?: string | undefined;
}

/** Longest text looked at, in characters; Word's HTML is longer, its text never. */
export const MAX_TEXT = 200_000;

/** Most lines of a mail; no person writes so many. */
export const MAX_LINES = 10_000;

/** Longest piece of a line that a rule sees. The line itself stays whole. */
const MAX_RULE = 400;

// Zero-width and direction signs would hide words from the rules; they carry nothing people see.
const INVISIBLE = /[\u200B-\u200F\u202A-\u202E\u2060-\u2064\uFEFF\u00AD\u1427]/g;

/** Plain text to lines: line ends made one, tabs and no-break spaces kept harmless, quote signs counted and taken off. */
export function linesOfText(text: string): Line[] {
  const clean = text.slice(0, MAX_TEXT).replace(/\r\n?/g, '\n').replace(/[\u2028\u2029\f\v]/g, '\n').replace(/\u00A0/g, ' ').replace(INVISIBLE, '');
  // Blank rows would use up the lines.
  const rows = clean.replace(/\n(?:[ \t]*\n){3,}/g, '\n\n\n').split('\n', MAX_LINES);
  const lines = rows.map((row) => lineOfText(row, 0));
  unifyInitialQuotes(lines);
  return lines;
}

/** One row of text to a line; quote signs count on top of `depth`. */
export function lineOfText(row: string, depth: number): Line {
  const cleaned = row.replace(INVISIBLE, '').trimEnd();
  if (isGroupWise(cleaned)) return { text: cleaned, depth, cids: [] };
  let at = 0;
  let signs = 0;
  for (let i = 0; i < cleaned.length; i++) {
    const sign = cleaned[i];
    if (sign === '>') {
      signs += 1;
      at = i + 1;
    } else if (sign !== ' ' || i - at >= 1) break;
  }
  const text = signs > 0 && cleaned[at] === ' ' ? cleaned.slice(at + 1) : cleaned.slice(at);
  return { text, depth: depth + signs, cids: [] };
}

export function isBlank(line: Line): boolean {
  return (line.text === '' || line.text.trim() === '') && line.cids.length === 0;
}

/** The part of a line that rules look at: bounded, blanks made single, bold signs of Markdown taken off. */
export function ruleText(line: Line): string {
  line.rule ??= line.text.slice(0, MAX_RULE).replaceAll('*', '').replace(/\s+/g, ' ').trim();
  return line.rule;
}

/** Index of the next line with content at or after `from`, or the number of lines. */
export function nextFilled(lines: Line[], from: number): number {
  let i = from;
  while (i < lines.length && isBlank(lines[i]!)) i += 1;
  return i;
}

/** Lines to text: at most two blank lines in a row, none at the edges; quoted lines keep "> ". */
export function renderLines(lines: Line[], withSigns: boolean): string {
  const rows: string[] = [];
  let blanks = 0;
  for (const line of lines) {
    const signs = withSigns ? '> '.repeat(Math.min(line.depth, 40)) : '';
    const row = (signs + line.text).trimEnd();
    blanks = row === '' ? blanks + 1 : 0;
    if (blanks <= 2 && (row !== '' || rows.length > 0)) rows.push(row);
  }
  while (rows.length > 0 && rows.at(-1) === '') rows.pop();
  return rows.join('\n');
}

/** `push(...items)` without the stack: a mail may have 100,000 rows. */
export function append<T>(target: T[], items: readonly T[]): void {
  for (const item of items) target.push(item);
}

// GroupWise writes ">>> Name 06.05.2026 10:12 >>>": a header, not a quote.
function isGroupWise(row: string): boolean {
  return row.startsWith('>>> ') && row.length < 300 && /\d{1,2}[:.]\d{2}.*>>>$/.test(row);
}

// Some programs quote with the writer's name ("Huber> Text"); three such lines in a row are a quote.
function unifyInitialQuotes(lines: Line[]): void {
  let start = 0;
  while (start < lines.length) {
    const initials = /^([A-Za-z]{1,12})>(?: |$)/.exec(lines[start]!.text.slice(0, 20))?.[1];
    let end = start + 1;
    if (initials !== undefined) {
      while (end < lines.length && lines[end]!.text.startsWith(`${initials}>`)) end += 1;
      if (end - start >= 3) {
        for (const line of lines.slice(start, end)) {
          line.text = line.text.slice(initials.length + 1).trim();
          line.depth += 1;
        }
      }
    }
    start = end;
  }
}
