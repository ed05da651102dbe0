import { describe, expect, test } from '@jest/globals';
import { wordsOf } from '#domain/words/index.ts';
import { hasNeverLeft, mailReasonWord, undeliverableWord } from '#domain/words/mail-reasons.ts';

const german = wordsOf('de-DE');

describe('why a mail stands as it does is said in words', () => {
  test.each([
    ['not_rendered', 'Fehler beim Schreiben der E-Mail'],
    ['HardBounce', 'Das Postfach gibt es nicht'],
    ['provider_code_1234', 'Vom Versanddienst abgewiesen (Code 1234)'],
    ['assignment_withdrawn', 'Inzwischen: Zurückgezogen'],
    ['order_waiting', 'Inzwischen: Wartet'],
    ['order_closed', 'Inzwischen: Abgeschlossen'],
    [null, ''],
  ])('%s', (reason, word) => {
    expect(mailReasonWord(german, reason)).toBe(word);
  });

  test('a code of a newer version is better than nothing', () => {
    expect([mailReasonWord(german, 'beamed_away'), mailReasonWord(german, 'assignment_beamed')]).toEqual(['beamed_away', 'assignment_beamed']);
  });

  test('an address says what kind of bounce it was, and what the other server said', () => {
    expect(undeliverableWord(wordsOf('en-GB'), 'HardBounce: 550 5.1.1 user unknown')).toBe('There is no such mailbox (550 5.1.1 user unknown)');
    expect([undeliverableWord(german, 'HardBounce'), undeliverableWord(german, 'Postfach voll'), undeliverableWord(german, null)]).toEqual(['Das Postfach gibt es nicht', 'Postfach voll', '']);
  });

  test('what was refused before it left is told from what came back', () => {
    expect(['not_rendered', 'too_large', 'provider_code_300'].every(hasNeverLeft)).toBe(true);
    expect(['HardBounce', 'bounce_mail', 'inactive_recipient'].some(hasNeverLeft)).toBe(false);
  });
});
