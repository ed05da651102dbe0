import { type Attributes, type ElementMark, NO_ATTRIBUTES, markOf } from './html-marks.ts';
import { type Line, type LineMark, MAX_LINES, MAX_TEXT, lineOfText } from './lines.ts';

/** What an element changed and its end must change back. */
export interface Opened {
  isBlock: boolean;
  isSpaced: boolean;
  isList: boolean;
  isQuote: boolean;
  isPreformatted: boolean;
  isFrame: boolean;
  isMarked: boolean;
  /** A paragraph in a table's cell: its end breaks the row only if more text follows in the cell. */
  isSoft: boolean;
  isCell: boolean;
  link: string;
}

/** A frame of Gmail: text before its first quote is the header, text after it is the writer's own. */
interface Frame {
  firstQuoteLine: number | null;
}

interface FramedLine {
  line: Line;
  index: number;
  frame: Frame;
}

const BLOCK_TAGS = new Set(['div', 'p', 'blockquote', 'table', 'tr', 'ul', 'ol', 'li', 'dl', 'dt', 'dd', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'pre', 'section', 'article', 'header', 'footer', 'center', 'form', 'fieldset', 'address', 'body', 'main', 'nav', 'aside', 'figure', 'caption']);
const SPACED_TAGS = new Set(['p', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'blockquote', 'pre', 'ul', 'ol']);
const MAX_LINK = 500;

/** Collects text into lines as a reader of the mail would see them. */
export class LineWriter {
  private readonly lines: Line[] = [];
  private readonly framed: FramedLine[] = [];
  private readonly frames: Frame[] = [];
  private readonly marks: LineMark[] = [];
  private readonly lists: { isNumbered: boolean; count: number }[] = [];
  private row = '';
  private isRowFilled = false;
  private isAfterSpace = true;
  private isSpacePending = false;
  private isGapPending = false;
  private isBreakPending = false;
  private isCellFresh = false;
  private cells = 0;
  /** A no-break space stands in the row: editors write it to keep an empty paragraph open. */
  private hasHardSpace = false;
  private cids: string[] = [];
  private prefix = '';
  private linkText = '';
  private depth = 0;
  private preformatted = 0;
  private size = 0;
  private isNextHistory = false;
  private isNextAfterRule = false;

  get isFull(): boolean {
    return this.size > MAX_TEXT || this.lines.length > MAX_LINES;
  }

  text(data: string): void {
    if (this.preformatted > 0) {
      const rows = data.replace(/\r\n?/g, '\n').split('\n', MAX_LINES);
      rows.forEach((row, index) => {
        if (index > 0) this.breakLine();
        this.put(row.replaceAll('\u00A0', ' '));
      });
      return;
    }
    if (data.includes('\u00A0')) this.hasHardSpace = true;
    const clean = data.replace(/[ \t\r\n\f\u00A0]+/g, ' ');
    if (clean === ' ' || clean === '') {
      this.isSpacePending ||= clean === ' ';
      return;
    }
    if ((this.isSpacePending || clean.startsWith(' ')) && !this.isAfterSpace) this.put(' ');
    this.isSpacePending = clean.endsWith(' ');
    this.put(clean.trim());
  }

  image(contentId: string): void {
    this.cids.push(decodeCid(contentId));
  }

  rule(): void {
    this.endLine();
    this.isNextAfterRule = true;
  }

  startHistory(): void {
    this.endLine();
    this.isNextHistory = true;
  }

  /** A line break as written: an empty row stays an empty row. */
  breakLine(): void {
    if (this.isRowFilled || this.cids.length > 0) this.endLine();
    else this.push('');
  }

  enter(tag: string, attributes: Attributes): Opened | null {
    const isCell = tag === 'td' || tag === 'th';
    const isBlock = BLOCK_TAGS.has(tag);
    if (!isBlock && !isCell && attributes === NO_ATTRIBUTES) return null;
    const isSoft = this.cells > 0 && (tag === 'p' || tag === 'div');
    const opened: Opened = { isBlock, isSpaced: false, isList: false, isQuote: tag === 'blockquote', isPreformatted: false, isFrame: false, isMarked: false, isSoft, isCell, link: '' };
    if (isCell) this.startCell();
    if (isBlock) this.enterBlock(tag, attributes, opened);
    if (opened.isQuote) this.enterQuote();
    const mark = markOf(tag, attributes);
    if (mark !== null) this.enterMark(mark, opened);
    if (tag === 'pre' || attributes.style !== '' && /white-space:\s*(?:pre|break)/i.test(attributes.style)) {
      opened.isPreformatted = true;
      this.preformatted += 1;
    }
    if (tag === 'a' && /^https?:/i.test(attributes.href)) {
      opened.link = attributes.href;
      this.linkText = '';
    }
    return opened;
  }

  leave(opened: Opened): void {
    if (opened.link !== '') this.endLink(opened.link);
    if (opened.isPreformatted) this.preformatted -= 1;
    if (opened.isCell) this.cells -= 1;
    if (opened.isSoft && !opened.isMarked && !opened.isFrame) this.isBreakPending = true;
    else if (opened.isBlock || opened.isMarked || opened.isFrame) this.endLine();
    if (opened.isMarked) this.marks.pop();
    if (opened.isFrame) this.frames.pop();
    if (opened.isQuote) this.depth -= 1;
    if (opened.isList) this.lists.pop();
    if (opened.isBlock) this.prefix = '';
    if (opened.isSpaced) this.isGapPending = true;
  }

