import Handlebars, { type HelperOptions } from 'handlebars';
import { holdNumbers, holdTogether } from '#domain/format/no-break.ts';
import { DECLINE_REASONS, HOLD_REASONS, type Locale, type WorkOrderStatus } from '#domain/statuses.ts';
import { fill, type SayData } from '#domain/words/index.ts';
import type { FileItem, FormFault, OrderPage, PageBase } from './data.ts';
import { invitationHelpers } from './invitation-helpers.ts';
import { noticeHelpers } from './notice-helpers.ts';
import { whyHelpers } from './why-helpers.ts';
import { pageWordsOf, type PageWordKey } from './words/words.ts';

type Frame = { readonly locale: Locale; readonly root: PageBase };

function frame(options: HelperOptions): Frame {
  return options.data as Frame;
}

/** The sentence behind a key; throws for a key that is not there. */
export function pageWord(key: string, options: HelperOptions): string {
  const sentence = pageWordsOf(frame(options).locale)[key as PageWordKey];
  if (sentence === undefined) throw new Error(`no such words on public pages: ${key}`);
  return sentence;
}

function place(siteShort: string | null, locationText: string | null): string {
  return [siteShort, locationText].filter(Boolean).map((part) => holdNumbers(part ?? '')).join(', ');
}

/** Helpers of the public pages besides the formats. */
export const pageHelpers = {
  ...noticeHelpers,
  ...whyHelpers,
  ...invitationHelpers,
  t: (key: string, options: HelperOptions): string => fill(pageWord(key, options), options.hash as SayData),
  /** As `t`, with the filled-in values in bold. */
  tb: (key: string, options: HelperOptions): string => {
    const bold = Object.entries(options.hash as Record<string, string>).map(([name, value]) => [
      name,
      `<strong>${Handlebars.escapeExpression(value)}</strong>`,
    ]);
    return fill(Handlebars.escapeExpression(pageWord(key, options)), Object.fromEntries(bold) as SayData);
  },
  /** Address of a step of this page, in the language asked for; `page`: of its messages. */
  url: (step: string, options: HelperOptions): string => {
    const { basePath, askedLanguage } = frame(options).root;
    const { page } = options.hash as { page?: number };
    const query = [...(page ? [`seite=${page}`] : []), ...(askedLanguage ? [`lang=${askedLanguage}`] : [])].join('&');
    return `${basePath}${step && `/${step}`}${query && `?${query}`}`;
  },
  otherLanguageLink: (path: string, options: HelperOptions): string =>
    `${path}?lang=${frame(options).locale === 'en-GB' ? 'de' : 'en'}`,
  fileStep: (id: string): string => `datei/${id}`,
  previewStep: (id: string): string => `datei/${id}/vorschau`,
  pageTitle: (state: string, isFaulty: unknown, orderNumber: string | null, clientName: string | null, options: HelperOptions): string => {
    const title = [state, orderNumber, clientName].filter(Boolean).join(' · ');
    return isFaulty ? fill(pageWord('errorTitle', options), { title }) : title;
  },
  /** What the pages behind this link are about. */
  aboutWhat: (options: HelperOptions): PageWordKey => (frame(options).root.basePath.startsWith('/i/') ? 'invitation' : 'order'),
  initials: (name: string): string => initials(name),
  hold: (text: string | null): string => holdTogether(text ?? ''),
  holdNumbers: (text: string | null): string => holdNumbers(text ?? ''),
  holdTime: (text: string): string => text.replace(/ (?=Uhr)/g, '\u00a0').replaceAll('–', '\u2060–\u2060'),
  dial: (number: string): string => number.replace(/[^+\d]/g, ''),
  plusOne: (index: number): number => index + 1,
  placeLines: (address: string | null, location: string | null): string[] =>
    [...(address ?? '').split(/,\s*/), location ?? ''].filter(Boolean),
  placeShort: place,
  photosOf: (files: readonly FileItem[]): FileItem[] => files.filter((file) => file.isPhoto),
  photoCount: (files: readonly FileItem[]): number => files.filter((file) => file.isPhoto).length,
  documentsOf: (files: readonly FileItem[]): FileItem[] => files.filter((file) => !file.isPhoto),
  faultOf: (faults: readonly FormFault[], field: string): string => faults.find((fault) => fault.field === field)?.word ?? '',
  clockTimes: (): string[] => Array.from({ length: 31 }, (_, i) => `${String(6 + Math.floor(i / 2)).padStart(2, '0')}:${i % 2 ? '30' : '00'}`),
  declineReasons: (): string[] => DECLINE_REASONS.filter((reason) => reason !== 'other'),
  holdReasons: (): string[] => HOLD_REASONS.filter((reason) => reason !== 'other'),
  notifyChoices: (): string[] => ['at_once', 'daily', 'status_only'],
  /** Under contract nothing is accepted: the page asks for the date. */
  asksForDate: (phase: OrderPage['phase'], wants: OrderPage['wants'], promisedFrom: Date | null): boolean =>
    phase === 'accepted' && wants === 'date' && !promisedFrom,
  startWord: (isResuming: boolean): PageWordKey => (isResuming ? 'stepResume' : 'stepStart'),
  chipTone: (status: WorkOrderStatus): string => CHIP_TONES[status],
};

const CHIP_TONES: Record<WorkOrderStatus, string> = {
  open: 'soft', assigned: 'soft', accepted: 'ok', in_progress: 'soft', waiting: 'warn', done: 'ok', closed: 'ok', cancelled: 'bad',
};

function initials(name: string): string {
  const words = name.split(/\s+/).filter((word) => /^\p{L}/u.test(word));
  return words.slice(0, 2).map((word) => word[0]?.toUpperCase() ?? '').join('');
}
