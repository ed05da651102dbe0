import { DomainError } from './errors.ts';

/** Without a second factor (NIST SP 800-63B-4, 3.1.1.2). Dependency-free. */
export const SHORTEST_PASSWORD = 15;
export const LONGEST_PASSWORD = 256;

/** What people build passwords of, in German and English; digits and signs around are worth nothing. */
const BASES = [
  'passwort', 'password', 'kennwort', 'passwd', 'geheim', 'secret', 'hallo', 'hello', 'welcome', 'willkommen', 'admin',
  'administrator', 'root', 'login', 'anmeldung', 'master', 'test', 'demo', 'user', 'benutzer', 'gast', 'guest', 'default',
  'standard', 'changeme', 'letmein', 'iloveyou', 'ichliebedich', 'schatz', 'schatzi', 'liebling', 'sommer', 'winter',
  'herbst', 'fruehling', 'frühling', 'summer', 'autumn', 'spring', 'montag', 'dienstag', 'mittwoch', 'donnerstag',
  'freitag', 'samstag', 'sonntag', 'monday', 'friday', 'sunday', 'januar', 'februar', 'april', 'august', 'september',
  'oktober', 'november', 'dezember', 'october', 'december', 'berlin', 'hamburg', 'muenchen', 'münchen', 'koeln', 'köln',
  'frankfurt', 'stuttgart', 'dresden', 'leipzig', 'wien', 'vienna', 'zuerich', 'zürich', 'london', 'deutschland',
  'germany', 'oesterreich', 'österreich', 'austria', 'schweiz', 'england', 'europa', 'bayern', 'dortmund', 'schalke',
  'fussball', 'fußball', 'football', 'soccer', 'baseball', 'dragon', 'monkey', 'shadow', 'sunshine', 'princess',
  'prinzessin', 'superman', 'batman', 'starwars', 'pokemon', 'michael', 'daniel', 'thomas', 'andreas', 'stefan',
  'alexander', 'sebastian', 'christian', 'nicole', 'sabine', 'claudia', 'jessica', 'michelle', 'computer', 'internet',
  'windows', 'google', 'facebook', 'samsung', 'mercedes', 'porsche', 'ferrari', 'firma', 'company', 'arbeit', 'buero',
  'büro', 'office', 'hausmeister', 'hausverwaltung', 'verwaltung', 'facility', 'gewerk', 'schluessel', 'schlüssel',
  'freedom', 'freiheit', 'whatever', 'trustno', 'access', 'zugang', 'sicher', 'sicherheit', 'security', 'super', 'love',
  'liebe', 'mama', 'papa', 'baby', 'familie', 'family', 'hund', 'katze', 'blume', 'flower', 'sonne', 'engel', 'angel',
] as const;

/** Rows of keyboards, the alphabet and digits: any four neighbours, in either direction, are no secret. */
const ROWS = ['qwertzuiopü', 'qwertyuiop', 'asdfghjklöä', 'yxcvbnm', 'zxcvbnm', 'abcdefghijklmnopqrstuvwxyz', '12345678901234567890', '1q2w3e4r5t6z7u8i9o0p', '1qaz2wsx3edc4rfv5tgb'];

const ENDINGS = ['', '1', '12', '123', '1234', '12345', '123456', '!', '1!', '123!', '2020', '2021', '2022', '2023', '2024', '2025', '2026', '007', '69', '99', '2026!', '#1'];
const LEET: Readonly<Record<string, string>> = { '0': 'o', '1': 'i', '3': 'e', '4': 'a', '5': 's', '7': 't', '@': 'a', $: 's', '!': 'i' };

/** The common passwords that the rule stands for: each base with each ending, plain and capitalised; over 3,000. */
export function* commonPasswords(): Generator<string> {
  for (const base of BASES) {
    for (const ending of ENDINGS) {
      yield base + ending;
      yield base.charAt(0).toUpperCase() + base.slice(1) + ending;
    }
  }
}

/**
 * Throws `password_too_short` (with `minLength`) or `password_too_common`. `known` are words that anybody can look up:
 * name, address, organisation.
 */
export function assertGoodPassword(password: string, known: readonly string[] = []): void {
  if (Array.from(password).length < SHORTEST_PASSWORD) throw new DomainError('password_too_short', { minLength: SHORTEST_PASSWORD });
  if (isCommon(password, known)) throw new DomainError('password_too_common');
}

/** Whether hardly anything is left of a password once common words, known words, rows and repetitions are taken away. */
export function isCommon(password: string, known: readonly string[] = []): boolean {
  const plain = password.toLowerCase();
  const words = [...BASES, ...known.flatMap(wordsIn)].toSorted((a, b) => b.length - a.length);
  return [plain, fromLeet(plain)].some((form) => isPoor(withoutWords(form, words)));
}

/** Fewer than six different letters in what is left, or the left over is one short piece again and again. */
function isPoor(rest: string): boolean {
  const letters = withoutRows(rest).replace(/[^\p{L}]/gu, '');
  return new Set(letters).size < 6 || /^(.{1,8})\1+$/u.test(letters);
}

function withoutWords(text: string, words: readonly string[]): string {
  return words.reduce((left, word) => left.replaceAll(word, ''), text);
}

function withoutRows(text: string): string {
  const pieces = ROWS.flatMap((row) => [row, row.split('').toReversed().join('')]);
  let rest = text;
  for (let at = 0; at + 4 <= rest.length; ) {
    const length = longestRun(rest, at, pieces);
    if (length >= 4) rest = rest.slice(0, at) + rest.slice(at + length);
    else at += 1;
  }
  return rest;
}

function longestRun(text: string, at: number, pieces: readonly string[]): number {
  let length = 3;
  while (at + length < text.length && pieces.some((piece) => piece.includes(text.slice(at, at + length + 1)))) length += 1;
  return length;
}

function fromLeet(text: string): string {
  return Array.from(text, (sign) => LEET[sign] ?? sign).join('');
}

function wordsIn(text: string): string[] {
  return text.toLowerCase().split(/[^\p{L}]+/u).filter((word) => word.length >= 4);
}
