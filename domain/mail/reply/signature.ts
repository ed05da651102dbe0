import { isClosing, isNameLike } from './closings.ts';
import { type Evidence, evidenceOf } from './contact-lines.ts';
import { isBanner, isDeviceLine, isDisclaimer } from './device-lines.ts';
import { type Line, isBlank, nextFilled, ruleText } from './lines.ts';
import { isRuleRow } from './separators.ts';

/** A signature has at most so many rows with text, legal notices included. */
const MAX_SIGNATURE_ROWS = 60;
/** A signature stands in the last rows. */
const MAX_LOOKED_AT = 500;
/** Rows between a closing and the first proof of a signature (name, function, company). */
const MAX_NAME_ROWS = 6;

/** The sign of RFC 3676, its look-alikes, and rows of single dots. */
const DELIMITER = /^\**(?:--|––?|—|―|(?:\. ){4,}\.?)\**$/;

export interface Signed {
  body: Line[];
  signature: Line[];
}

/** Parts the writer's text from what stands below it by habit: closing and signature, device lines, legal notices. What could be own text stays. */
export function splitSignature(all: Line[]): Signed {
  const head = all.slice(0, -MAX_LOOKED_AT);
  const lines = all.slice(-MAX_LOOKED_AT);
  const taken = new Set<Line>();
  for (const line of lines) {
    if (line.mark === 'signature') taken.add(line);
  }
  let rest = lines.filter((line) => !taken.has(line));
  for (const cut of [cutBanners, cutDevices, cutBelowDelimiter, cutDisclaimer, cutDevices, cutBelowClosing, cutContactBlock, cutTail]) {
    const kept = cut(rest);
    const keptSet = new Set(kept);
    for (const line of rest) if (!keptSet.has(line)) taken.add(line);
    rest = kept;
  }
  return { body: [...head, ...rest], signature: lines.filter((line) => taken.has(line)) };
}

// A warning of the mail server on top, up to the next blank line.
function cutBanners(lines: Line[]): Line[] {
  const first = nextFilled(lines, 0);
  if (first >= lines.length || !isBanner(ruleText(lines[first]!))) return lines;
  return lines.slice(first + 1);
}

// Programs put their line at the end, or at the very top where the cursor was below it.
function cutDevices(lines: Line[]): Line[] {
  const first = nextFilled(lines, 0);
  const isTop = first < lines.length && isDeviceLine(ruleText(lines[first]!));
  const kept = isTop && lines.slice(first + 1).some((line) => !isBlank(line)) ? lines.slice(first + 1) : [...lines];
  for (let last = lastFilled(kept); last >= 0; last = lastFilled(kept)) {
    if (!isDeviceLine(ruleText(kept[last]!)) && !isRuleRow(kept[last]!)) break;
    kept.length = last;
  }
  return kept;
}

// "-- " alone on its line, as RFC 3676 writes it; programs and people drop the blank or use a dash.
function cutBelowDelimiter(lines: Line[]): Line[] {
  const at = lines.findIndex((line) => DELIMITER.test(line.text.trim()));
  if (at < 0) return cutBelowRule(lines);
  const below = lines.slice(at + 1);
  const isSignature = countFilled(below) <= MAX_SIGNATURE_ROWS && !hasPostscript(below) && !isSpeech(below);
  return isSignature ? lines.slice(0, at) : lines;
}

// Some people part their thoughts by two dashes: a whole sentence below, or more dashes, and no proof of a signature.
function isSpeech(lines: Line[]): boolean {
  if (kindsOf(lines).size > 0 || lines.some((line) => isNeutral(line, ruleText(line)) && !isRuleRow(line))) return false;
  return lines.some((line) => DELIMITER.test(line.text.trim()) || ruleText(line).split(' ').length >= 8);
}

// A row of signs counts only with proof below it: people draw lines in their texts, too.
function cutBelowRule(lines: Line[]): Line[] {
  for (let at = lines.length - 1; at >= 0; at--) {
    if (!isRuleRow(lines[at]!)) continue;
    const below = lines.slice(at + 1);
    if (countFilled(below) > MAX_SIGNATURE_ROWS) break;
    const kinds = kindsOf(below);
    const isFooter = below.some((line) => isDisclaimer(ruleText(line)) || /mailing list|unsubscribe|abmelden/i.test(ruleText(line)));
    if (kinds.size >= 3 || kinds.has('register') || kinds.size === 2 && kinds.has('company') || isFooter) return lines.slice(0, at);
  }
  return lines;
}

function cutDisclaimer(lines: Line[]): Line[] {
  const at = lines.findIndex((line, index) => isDisclaimer(ruleText(line)) && (index === 0 || isBlank(lines[index - 1]!) || isRuleRow(lines[index - 1]!) || evidenceOf(ruleText(lines[index - 1]!)).length > 0));
  return at > 0 && countFilled(lines.slice(at)) <= MAX_SIGNATURE_ROWS ? lines.slice(0, at) : lines;
}

