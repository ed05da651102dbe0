import type { z } from 'zod';
import { languageOf, type Locale } from '#domain/statuses.ts';

type FieldWords = {
  readonly required: string;
  readonly tooLong: (max: number) => string;
  readonly tooShort: (min: number) => string;
  readonly tooMany: (max: number) => string;
  readonly atLeast: (min: number) => string;
  readonly atMost: (max: number) => string;
  readonly email: string;
  readonly phone: string;
  readonly choice: string;
  readonly unknown: (keys: string) => string;
  readonly invalid: string;
};

const WORDS: Readonly<Record<'de' | 'en', FieldWords>> = {
  de: {
    required: 'Bitte ausfüllen.',
    tooLong: (max) => `Höchstens ${max} Zeichen.`,
    tooShort: (min) => `Mindestens ${min} Zeichen.`,
    tooMany: (max) => `Höchstens ${max} Einträge.`,
    atLeast: (min) => `Mindestens ${min}.`,
    atMost: (max) => `Höchstens ${max}.`,
    email: 'Das ist keine E-Mail-Adresse.',
    phone: 'Das ist keine Telefonnummer. Mindestens 3 Ziffern, dazu + ( ) / - . und Leerzeichen.',
    choice: 'Bitte wählen Sie einen der vorgesehenen Werte.',
    unknown: (keys) => `Unbekanntes Feld: ${keys}.`,
    invalid: 'Das hat nicht die erwartete Form.',
  },
  en: {
    required: 'Please fill this in.',
    tooLong: (max) => `At most ${max} characters.`,
    tooShort: (min) => `At least ${min} characters.`,
    tooMany: (max) => `At most ${max} entries.`,
    atLeast: (min) => `At least ${min}.`,
    atMost: (max) => `At most ${max}.`,
    email: 'This is not an e-mail address.',
    phone: 'This is not a phone number. At least 3 digits, and + ( ) / - . and spaces.',
    choice: 'Please choose one of the given values.',
    unknown: (keys) => `Unknown field: ${keys}.`,
    invalid: 'This does not have the expected form.',
  },
};

export type FieldError = { readonly path: string; readonly message: string };

/** The faults of an input as a form shows them: path with dots, one sentence in the reader's language. */
export function fieldErrors(error: z.ZodError, locale: Locale): FieldError[] {
  const words = WORDS[languageOf(locale)];
  return error.issues.map((issue) => ({ path: issue.path.map(String).join('.'), message: messageOf(issue, words) }));
}

function messageOf(issue: z.core.$ZodIssue, words: FieldWords): string {
  if (issue.code === 'invalid_type') return issue.input === undefined || issue.input === null ? words.required : words.invalid;
  if (issue.code === 'too_big') return tooBig(issue, words);
  if (issue.code === 'too_small') return tooSmall(issue, words);
  if (issue.code === 'invalid_format') return formatWord(issue.format, words);
  if (issue.code === 'invalid_value') return words.choice;
  if (issue.code === 'unrecognized_keys') return words.unknown(issue.keys.join(', '));
  return words.invalid;
}

function formatWord(format: string, words: FieldWords): string {
  return format === 'email' ? words.email : format === 'phone' ? words.phone : words.invalid;
}

function tooBig(issue: z.core.$ZodIssueTooBig, words: FieldWords): string {
  const max = Number(issue.maximum);
  if (issue.origin === 'string') return words.tooLong(max);
  return issue.origin === 'array' ? words.tooMany(max) : words.atMost(max);
}

function tooSmall(issue: z.core.$ZodIssueTooSmall, words: FieldWords): string {
  const min = Number(issue.minimum);
  if (issue.origin === 'string') return min <= 1 ? words.required : words.tooShort(min);
  return issue.origin === 'array' ? words.required : words.atLeast(min);
}
