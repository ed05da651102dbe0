import { describe, expect, it } from '@jest/globals';
import { ERROR_STATUS } from '#domain/errors.ts';
import { EVENT_NAMES } from '#domain/events.ts';
import { de } from '#domain/words/de.ts';
import { en } from '#domain/words/en.ts';
import { fill, say, wordsOf } from '#domain/words/index.ts';
import { MAIL_NAMES } from '#domain/words/mail-names.ts';

const sections = Object.keys(de) as (keyof typeof de)[];
const placeholders = (text: string): string[] => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1] ?? '').toSorted();

describe('the words of both languages', () => {
  it('have the same sections', () => {
    expect(Object.keys(en).toSorted()).toEqual(Object.keys(de).toSorted());
  });

  it.each(sections)('%s: same keys, same placeholders, nothing empty', (section) => {
    const german: Readonly<Record<string, string>> = de[section];
    const english: Readonly<Record<string, string>> = en[section];
    expect(Object.keys(english).toSorted()).toEqual(Object.keys(german).toSorted());
    for (const [key, text] of Object.entries(german)) {
      expect([key, placeholders(english[key] ?? '')]).toEqual([key, placeholders(text)]);
      expect(text.trim()).not.toBe('');
    }
  });

  it('have a sentence for every error, event and mail', () => {
    expect(Object.keys(de.error).toSorted()).toEqual(Object.keys(ERROR_STATUS).toSorted());
    expect(Object.keys(de.event).toSorted()).toEqual(EVENT_NAMES.toSorted());
    expect(Object.keys(de.mail).toSorted()).toEqual(MAIL_NAMES.toSorted());
  });

  it('address people politely and without exclamation marks', () => {
    const all = [de, en].flatMap((words) => Object.values(words).flatMap((section: Readonly<Record<string, string>>) => Object.values(section)));
    expect(all.filter((text) => text.includes('!'))).toEqual([]);
    expect(all.filter((text) => /\b(du|dein|dir|dich)\b/i.test(text))).toEqual([]);
  });

  it('are written the Swiss way in Switzerland only', () => {
    const said = Object.values(wordsOf('de-CH')).flatMap((section) => Object.values(section));
    expect(said.filter((text) => text.includes('ß'))).toEqual([]);
    expect(wordsOf('de-CH').step.close).toBe('Abschliessen');
    expect(wordsOf('de-AT').step.close).toBe('Abschließen');
    expect(wordsOf('en-GB').step.close).toBe('Close');
  });
});

describe('filling a sentence', () => {
  it('puts the value in place of its name', () => {
    expect(say(de.workOrderStatus, 'waiting', { reason: 'Material fehlt' })).toBe('Wartet: Material fehlt');
  });

  it('drops an empty placeholder with its label, comma or brackets', () => {
    expect(say(de.workOrderStatus, 'waiting', {})).toBe('Wartet');
    expect(fill('Abgelehnt: {{who}} ({{reason}})', { who: 'Farbwerk', reason: null })).toBe('Abgelehnt: Farbwerk');
    expect(fill('Wartet auf Antwort bis {{until}}', { until: '' })).toBe('Wartet auf Antwort');
  });

  it('never reads data as a template', () => {
    expect(fill('{{a}} {{b}}', { a: '{{b}}', b: 'x' })).toBe('{{b}} x');
  });
});
