import type { EscalationLevel, Plan, PlannedStep, SkipReason, StepAction, WaitCode } from './plan.ts';

/** A plan as an activity returns it to its workflow: moments as ISO text, words for operators in English. Dependency-free. */
export type PlanMessage = {
  readonly due: readonly { readonly key: string; readonly action: StepAction; readonly at: string; readonly skip: SkipReason | null }[];
  readonly nextAt: string | null;
  /** Summary of the timer: `last reminder`. */
  readonly nextStep: string | null;
  readonly waitsFor: WaitCode;
  readonly answerBy: string | null;
  readonly level: EscalationLevel;
  readonly needsAttention: boolean;
  readonly isEnded: boolean;
  /** One line for the summary: `waits for an answer until 2026-11-26 11:00 UTC; then: last reminder`. */
  readonly summary: string;
  /** The whole plan as a Markdown list, for the current details in the Temporal UI. */
  readonly details: string;
};

const WAIT_WORDS: Record<WaitCode, string> = {
  sending: 'waits until the mail is sent',
  delivery: 'waits for the delivery of the mail',
  bounced: 'mail bounced, waits for another contact',
  answer: 'waits for an answer',
  person: 'silent, waits for a decision of the responsible',
  promised_date: 'waits for the promised date',
  due_date: 'waits for the work, due',
  done: 'waits for the work to be done',
  on_hold: 'work is on hold',
  check: 'done, waits for the check',
  paused: 'outgoing mail is paused',
  nothing: 'ended',
};

/** Whether the moment stands well behind the words of a wait. */
const WITHOUT_MOMENT: readonly WaitCode[] = ['sending', 'bounced', 'person', 'done', 'check', 'nothing'];

/** A plan in a form that survives JSON. */
export function toPlanMessage(plan: Plan): PlanMessage {
  return {
    due: plan.due.map((step) => ({ ...step, at: step.at.toISOString() })),
    nextAt: plan.next?.at.toISOString() ?? null,
    nextStep: plan.next ? inWords(plan.next.action) : null,
    waitsFor: plan.waitsFor.code,
    answerBy: plan.answerBy?.toISOString() ?? null,
    level: plan.level,
    needsAttention: plan.needsAttention,
    isEnded: plan.isEnded,
    summary: summaryOf(plan),
    details: plan.planned.map(lineOf).join('\n'),
  };
}

function summaryOf(plan: Plan): string {
  const { code, until } = plan.waitsFor;
  const moment = until && !WITHOUT_MOMENT.includes(code) ? ` until ${inUtc(until)}` : '';
  const then = plan.planned.find((step) => step.state === 'next' && step.at !== null);
  const next = plan.next && then?.at ? `; then ${inUtc(then.at)}: ${inWords(then.action)}` : '';
  return `${WAIT_WORDS[code]}${moment}${next}`;
}

function lineOf(step: PlannedStep): string {
  const when = step.state === 'off' || step.at === null ? '–' : inUtc(step.at);
  const number = step.number === null ? '' : ` ${step.number}`;
  const reason = step.reason ? ` (${inWords(step.reason)})` : '';
  return `- ${when} · ${step.state} · ${inWords(step.action)}${number}${reason}`;
}

function inWords(code: string): string {
  return code.replaceAll('_', ' ');
}

function inUtc(at: Date): string {
  return `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
