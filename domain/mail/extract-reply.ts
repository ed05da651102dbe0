import { type Block, headerRowsOnTop, partHistory } from './reply/history.ts';
import { linesOfHtml } from './reply/html-lines.ts';
import { type Line, append, isBlank, linesOfText, renderLines, ruleText } from './reply/lines.ts';
import { splitSignature } from './reply/signature.ts';

export interface MailBody {
  text?: string | undefined;
  html?: string | undefined;
  /** Tells a forwarded mail (WG:, Fwd:, TR:) from a reply where the body alone doesn't. */
  subject?: string | undefined;
}

export interface ExtractedReply {
  /** What the writer wrote; the whole text where nothing would be left. */
  visible: string;
  cut: { quote?: string; signature?: string };
  /** Rows with text that were cut. */
  cutLines: number;
  source: 'html' | 'text';
  /** Nothing of the writer's own was found, so `visible` is the whole mail. With files, show the files only. */
  isUncut: boolean;
  /** Content ids of images that stand in cut parts only: logos and pictures of the quoted mail. */
  hiddenContentIds: string[];
}

/** A passage that is answered may be quoted with so many rows; of a longer one the last rows stay. */
const MAX_ANSWERED_ROWS = 15;
const KEPT_OF_LONG = 8;

/** Cuts quoted history and signature off a mail. The structure of the HTML counts first, then rules on lines; own text is never lost. Linear in the length. */
export function extractReply(mail: MailBody): ExtractedReply {
  const isForward = /^\s*(?:(?:re|aw)\s*:\s*)?(?:wg|fwd?|tr|rv|i|wtr|doorst)\s*:/i.test(mail.subject ?? '');
  const fromHtml = mail.html === undefined || mail.html.trim() === '' ? null : extract(linesOfHtml(mail.html), 'html', isForward);
  if (fromHtml !== null && fromHtml.visible !== '' && !fromHtml.isUncut) return fromHtml;
  const fromText = mail.text === undefined || mail.text.trim() === '' ? null : extract(linesOfText(mail.text), 'text', isForward);
  if (fromHtml === null || fromHtml.visible === '') return fromText ?? fromHtml ?? extract([], 'text', false);
  // The plain part may show own text where the structure of the HTML hid it.
  return fromText !== null && !fromText.isUncut ? { ...fromText, hiddenContentIds: fromHtml.hiddenContentIds } : fromHtml;
}

function extract(raw: Line[], source: 'html' | 'text', isForward: boolean, isBelowHeader = false): ExtractedReply {
  const lines = collapseBlanks(raw);
  const { blocks, history, forwarded } = partHistory(lines, isForward);
  const own = ownLines(blocks);
  if (isAnsweredInside(own.kept, history, own.dropped)) return uncut(lines, source, []);
  const signed = splitKept(own, forwarded.length > 0);
  const quote = [...own.dropped, ...history];
  const hidden = hiddenCids([...own.kept, ...forwarded], signed.signature, quote);
  const visible = renderLines([...signed.body, ...forwarded], true);
  if (visible !== '') return result(visible, quote, signed.signature, source, hidden);
  // A mail that is only "Gruß Huber": then that is what was said.
  const whole = renderLines(own.kept, true);
  if (whole !== '') return result(whole, quote, [], source, hidden);
  const header = isBelowHeader ? 0 : headerRowsOnTop(history);
  // Answered below an unmarked quote, or passed on without a word: all below the header stays.
  if (header === 0) return uncut(lines, source, hidden);
  const below = extract(history.slice(header), source, isForward, true);
  return below.visible === '' ? uncut(lines, source, hidden) : { ...below, isUncut: true };
}

interface Own {
  /** Runs that stay, in order; quoted passages that are answered among them. */
  runs: Block[];
  kept: Line[];
  dropped: Line[];
}

function ownLines(blocks: Block[]): Own {
  const runs: Block[] = [];
  const dropped: Line[] = [];
  const isInterleaved = blocks.some((block, i) => block.kind === 'own' && i > 0 && i < blocks.length - 1);
  for (const [i, block] of blocks.entries()) {
    const isAnswered = block.kind === 'quote' && blocks[i + 1]?.kind === 'own' && (isInterleaved || !block.hasHeader);
    if (block.kind === 'own') runs.push(block);
    else if (isAnswered) {
      const { kept, left } = answeredPart(block);
      runs.push({ ...block, lines: kept });
      append(dropped, left);
    } else append(dropped, [...block.header, ...block.lines]);
  }
  return { runs, kept: runs.flatMap((run) => [...run.lines, BLANK]), dropped };
}

