import { labelled } from './header-labels.ts';
import { type Line, isBlank, nextFilled, ruleText } from './lines.ts';

/** Rows over which a program wraps "On … wrote:". */
const MAX_ROWS = 4;
const MAX_LENGTH = 420;

const VERB =
  /(?:^|[^\p{L}])(?:schrieb(?:en)?|geschrieben|wrote|writes|said|sent|(?:a|à|avez) [ée]crit|schreef|geschreven|ha scritto|escribi[óo]|escreveu|skrev|kirjoitti|napisa[łl](?:\(a\)|a)?|napsala?|написала?|пише|írta|έγραψε|a scris|napisana przez|yazdı|đã viết|كتب(?:\/كتبت)?|写道|wrote the following)(?![\p{L}])/iu;
const OPENER = /^[-–—_= ]*(?:am|on|at|le|op|il|in data|el|em|no dia|den|på|dne|dnia|w dniu|vào|στις|em|på|data|zitat von|quoting|citat|في|在) /iu;
const MOMENT = /\b\d{1,2}[:.h]\d{2}\b|\b(?:19|20)\d{2}\b|\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b|\b\d{1,2}\. ?(?:jan|feb|m[äa]r|apr|mai|jun|jul|aug|sep|okt|nov|dez)/iu;
const ADDRESS = /[^\s<>@"]{1,80}@[^\s<>@"]{2,80}/;
/** The writer speaks of himself or of the reader: "Am 3.5. schrieben Sie uns:" is a sentence. */
const OWN_SENTENCE = /(?:schrieb(?:en)?|wrote|geschrieben|said|sent) (?:ich|wir|sie|du|ihr|mir|uns|ihnen|dir|i|we|me|us|to|in|that)(?![\p{L}])/iu;
const TIME = /\b\d{1,2}(?:[:.]| ?h ?)\d{2}\b/i;
/** A long word before a full stop ends a sentence; dates and titles have short ones. */
const SENTENCE = /\p{L}{5,}[.!?;] |, (?:dass|das|that|que|weil|wenn) /iu;

/** How many rows the attribution ("Am … schrieb X:") at `start` takes; 0 where there is none. `isQuoteBelow` says whether the first line at a given index is quoted. */
export function attributionRows(lines: Line[], start: number, isQuoteBelow: (index: number) => boolean): number {
  const first = lines[start]!;
  if (first.mark === 'attribution') return rowsWhile(lines, start);
  if (isGroupWise(ruleText(first))) return 1;
  if (!mayStart(ruleText(first))) return 0;
  let joined = '';
  let rows = 0;
  for (let i = start; i < lines.length && rows < MAX_ROWS; i++) {
    const line = lines[i]!;
    if (line.depth !== first.depth && !(rows > 0 && /^\s*(?:wrote|schrieb|:)/.test(line.text))) return 0;
    const text = ruleText(line);
    if (text === '') {
      // One program leaves blank rows around the address.
      if (!joined.endsWith('<') && !lines[i + 1]?.text.startsWith('<')) return 0;
      continue;
    }
    joined = joined === '' ? text : `${joined} ${text}`;
    rows += 1;
    if (joined.length > MAX_LENGTH) return 0;
    const isQuoteNext = (): boolean => isQuoteBelow(i + 1);
    if (isAttribution(joined, isQuoteNext) || isBeforeHeader(joined, lines, i + 1)) return startsAbove(lines, start, joined, isQuoteNext) ? 0 : i - start + 1;
  }
  return 0;
}

// "Il est là." above "Le 3 mai … a écrit :" begins like an attribution; the row below it is the whole one.
function startsAbove(lines: Line[], start: number, joined: string, isQuoteNext: () => boolean): boolean {
  const first = ruleText(lines[start]!);
  if (first.length === joined.length || MOMENT.test(first) || ADDRESS.test(first)) return false;
  const rest = joined.slice(first.length + 1);
  return OPENER.test(rest) && isAttribution(rest, isQuoteNext);
}

