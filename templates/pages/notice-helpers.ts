import type { HelperOptions } from 'handlebars';
import { formatDateTime } from '#domain/format/dates.ts';
import type { Locale } from '#domain/statuses.ts';
import { fill, type SayData } from '#domain/words/index.ts';
import type { NoticePage, OrderPage, PageBase } from './data.ts';
import { pageWordsOf, type PageWordKey } from './words/words.ts';

type Notice = NoticePage['kind'];
type Look = { readonly tone: 'ok' | 'warn' | 'bad'; readonly title: PageWordKey; readonly text: PageWordKey | null };

const NOTICES: Readonly<Record<Notice, Look>> = {
  link_expired: { tone: 'warn', title: 'linkExpired', text: 'linkRequested' },
  link_requested: { tone: 'ok', title: 'linkRequestedTitle', text: 'linkRequested' },
  link_unknown: { tone: 'bad', title: 'linkUnknownTitle', text: 'linkUnknown' },
  given_elsewhere: { tone: 'ok', title: 'givenElsewhere', text: 'nothingToDo' },
  withdrawn: { tone: 'ok', title: 'withdrawn', text: 'nothingMoreToDo' },
  not_answered: { tone: 'ok', title: 'notAnswered', text: 'nothingMoreToDo' },
  cancelled: { tone: 'warn', title: 'cancelled', text: 'cancelledText' },
  closed: { tone: 'ok', title: 'closed', text: null },
  declined: { tone: 'ok', title: 'declined', text: 'nothingMoreToDo' },
  late_answer: { tone: 'warn', title: 'lateTitle', text: 'lateAnswer' },
  already_answered: { tone: 'ok', title: 'alreadyAnswered', text: null },
  in_account: { tone: 'ok', title: 'inAccount', text: 'inAccountText' },
  unsubscribed: { tone: 'ok', title: 'unsubscribed', text: null },
  error: { tone: 'bad', title: 'errorTitleText', text: 'errorText' },
  too_many: { tone: 'warn', title: 'tooManyTitle', text: 'tooManyText' },
};

const SPEAK_ONLY: readonly Notice[] = ['closed', 'late_answer'];

const STEP_NOTICES: Readonly<Partial<Record<NonNullable<OrderPage['notice']>, PageWordKey>>> = {
  no_date: 'noDateSaved',
  started: 'startedNotice',
  held: 'heldNotice',
  resumed: 'resumedNotice',
  message_sent: 'messageSent',
};

function said(key: PageWordKey, options: HelperOptions, data: SayData = {}): string {
  return fill(pageWordsOf((options.data as { locale: Locale }).locale)[key], data);
}

function moment(when: Date | null, options: HelperOptions): string {
  const { locale, root } = options.data as { locale: Locale; root: PageBase };
  return when ? formatDateTime(when, locale, root.timeZone) : '';
}

/** Helpers of the pages that say one thing, and of the order's state in a title. */
export const noticeHelpers = {
  noticeTone: (kind: Notice): string => NOTICES[kind].tone,
  noticeTitle: (kind: Notice, answeredBy: string | null, answeredAt: Date | null, options: HelperOptions): string =>
    said(NOTICES[kind].title, options, { answeredBy, answeredAt: moment(answeredAt, options) }),
  noticeText: (kind: Notice, clientName: string | null, clientPhone: string | null, options: HelperOptions): string => {
    const { text } = NOTICES[kind];
    if (kind === 'error' && !clientPhone) return said('errorTextPlain', options);
    return text ? said(text, options, { clientName, clientPhone }) : '';
  },
  /** Where the button leads: after closing and a late answer the conversation is what is still open. */
  noticeStep: (kind: Notice): string => (SPEAK_ONLY.includes(kind) ? 'nachrichten' : ''),
  noticeLink: (kind: Notice): PageWordKey => (SPEAK_ONLY.includes(kind) ? 'messages' : 'viewOrder'),
  stepNotice: (notice: OrderPage['notice']): string => (notice && STEP_NOTICES[notice]) ?? '',
  orderState: (phase: OrderPage['phase'], wants: OrderPage['wants'], reason: string | null, options: HelperOptions): string => {
    if (phase === 'offered') return said(wants === 'date' ? 'headlineDate' : 'headline', options);
    if (phase === 'accepted') return said(wants === 'date' ? 'headlineDate' : 'acceptedPlain', options);
    if (phase === 'in_progress') return said('inProgress', options);
    return phase === 'waiting' ? said('waiting', options, { reason }) : said('answerDone', options);
  },
  skipTarget: (phase: OrderPage['phase'], wants: OrderPage['wants']): string =>
    phase === 'offered' && wants === 'answer' ? 'answer' : 'content',
};
