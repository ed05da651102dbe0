import { checkPolicy, type EscalationPolicy } from '#domain/escalation/policy.ts';
import { previewPolicy, type PreviewDayOff } from '#domain/escalation/preview.ts';
import type { SiteCalendar } from '#domain/calendar/calendar.ts';
import { formatDateTime } from '#domain/format/dates.ts';
import { languageOf, type Locale, type Priority } from '#domain/statuses.ts';
import type { PreviewRecord } from './schema.ts';

export type PreviewAsked = {
  readonly policy: EscalationPolicy;
  readonly priority: Priority;
  readonly start: Date;
  readonly calendar: SiteCalendar;
  /** Of whoever looks: names of holidays. */
  readonly locale: Locale;
  /** Of the mail. */
  readonly mailLocale: Locale;
};

/** What a policy would do to a silent firm, step by step; a policy that can't work shows its problems only. */
export function presentPreview(asked: PreviewAsked): PreviewRecord {
  const problems = checkPolicy(asked.policy);
  const { timeZone } = asked.calendar;
  if (problems.length > 0) return { problems, steps: [], answerBy: null, sentence: '', timeZone };
  const preview = previewPolicy(asked.policy, asked.priority, asked.start, asked.calendar, { language: languageOf(asked.locale) });
  return {
    problems,
    steps: [...happening(preview), ...preview.off.map(({ action }) => switchedOff(action))],
    answerBy: preview.answerBy.toISOString(),
    sentence: sentenceOf(preview.answerBy, timeZone, asked.mailLocale),
    timeZone,
  };
}

function happening(preview: ReturnType<typeof previewPolicy>): PreviewRecord['steps'] {
  const steps: PreviewRecord['steps'] = [];
  let daysOff: PreviewDayOff[] = [];
  for (const entry of preview.entries) {
    if (entry.kind === 'day_off') {
      daysOff.push(entry);
      continue;
    }
    const skippedDays = daysOff.map(({ date, reason, name }) => ({ day: date, reason: name ?? reason }));
    const { action, number } = entry;
    steps.push({ action, number, at: entry.at.toISOString(), ripeAt: entry.ripeAt?.toISOString() ?? null, isEnabled: true, skippedDays });
    daysOff = [];
  }
  return steps;
}

function switchedOff(action: string): PreviewRecord['steps'][number] {
  return { action, number: null, at: null, ripeAt: null, isEnabled: false, skippedDays: [] };
}

function sentenceOf(answerBy: Date, timeZone: string, locale: Locale): string {
  const until = formatDateTime(answerBy, locale, timeZone);
  return languageOf(locale) === 'de' ? `Bitte antworten Sie bis ${until}.` : `Please answer by ${until}.`;
}
