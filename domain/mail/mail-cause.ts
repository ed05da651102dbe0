import { parseStepKey, type StepAction } from '../escalation/plan.ts';

/** Why somebody without an account got a mail: what the pages behind "Why did I get this?" have a sentence for. */
export const MAIL_CAUSES = [
  'offered', 'contact_changed', 'link_renewed', 'acceptance_undone', 'deadline_moved', 'late_answer', 'accepted', 'declined',
  'withdrawn', 'given_elsewhere', 'cancelled', 'closed', 'reply_refused', 'files_missing', 'files_still_missing', 'news', 'observing',
  'reminder', 'last_reminder', 'reminder_by_hand', 'visit_announced', 'promised_date_passed', 'due_date_passed', 'nobody_named', 'passed_on', 'order',
] as const;
export type MailCause = (typeof MAIL_CAUSES)[number];

const OF_EVENT: Readonly<Record<string, MailCause>> = {
  'assignment.offered': 'offered',
  'assignment.contact_changed': 'contact_changed',
  'assignment.link_renewed': 'link_renewed',
  'assignment.acceptance_undone': 'acceptance_undone',
  'assignment.deadline_moved': 'deadline_moved',
  'assignment.late_answer': 'late_answer',
  'assignment.accepted': 'accepted',
  'assignment.passed_on': 'passed_on',
  'assignment.declined': 'declined',
  'assignment.withdrawn': 'withdrawn',
  'assignment.expired': 'withdrawn',
  'assignment.superseded': 'given_elsewhere',
  'assignment.cancelled': 'cancelled',
  'work_order.closed': 'closed',
  'file_request.opened': 'files_missing',
  'file_request.reminder': 'files_still_missing',
  'observer.added': 'observing',
  digest: 'news',
};

const OF_STEP: Readonly<Partial<Record<StepAction, MailCause>>> = {
  remind: 'reminder',
  last_reminder: 'last_reminder',
  remind_now: 'reminder_by_hand',
  promised_eve: 'visit_announced',
  promised_evening: 'promised_date_passed',
  due_passed: 'due_date_passed',
  nudge: 'nobody_named',
};

/** The cause behind an event name or a step key, with the number of a reminder; `order` where only the order is known. */
export function mailCauseOf(cause: string): { readonly cause: MailCause; readonly number: number | null } {
  const step = parseStepKey(cause);
  if (step) return { cause: OF_STEP[step.action] ?? 'order', number: step.action === 'remind' ? Number(step.detail) || null : null };
  return { cause: OF_EVENT[cause] ?? (cause.startsWith('refused.') ? 'reply_refused' : 'order'), number: null };
}
