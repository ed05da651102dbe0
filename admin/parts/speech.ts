import { useMemo } from 'react';
import { useLocale, useTranslate } from 'react-admin';
import { say, wordsOf, type SayData, type Words } from '#domain/words/index.ts';
import { mailReasonWord } from '#domain/words/mail-reasons.ts';
import type { Locale } from '#domain/statuses.ts';
import type { Translate } from '../messages/shape.ts';
import { codeOf, detailOf, detailsOf } from '../providers/http.ts';
import { isLocale } from '../providers/i18n.ts';

export type { Translate };

/** The portal's own words by key; a missing key does not compile. */
export function useT(): Translate {
  return useTranslate() as Translate;
}

export function useSpokenLocale(): Locale {
  const locale = useLocale();
  return isLocale(locale) ? locale : 'de-DE';
}

/** The words that portal, mails and public pages share: statuses, steps, errors. */
export function useWords(): Words {
  return wordsOf(useSpokenLocale());
}

/** A sentence for whatever was thrown: the server's own, else by code. */
export function useErrorText(): (error: unknown) => string {
  const words = useWords();
  const t = useT();
  return (error) => {
    const code = codeOf(error);
    if (code === 'offline') return t('state.offline');
    return detailOf(error) ?? (say(words.error, code, detailsOf(error) as SayData) || t('state.failed'));
  };
}

/** Words by code for what a server of another version may name otherwise: then the code itself is shown. */
export function useCodeWord(section: 'review_reason' | 'mail_event' | 'decided'): (code: string | null | undefined) => string {
  const translate = useTranslate();
  return (code) => (code ? translate(`${section}.${code}`, { _: code }) : '');
}

/** Why a mail stands as it does, in words. */
export function useMailReason(): (reason: string | null | undefined) => string {
  const words = useWords();
  return (reason) => mailReasonWord(words, reason);
}

/** Looks a code up in words that may not know it (a newer server): then the code itself is better than nothing. */
export function wordFor(words: Readonly<Record<string, string>>, code: string | null | undefined, data: SayData = {}): string {
  if (!code) return '';
  return code in words ? say(words, code, data) : code;
}

/** Yes and no, `Beobachter`, …: a stable list of choices for selects. */
export function useChoices(words: Readonly<Record<string, string>>): { id: string; name: string }[] {
  return useMemo(() => Object.entries(words).map(([id, name]) => ({ id, name })), [words]);
}
