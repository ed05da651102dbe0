import { type Line, isBlank, ruleText } from './lines.ts';

/** Sentences of our own mails (templates of assignment, reminder, digest, confirmation); placeholders left out. */
const SENTENCES = [
  'wir möchten sie mit folgender arbeit beauftragen',
  'folgende wartung ist fällig. wir möchten sie damit beauftragen',
  'im rahmen unseres vertrags beauftragen wir sie mit folgender arbeit',
  'wir bitten um ein angebot für folgende arbeit',
  'uns fehlt noch ihre antwort zu diesem auftrag',
  'annehmen oder ablehnen (ohne anmeldung)',
  'schreiben sie in die erste zeile nur annehmen oder ablehnen',
  'jede andere antwort, auch mit fotos, erreicht',
  'bitte lassen sie betreff und empfängeradresse unverändert',
  'dateien über 20 mb nehmen wir per e-mail nicht an',
  'warum erhalte ich das?',
  'danke, ihre zusage ist eingetragen',
  'wenn die arbeit fertig ist, antworten sie mit erledigt',
  'termin nennen, fotos senden, erledigt melden',
  'antworten sie auf diese e-mail oder hier',
  'we would like you to carry out the following work',
  'the following maintenance is due, and we would like you to carry it out',
  'we are still waiting for your answer to this work order',
  'accept or decline (no sign-in)',
  'reply to this e-mail with just accept or decline on the first line',
  'any other reply, photos included, reaches',
  'please leave the subject and our address unchanged',
  'files over 20 mb cannot be taken by e-mail',
  'why did i get this?',
  'thank you, your acceptance is recorded',
  'when the work is finished, reply with done on the first line',
  'reply to this e-mail or here',
];

const MAX_LOOKED_AT = 1000;

/** How far above the first known sentence the greeting of our mail may stand, in lines. */
const GREETING_REACH = 6;

/**
 * Where a copy of one of our own mails starts that no program marked as a quote, or -1. Two different sentences must be there:
 * one alone may be repeated by the writer.
 */
export function ownMailStart(lines: Line[]): number {
  let first = -1;
  const seen = new Set<string>();
  for (const [i, line] of lines.slice(0, MAX_LOOKED_AT).entries()) {
    if (line.depth > 0 || line.text.length < 15) continue;
    const text = ruleText(line).toLowerCase();
    const sentence = SENTENCES.find((known) => text.includes(known));
    if (sentence === undefined) continue;
    if (first < 0) first = i;
    seen.add(sentence);
    if (seen.size >= 2) return greetingAbove(lines, first);
  }
  return -1;
}

function greetingAbove(lines: Line[], at: number): number {
  for (let i = at - 1; i >= Math.max(0, at - GREETING_REACH); i--) {
    const line = lines[i]!;
    if (isBlank(line)) continue;
    return /^(?:guten tag|hello|grüezi|sehr geehrte).{0,80},$/iu.test(ruleText(line)) ? i : at;
  }
  return at;
}
