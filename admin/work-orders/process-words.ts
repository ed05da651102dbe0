import { fill, type Words } from '#domain/words/index.ts';
import type { MessageKey, Translate } from '../messages/shape.ts';
import type { Assignment, PlannedLine } from '../providers/types.ts';
import { assigneeName } from './thread-entries.ts';

const WAITS: Readonly<Record<string, MessageKey>> = {
  sending: 'process.waits_sending', delivery: 'process.waits_delivery', bounced: 'process.waits_bounced', answer: 'process.waits_answer',
  person: 'process.waits_person', promised_date: 'process.waits_promised', due_date: 'process.waits_due', done: 'process.waits_done',
  on_hold: 'process.waits_hold', check: 'process.waits_check', paused: 'process.waits_paused', nothing: 'process.waits_nothing',
};
const LATE: Readonly<Record<string, MessageKey>> = { promised_date: 'process.waits_promised_late', due_date: 'process.waits_due_late' };

/** "Wartet auf die Antwort von Elektro Blitzner": the sentence that heads the process panel. */
export function waitsSentence(assignment: Assignment, t: Translate): string {
  const { code = 'nothing', isLate = false } = assignment.process?.waitsFor ?? {};
  const late = isLate ? LATE[code] : undefined;
  return t(late ?? WAITS[code] ?? 'process.waits_nothing', { who: assigneeName(assignment) });
}

const NOW: Readonly<Record<string, MessageKey>> = {
  sending: 'process.now_delivery', delivery: 'process.now_delivery', bounced: 'process.now_person', answer: 'process.now_answer', person: 'process.now_person',
  promised_date: 'process.now_promised', due_date: 'process.now_work', done: 'process.now_work', on_hold: 'process.now_hold', check: 'process.now_check', paused: 'process.now_paused',
};

/** The line of the panel that is now, short. */
export function nowWord(code: string, t: Translate, isLate = false): string {
  return t((isLate && LATE[code] ? 'process.now_late' : NOW[code]) ?? 'process.now_work');
}

/** What a planned line does, in words; an action that this portal does not know yet shows its code. */
export function actionWord(action: string, words: Words, number?: number | null): string {
  const known: Readonly<Record<string, string>> = words.planned;
  return fill(known[action] ?? action, { number: number ?? '' }).trim();
}

export function skipWord(reason: string | null | undefined, words: Words): string {
  const known: Readonly<Record<string, string>> = words.skipReason;
  return reason ? (known[reason] ?? reason) : '';
}

/** Why somebody is needed, where the sentence above does not say it already: codes without words stay unsaid. */
export function attentionWord(reason: string | null | undefined, words: Words): string {
  const known: Readonly<Record<string, string>> = words.skipReason;
  return reason ? (known[reason] ?? '') : '';
}

/** Of several lines that will not happen, the panel shows one: "danach: nichts mehr von selbst". */
export function splitPlan(lines: readonly PlannedLine[]): { shown: readonly PlannedLine[]; isNothingAfter: boolean } {
  const kept = lines.filter((line) => line.state !== 'off');
  // What has no date yet comes as soon as the mail is delivered, so before what is dated.
  const next = kept.filter((line) => line.state === 'next').sort((one, other) => Number(one.at !== null) - Number(other.at !== null));
  const shown = kept.map((line) => (line.state === 'next' ? (next.shift() ?? line) : line));
  return { shown, isNothingAfter: !shown.some((line) => line.state === 'next') || lines.some((line) => line.state === 'off') };
}
