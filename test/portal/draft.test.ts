import { beforeEach, describe, expect, test } from '@jest/globals';
import { changeDraft, draftOf, forgetDrafts, parseDraft } from '../../admin/providers/drafts.ts';
import { leftAfterSending, sendDraft } from '../../admin/work-orders/use-draft.ts';

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

describe('a draft knows for whom it was typed', () => {
  const kept = new Map<string, string>();
  beforeEach(() => {
    kept.clear();
    forgetDrafts({ removeItem: () => undefined });
    const storage = { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => kept.set(key, value), removeItem: (key: string) => kept.delete(key) };
    Object.defineProperty(globalThis, 'sessionStorage', { value: storage, configurable: true });
  });

  test('an internal one comes back as internal, with the key under which it was tried', () => {
    changeDraft('one', { visibility: 'internal' });
    changeDraft('one', { body: 'Nur für uns' });
    expect(parseDraft(kept.get('gewerk.draft.one') ?? null)).toEqual(draftOf('one'));
    expect(draftOf('one')).toMatchObject({ visibility: 'internal', body: 'Nur für uns' });
  });

  test.each(['Ein Text von früher', '{"body":1}', '{"body":"ohne"}'])('of an unknown one nobody outside is told: %s', (text) => {
    expect(parseDraft(text)).toMatchObject({ visibility: 'internal' });
  });

  test('what has arrived is gone wherever it is shown, and what follows is another message', async () => {
    changeDraft('one', { body: 'Wann?' });
    const { clientKey } = draftOf('one');
    let arrive: (sent: string) => void = () => undefined;
    const sending = sendDraft('one', 'Wann?', async () => new Promise<string>((resolve) => { arrive = resolve; }));
    expect(draftOf('one').isSending).toBe(true);
    arrive('sent');
    await sending;
    expect(draftOf('one')).toMatchObject({ body: '', isSending: false });
    expect(draftOf('one').clientKey).not.toBe(clientKey);
    expect(kept.size).toBe(0);
  });

  test('a file without words is followed by another message, too', async () => {
    const { clientKey } = draftOf('one');
    await sendDraft('one', '', async () => 'sent');
    expect(draftOf('one').clientKey).not.toBe(clientKey);
  });

  test('what did not arrive stays, under the same key; another text has another', async () => {
    changeDraft('one', { body: 'Wann?' });
    const { clientKey } = draftOf('one');
    await expect(sendDraft('one', 'Wann?', async () => { throw new Error('offline'); })).rejects.toThrow('offline');
    expect(draftOf('one')).toMatchObject({ body: 'Wann?', clientKey, isSending: false });
    changeDraft('one', { body: 'Wann genau?' });
    expect(draftOf('one').clientKey).not.toBe(clientKey);
  });
});
