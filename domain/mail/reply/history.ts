import { attributionRows } from './attribution.ts';
import { headerBlockRows } from './header-block.ts';
import { type Line, append, isBlank, nextFilled, ruleText } from './lines.ts';
import { ownMailStart } from './own-mails.ts';
import { isRuleRow, separatorKind } from './separators.ts';

/** A run of lines of one kind, in the order of the mail. */
export interface Block {
  kind: 'own' | 'quote';
  lines: Line[];
  /** The rows of "Am … schrieb X:" above a quote. */
  header: Line[];
  /** The program named whose text it is ("Am … schrieb X:"): a reply's history, not a passage chosen by hand. */
  hasHeader: boolean;
}

export interface Parted {
  blocks: Block[];
  /** Unquoted history below everything. */
  history: Line[];
  /** A mail passed on: own content, whatever it looks like. */
  forwarded: Line[];
}

/** Where a quote may name its writer: Apple Mail puts the header inside. */
const QUOTE_HEAD_LINES = 8;

/** Rules of words look at so many lines; what comes later is own or quoted by its signs alone. */
const MAX_RULED_LINES = 2000;

/** Parts a mail into the writer's own runs, quoted runs and history. Looks at each line a bounded number of times. */
export function partHistory(lines: Line[], isForward: boolean): Parted {
  const builder = new BlockBuilder();
  const isQuoteBelow = (index: number): boolean => {
    const next = lines[nextFilled(lines, index)];
    return next !== undefined && isQuoted(next);
  };
  const ownMail = ownMailStart(lines);
  let quoteHead = 0;
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i]!;
    if (isQuoted(line)) {
      const isHead = i < MAX_RULED_LINES && quoteHead < QUOTE_HEAD_LINES;
      if (isHead && separatorKind(line) === 'forward') return builder.finish([], lines.slice(i));
      if (isHead && isHeader(lines, i, isQuoteBelow)) builder.isHeaderSeen = true;
      quoteHead += 1;
      line.depth ||= 1;
      builder.add(line, true);
      continue;
    }
    if (i >= MAX_RULED_LINES || isBlank(line)) {
      builder.add(line, false);
      continue;
    }
    quoteHead = 0;
    if (isForwardStart(lines, i, isForward)) return builder.finish([], lines.slice(i));
    if (line.isHistoryStart === true || i === ownMail) return builder.finish(lines.slice(i), []);
    const below = belowHeader(lines, i, isQuoteBelow);
    if (below === i) builder.add(line, false);
    else if (!isQuoteBelow(below)) return builder.finish(lines.slice(i), []);
    else {
      builder.addHeader(lines.slice(i, below));
      i = below - 1;
    }
  }
  return builder.finish([], []);
}

function isForwardStart(lines: Line[], at: number, isForward: boolean): boolean {
  return separatorKind(lines[at]!) === 'forward' || isForward && (lines[at]!.isHistoryStart === true || headerBlockRows(lines, at, false) > 0);
}

/** The line below the header at `at`; `at` itself where there is none. */
function belowHeader(lines: Line[], at: number, isQuoteBelow: (index: number) => boolean): number {
  return separatorKind(lines[at]!) === 'original' ? belowSeparator(lines, at + 1) : at + headerRows(lines, at, isQuoteBelow);
}

/** Rows of the header that unquoted history starts with; 0 where it starts with text. */
export function headerRowsOnTop(history: Line[]): number {
  const first = history[0];
  if (first === undefined || isQuoted(first)) return 0;
  if (separatorKind(first) === 'original') return belowSeparator(history, 1);
  return headerRows(history, 0, () => false);
}

function isQuoted(line: Line): boolean {
  return line.depth > 0 || line.mark === 'history';
}

// A header counts in the first lines of a quote only: Apple Mail puts it inside.
function isHeader(lines: Line[], at: number, isQuoteBelow: (index: number) => boolean): boolean {
  if (lines[at]!.mark === 'history') return true;
  return headerRows(lines, at, isQuoteBelow) > 0;
}

function headerRows(lines: Line[], at: number, isQuoteBelow: (index: number) => boolean): number {
  const isAfterRule = at > 0 && isRuleRow(lines[at - 1]!);
  return headerBlockRows(lines, at, isAfterRule) || attributionRows(lines, at, isQuoteBelow);
}

// Below "-----Original Message-----" stands the header, then the text, quoted or not.
function belowSeparator(lines: Line[], from: number): number {
  const first = nextFilled(lines, from);
  if (first >= lines.length) return from;
  return first + headerBlockRows(lines, first, true);
}

class BlockBuilder {
  /** Set when the quote that is being read names its writer. */
  isHeaderSeen = false;
  private readonly blocks: Block[] = [];
  private blanks: Line[] = [];
  private header: Line[] = [];

  add(line: Line, isQuote: boolean): void {
    if (isBlank(line) && !isQuote) {
      this.blanks.push(line);
      return;
    }
    const kind = isQuote ? 'quote' : 'own';
    let block = this.blocks.at(-1);
    if (block?.kind !== kind || this.header.length > 0) {
      block = { kind, lines: [], header: this.header, hasHeader: this.header.length > 0 };
      this.header = [];
      // The gap between two runs is made when they are put together again.
      this.blanks = [];
      this.blocks.push(block);
      this.isHeaderSeen &&= isQuote;
    }
    block.lines.push(...this.blanks, line);
    this.blanks = [];
    if (this.isHeaderSeen && isQuote) {
      block.hasHeader = true;
      this.isHeaderSeen = false;
    }
  }

  addHeader(lines: Line[]): void {
    this.header.push(...lines.filter((line) => !isBlank(line)));
  }

  finish(history: Line[], forwarded: Line[]): Parted {
    return { blocks: joinWrapped(this.blocks), history: [...this.header, ...history], forwarded };
  }
}

/** A program that breaks long lines after quoting leaves the rest of a line without its sign: that row is quote, too. */
function joinWrapped(blocks: Block[]): Block[] {
  const joined: Block[] = [];
  for (let i = 0; i < blocks.length; i++) {
    const block = blocks[i]!;
    const above = joined.at(-1);
    const below = blocks[i + 1];
    if (above !== undefined && below !== undefined && isWrappedRest(block, above, below)) {
      append(above.lines, block.lines);
      append(above.lines, below.lines);
      i += 1;
    } else joined.push(block);
  }
  return joined;
}

function isWrappedRest(block: Block, above: Block, below: Block): boolean {
  if (block.kind !== 'own' || above.kind !== 'quote' || below.kind !== 'quote' || below.hasHeader || block.lines.length !== 1) return false;
  const text = ruleText(block.lines[0]!);
  const before = ruleText(above.lines.at(-1)!);
  return before.length >= 60 && text.length <= 60 && !/[.?!:;]$/.test(before) && /^[\p{Ll}\d,(]/u.test(text);
}