const BLANK: Line = { text: '', depth: 0, cids: [] };

function answeredPart(block: Block): { kept: Line[]; left: Line[] } {
  const { header } = block;
  const first = block.lines.findIndex((line) => !isBlank(line));
  const last = block.lines.findLastIndex((line) => !isBlank(line));
  const lines = first < 0 ? [] : block.lines.slice(first, last + 1);
  if (lines.length <= MAX_ANSWERED_ROWS) return { kept: lines, left: header };
  return { kept: lines.slice(-KEPT_OF_LONG), left: [...header, ...lines.slice(0, -KEPT_OF_LONG)] };
}

function splitKept(own: Own, hasForward: boolean): { body: Line[]; signature: Line[] } {
  const bodies: Line[][] = [];
  const signature: Line[] = [];
  const isAnswering = own.runs.some((run) => run.kind === 'quote');
  const last = own.runs.findLastIndex((run) => run.kind === 'own');
  for (const [i, run] of own.runs.entries()) {
    const mayEnd = run.kind === 'own' && (!isAnswering || i === last) && !(hasForward && i < last);
    const parts = mayEnd ? splitSignature(run.lines) : { body: run.lines, signature: [] };
    append(signature, parts.signature);
    // A passage above a mere signature was not answered.
    if (parts.body.every(isBlank) && own.runs[i - 1]?.kind === 'quote') append(own.dropped, bodies.pop() ?? []);
    else bodies.push(parts.body);
  }
  return { body: bodies.flatMap((body) => [...body, BLANK]), signature };
}

/** "Antworten unten in Rot": the answers stand inside the unmarked history, so all of it stays. */
function isAnsweredInside(kept: Line[], history: Line[], dropped: Line[]): boolean {
  if (history.length === 0 && dropped.every((line) => line.mark !== 'history')) return false;
  return kept.slice(0, 40).some((line) => line.text.length < 200 && ANSWERED_INSIDE.test(line.text));
}

const ANSWERED_INSIDE =
  /(?:antwort(?:en)?|anmerkung(?:en)?|kommentare?|ergänzung(?:en)?)\b.{0,40}(?:\b(?:in|im) (?:rot|blau|grün|text|farbe)\b|farbig|\brot\b|\bblau\b|zwischen den zeilen|direkt (?:unten|darunter|im text))|(?:answers?|comments?|repl(?:y|ies))\b.{0,40}(?:\bin(?:line| red| blue| green| line)\b|between the lines)/iu;

function hiddenCids(kept: Line[], signature: Line[], quote: Line[]): string[] {
  const inSignature = new Set(signature);
  const shown = new Set(kept.filter((line) => !inSignature.has(line) && line.depth === 0).flatMap((line) => line.cids));
  return [...new Set([...signature, ...quote].flatMap((line) => line.cids))].filter((cid) => !shown.has(cid));
}

function result(visible: string, quote: Line[], signature: Line[], source: 'html' | 'text', hiddenContentIds: string[]): ExtractedReply {
  const quoteText = renderLines(quote, true);
  const signatureText = renderLines(signature, false);
  const cut = { ...(quoteText === '' ? {} : { quote: quoteText }), ...(signatureText === '' ? {} : { signature: signatureText }) };
  const cutLines = [...quote, ...signature].filter((line) => ruleText(line) !== '').length;
  return { visible, cut, cutLines, source, isUncut: false, hiddenContentIds };
}

function uncut(lines: Line[], source: 'html' | 'text', hiddenContentIds: string[]): ExtractedReply {
  const visible = renderLines(lines, true);
  return { visible, cut: {}, cutLines: 0, source, isUncut: visible !== '', hiddenContentIds };
}

function collapseBlanks(lines: Line[]): Line[] {
  let blanks = 0;
  return lines.filter((line) => {
    blanks = isBlank(line) ? blanks + 1 : 0;
    return blanks <= 2;
  });
}
