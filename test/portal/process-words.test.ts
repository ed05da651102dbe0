import { describe, expect, test } from '@jest/globals';
import { wordsOf } from '#domain/words/index.ts';
import { attentionWord } from '../../admin/work-orders/process-words.ts';

describe('the process panel says why somebody is needed in words', () => {
  test('a code that has words is said in words', () => {
    expect(attentionWord('no_next_firm', wordsOf('de-DE'))).toBe('keine nächste Firma hinterlegt');
  });

  test.each(['bounced', 'person', 'something_new', null])('%s, which the sentence above says already, is never shown as a code', (reason) => {
    expect(attentionWord(reason, wordsOf('en-GB'))).toBe('');
  });
});