function cutBelowClosing(lines: Line[]): Line[] {
  for (let at = tailStart(lines); at < lines.length; at++) {
    if (!isClosing(ruleText(lines[at]!))) continue;
    const end = signatureEnd(lines, at);
    if (end !== null) return [...lines.slice(0, at), ...lines.slice(end)];
  }
  return lines;
}

/** Where the signature that starts with the closing at `at` ends (a postscript stays own text), or null where what follows is no signature. */
function signatureEnd(lines: Line[], at: number): number | null {
  const postscript = lines.findIndex((line, index) => index > at && isPostscript(ruleText(line)));
  const end = postscript < 0 ? lines.length : postscript;
  let hasProof = false;
  let names = 0;
  let filled = 0;
  for (let i = at + 1; i < end; i++) {
    const line = lines[i]!;
    if (isBlank(line)) continue;
    const text = ruleText(line);
    filled += 1;
    if (filled > MAX_SIGNATURE_ROWS) return null;
    // A line drawn below the name parts the signature's rest from the letter.
    if (isRuleRow(line)) hasProof = true;
    if (isNeutral(line, text)) continue;
    const evidence = evidenceOf(text);
    if (evidence.length > 0) hasProof = true;
    else if (!hasProof) {
      names += 1;
      if (names > MAX_NAME_ROWS || !isSignatureRow(text)) return null;
    } else if (isSpokenTo(text)) return null;
  }
  return end;
}

// A company block below the text without any closing: at least three kinds of proof, the company among them.
function cutContactBlock(lines: Line[]): Line[] {
  let start = lastFilled(lines) + 1;
  const kinds = new Set<Evidence>();
  let best: number | null = null;
  for (let i = start - 1, rows = 0; i > 0 && rows < 14; i--) {
    const line = lines[i]!;
    if (isBlank(line)) {
      const above = lines.slice(0, i).findLast((row) => !isBlank(row));
      if (above !== undefined && kinds.size >= 3 && (kinds.has('company') || kinds.has('register')) && !/[:,]$/.test(ruleText(above))) best = i;
      continue;
    }
    rows += 1;
    const text = ruleText(line);
    const evidence = evidenceOf(text);
    if (evidence.length === 0 && !isNeutral(line, text) && !isNameLike(text, 5)) break;
    for (const kind of evidence) kinds.add(kind);
    start = i;
  }
  return best === null ? lines : lines.slice(0, best);
}

function cutTail(lines: Line[]): Line[] {
  const kept = [...lines];
  for (let last = lastFilled(kept); last >= 0 && isRuleRow(kept[last]!); last = lastFilled(kept)) kept.length = last;
  return kept;
}

function isNeutral(line: Line, text: string): boolean {
  return text === '' && line.cids.length > 0 || isRuleRow(line) || isDeviceLine(text) || isDisclaimer(text) || isClosing(text) || /^\[?(?:cid:|image:|logo\b|bild\b)/i.test(text);
}

// Names, functions, departments: short, without the marks of a sentence.
function isSignatureRow(text: string): boolean {
  return text.length <= 70 && !/\S[?!]$/.test(text) && (isNameLike(text.replace(/ !$/, ''), 7) || /^\(?(?:i\. ?[AV]\.|ppa\.?|gez\.?|im auftrag|ihr\b|your\b|on behalf)/iu.test(text) || /^[-–/]*\p{Lu}?\p{Ll}{0,14}\.?$/u.test(text));
}

// Below a company's block stand slogans; a line that speaks to the reader may be the writer's own.
function isSpokenTo(text: string): boolean {
  return /^(?:bitte (?:noch|auch|geben|teilen|melden|rufen|schicken|senden)|ach ja|übrigens|noch etwas|nachtrag|by the way|please (?:also|call|send|let))/iu.test(text);
}

function isPostscript(text: string): boolean {
  return /^(?:p\.? ?s\.?|n\.? ?b\.?|ps\d?|nachtrag|postscriptum)(?: ?[:.–-]|\s)/iu.test(text);
}

function hasPostscript(lines: Line[]): boolean {
  return lines.some((line) => isPostscript(ruleText(line)));
}

function kindsOf(lines: Line[]): Set<Evidence> {
  return new Set(lines.flatMap((line) => evidenceOf(ruleText(line))));
}

// The first line from which a signature could start: anything above has too many rows below it.
function tailStart(lines: Line[]): number {
  let filled = 0;
  for (let i = lines.length - 1; i >= 0; i--) {
    if (!isBlank(lines[i]!)) filled += 1;
    if (filled > MAX_SIGNATURE_ROWS) return i + 1;
  }
  return 0;
}

function lastFilled(lines: Line[]): number {
  let last = lines.length - 1;
  while (last >= 0 && isBlank(lines[last]!)) last -= 1;
  return last;
}

function countFilled(lines: Line[]): number {
  return lines.reduce((count, line) => (isBlank(line) ? count : count + 1), 0);
}
