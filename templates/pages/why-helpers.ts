import type { HelperOptions } from 'handlebars';
import type { StepDelay } from '#domain/escalation/policy.ts';
import { formatDateTime } from '#domain/format/dates.ts';
import { holdTogether } from '#domain/format/no-break.ts';
import type { Locale } from '#domain/statuses.ts';
import { fill, type SayData } from '#domain/words/index.ts';
import type { WhyPage } from './data.ts';
import { pageWordsOf, type PageWordKey } from './words/words.ts';

type Frame = { readonly locale: Locale; readonly root: WhyPage };

function said(key: PageWordKey, options: HelperOptions, data: SayData = {}): string {
  return fill(pageWordsOf((options.data as Frame).locale)[key], data);
}

function moment(at: Date, options: HelperOptions): string {
  const { locale, root } = options.data as Frame;
  return formatDateTime(at, locale, root.timeZone);
}

function afterWords({ amount, unit }: StepDelay, options: HelperOptions): string {
  return said(`why_${unit}_${amount === 1 ? 'one' : 'other'}`, options, { n: amount });
}

/** Helpers of the page that says why a mail was sent. */
export const whyHelpers = {
  whyCause: (options: HelperOptions): string => {
    const { cause, isObserver, number, at, clientName, orderNumber } = (options.data as Frame).root;
    const key = cause === 'news' && isObserver ? 'whyNewsObserved' : (`why_${cause}` as const);
    return said(key, options, { number, clientName, orderNumber: holdTogether(orderNumber ?? ''), at: moment(at, options) }).replace(/ +(?=:)/, '');
  },
  /** The rule behind a step of a process; empty where a person or an event was the cause. */
  whyRule: (options: HelperOptions): string => {
    const { cause, after } = (options.data as Frame).root;
    if (after) return said('whyRule', options, { after: afterWords(after, options) });
    const isAsked = cause === 'promised_date_passed' || cause === 'due_date_passed';
    return isAsked ? said('whyRulePromises', options) : '';
  },
  whyEnds: (options: HelperOptions): string => {
    const { ends, validUntil } = (options.data as Frame).root;
    return said(`whyEnds_${ends}`, options, { validUntil: validUntil ? moment(validUntil, options) : null });
  },
  whyPageLink: (isObserver: boolean, ends: WhyPage['ends']): PageWordKey =>
    ends === 'files' ? 'uploadFiles' : isObserver ? 'observerMails' : 'viewOrder',
};
