import { expect, test } from '@jest/globals';
import { forgetDrafts } from '../../admin/providers/drafts.ts';
import { leftAfterSending } from '../../admin/work-orders/use-draft.ts';

test.each([
  ['nothing was typed meanwhile', 'Wann kommen Sie?', 'Wann kommen Sie?', ''],
  ['the field ends with a line break', 'Wann kommen Sie?\n', 'Wann kommen Sie?', ''],
  ['more was typed behind it', '  Wann kommen Sie?\nUnd mit wem?', 'Wann kommen Sie?', 'Und mit wem?'],
  ['the text was changed', 'Wann genau kommen Sie?', 'Wann kommen Sie?', 'Wann genau kommen Sie?'],
  ['only a file was sent', 'Noch etwas', '', 'Noch etwas'],
])('a message on its way takes from the field what it carries and no more: %s', (_case, typed, sent, left) => {
  expect(leftAfterSending(typed, sent)).toBe(left);
});

test('leaving takes what was typed and not sent, and nothing else, out of the tab', () => {
  const kept: Record<string, string> = { 'gewerk.draft.one': 'Vertraulich', 'gewerk.draft.two': 'Entwurf', 'gewerk.account': 'a' };
  const removeItem = (key: string): void => { delete kept[key]; };
  forgetDrafts(Object.defineProperty(kept, 'removeItem', { value: removeItem }) as unknown as Storage);
  expect(Object.keys(kept)).toEqual(['gewerk.account']);
});