// Some programs leave the colon out and put the old header below.
function isBeforeHeader(joined: string, lines: Line[], below: number): boolean {
  const next = lines[nextFilled(lines, below)];
  return next !== undefined && labelled(ruleText(next))?.field === 'from' && isAttribution(`${joined}:`, () => false);
}

/**
 * Whether a whole (unwrapped) line is an attribution. Without a quote below it more is asked (a time of day or an address),
 * because a wrong yes would cut the writer's own text.
 */
export function isAttribution(text: string, isQuoteNext: () => boolean): boolean {
  const bare = text.replace(/^[-–—_=\s]+/, '').replace(/[-–—_=\s]+$/, '').replace(/&lt;|&gt;|&quot;/g, '"');
  if (bare.length < 8) return false;
  const hasMoment = MOMENT.test(bare);
  const hasAddress = ADDRESS.test(bare);
  const verb = VERB.exec(bare);
  if (verb === null) return isDateAndName(bare, hasMoment, hasAddress, isQuoteNext);
  const isClosed = bare.endsWith(':') || verb.index + verb[0].length >= bare.length;
  if (!isClosed) return false;
  if (/you wrote:?$/iu.test(bare)) return hasMoment;
  if (OWN_SENTENCE.test(bare) && !hasAddress) return false;
  if (isQuoteNext()) return OPENER.test(bare) || hasMoment || hasAddress || bare.endsWith(':') && bare.length < 80;
  if (SENTENCE.test(bare)) return false;
  if (hasAddress) return bare.indexOf('@') < 160;
  if (/^-{2,}.*wrote.*-{2,}$/.test(text)) return true;
  return TIME.test(bare) && (OPENER.test(bare) || startsLikeName(bare, verb.index));
}

// "2026-05-03 10:12 GMT+02:00 Max Huber <max@…>:", "Zitat von Max Huber <max@…>:", "3.5.2026, 10:12, "Max" <max@…>:"
function isDateAndName(bare: string, hasMoment: boolean, hasAddress: boolean, isQuoteNext: () => boolean): boolean {
  if (/^(?:zitat von|quoting|citat von) /i.test(bare)) return bare.endsWith(':') && (hasAddress || isQuoteNext());
  if (!hasMoment) return false;
  if (/^\d{4}-\d{2}-\d{2} \d{1,2}:\d{2} (?:GMT|UTC)[+-]\d{1,2}:?\d{2} \S/.test(bare)) return true;
  const startsWithDate = /^(?:\d{1,4}[./: -]|\p{L}{2,12}\.?,? \d{1,2}\.? )/u.test(bare);
  return startsWithDate && hasAddress && /[>:")]:?$/.test(bare) && (bare.endsWith(':') || /<[^<>]+>$/.test(bare));
}

// "Max Huber schrieb am 3.5.2026 um 10:12:" has a name before the verb; a sentence has more words there.
function startsLikeName(bare: string, verbAt: number): boolean {
  const before = bare.slice(0, verbAt).trim();
  if (/^\d/.test(before) || before === '') return true;
  return before.split(' ').length <= 9 && !/[.!?;] /.test(before.replace(/\b\p{L}{1,4}\. /gu, ''));
}

function mayStart(text: string): boolean {
  if (!/[\d<@:]/.test(text)) return OPENER.test(`${text} `) && text.length < 60;
  return OPENER.test(`${text} `) || MOMENT.test(text) || VERB.test(text) || text.includes('<') || ADDRESS.test(text);
}

function isGroupWise(text: string): boolean {
  return text.startsWith('>>> ') && text.endsWith('>>>');
}

function rowsWhile(lines: Line[], start: number): number {
  let end = start;
  while (end < lines.length && end - start < 12 && (lines[end]!.mark === 'attribution' || isBlank(lines[end]!))) end += 1;
  return end - start;
}