  finish(): Line[] {
    this.endLine();
    for (const { line, index, frame } of this.framed) {
      if (frame.firstQuoteLine === null) line.mark = 'history';
      else if (index < frame.firstQuoteLine) line.mark = 'attribution';
    }
    return this.lines;
  }

  private put(text: string): void {
    if (text === '') return;
    const isBlankText = text.trim() === '';
    if (this.isBreakPending && !isBlankText) this.endLine();
    if (!isBlankText) this.isCellFresh = false;
    if (!this.isRowFilled && !isBlankText) {
      this.isRowFilled = true;
      if (this.prefix !== '') this.row += this.prefix;
      this.prefix = '';
    }
    this.row += text;
    this.isAfterSpace = text.endsWith(' ') || text.endsWith('\t');
    this.size += text.length;
    if (this.linkText.length < MAX_LINK) this.linkText += text;
  }

  private endLine(): void {
    this.isSpacePending = false;
    this.isBreakPending = false;
    if (!this.isRowFilled && this.cids.length === 0) {
      if (this.hasHardSpace && this.lines.length > 0) this.pushLine({ text: '', depth: this.depth, cids: [] });
      this.row = '';
      this.hasHardSpace = false;
      this.isAfterSpace = true;
      return;
    }
    const { row } = this;
    if (this.isGapPending && this.lines.length > 0) this.pushLine({ text: '', depth: this.depth, cids: [] });
    this.isGapPending = false;
    this.push(row);
  }

  private push(row: string): void {
    const line = lineOfText(row, this.depth);
    const isFilled = this.isRowFilled || this.cids.length > 0;
    line.cids = this.cids;
    this.cids = [];
    this.row = '';
    this.isRowFilled = false;
    this.hasHardSpace = false;
    this.isBreakPending = false;
    this.isAfterSpace = true;
    if (isFilled) {
      if (this.isNextHistory) line.isHistoryStart = true;
      if (this.isNextAfterRule) line.isAfterRule = true;
      this.isNextHistory = false;
      this.isNextAfterRule = false;
    }
    this.pushLine(line);
  }

  private pushLine(line: Line): void {
    const last = this.lines.at(-1);
    const isGap = line.text === '' && line.cids.length === 0;
    line.mark = this.marks.at(-1);
    // Empty paragraphs and margins add up; a reader sees one gap.
    if (isGap && last !== undefined && last.text === '' && last.cids.length === 0 && last.depth === line.depth && last.mark === line.mark) return;
    const frame = this.frames.at(-1);
    if (frame !== undefined && this.depth === 0 && line.mark === undefined) this.framed.push({ line, index: this.lines.length, frame });
    this.lines.push(line);
  }

  private enterBlock(tag: string, attributes: Attributes, opened: Opened): void {
    if (!(opened.isSoft && this.isCellFresh)) this.endLine();
    opened.isList = tag === 'ul' || tag === 'ol';
    opened.isSpaced = SPACED_TAGS.has(tag) && !(opened.isList && this.lists.length > 0) && !opened.isSoft && !hasNoMargin(attributes);
    if (opened.isSpaced) this.isGapPending = true;
    if (opened.isList) this.lists.push({ isNumbered: tag === 'ol', count: 0 });
    if (tag === 'li') this.prefix = this.bullet();
  }

  private bullet(): string {
    const list = this.lists.at(-1);
    if (list === undefined) return '- ';
    list.count += 1;
    return '  '.repeat(Math.min(this.lists.length - 1, 6)) + (list.isNumbered ? `${list.count}. ` : '- ');
  }

  private enterQuote(): void {
    // A quote inside counts for every frame around it; who is set has parents that are set.
    for (let i = this.frames.length - 1; i >= 0 && this.frames[i]!.firstQuoteLine === null; i--) this.frames[i]!.firstQuoteLine = this.lines.length;
    this.depth += 1;
  }

  private enterMark(mark: ElementMark, opened: Opened): void {
    this.endLine();
    if (mark === 'rule') this.isNextAfterRule = true;
    else if (mark === 'history_after') this.isNextHistory = true;
    else if (mark === 'quote_frame') {
      opened.isFrame = true;
      this.frames.push({ firstQuoteLine: null });
    } else {
      opened.isMarked = true;
      // What is inside history is history, whatever it says of itself.
      this.marks.push(this.marks.at(-1) === 'history' ? 'history' : mark);
    }
  }

  private startCell(): void {
    this.cells += 1;
    this.isBreakPending = false;
    if (this.isRowFilled) this.put('\t');
    this.isSpacePending = false;
    this.isCellFresh = true;
  }

  private endLink(link: string): void {
    const shown = this.linkText.trim();
    if (this.isRowFilled && shown !== '' && !isSameAddress(shown, link)) this.put(` (${link.slice(0, MAX_LINK)})`);
  }
}

function hasNoMargin(attributes: Attributes): boolean {
  if (attributes === NO_ATTRIBUTES) return false;
  return /\bMso(?:Normal|PlainText|NoSpacing)/.test(attributes.class) || /margin(?:-bottom)?:\s*0(?:\D|$)/.test(attributes.style);
}

function isSameAddress(shown: string, link: string): boolean {
  const bare = (address: string): string => address.toLowerCase().replace(/^https?:\/\//, '').replace(/^www\./, '').replace(/\/$/, '');
  return shown.includes('://') || bare(shown) === bare(link);
}

function decodeCid(contentId: string): string {
  try {
    return decodeURIComponent(contentId);
  } catch {
    return contentId;
  }
}
