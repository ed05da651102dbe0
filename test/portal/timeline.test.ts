import { describe, expect, test } from '@jest/globals';
import { EVENT_NAMES } from '#domain/events.ts';
import { wordsOf } from '#domain/words/index.ts';
import { de } from '../../admin/messages/de.ts';
import type { Translate } from '../../admin/messages/shape.ts';
import { timelineSentence, type TimelineSpeech } from '../../admin/work-orders/timeline-words.ts';

const speech = {
  words: wordsOf('de-DE'),
  t: ((key: string) => String(key.split('.').reduce<unknown>((tree, part) => (tree as Record<string, unknown>)[part], de))) as Translate,
  order: { assignments: [{ contacts: [{ id: 'c2', name: 'Ines Drahtmüller' }] }], responsible: { id: 'u1', name: 'Jana Merkwitz' } },
  near: (iso: string) => `<${iso.slice(0, 10)}>`, nearDay: (day: string) => `<${day}>`, window: (from: string) => `<${from.slice(0, 10)}>`,
} as unknown as TimelineSpeech;
const say = (name: string, data: Record<string, unknown> = {}, assigneeName: string | null = 'Elektro Blitzner GmbH', subjectName: string | null = null): string => timelineSentence({ name, data, assigneeName, subjectName }, speech);

describe('the timeline says ids and codes in words', () => {
  test.each([
    ['assignment.declined', { reason: 'no_capacity' }, 'Abgelehnt: Elektro Blitzner GmbH (Keine Kapazität)'],
    ['work_order.held', { waitingReason: 'material' }, 'Arbeit unterbrochen: Material fehlt'],
    ['attachment.added', { attachmentId: 'gone' }, 'Datei hinzugefügt'],
    ['assignment.promised_date_set', { from: '2026-12-01T07:00:00.000Z', until: '2026-12-01T09:00:00.000Z' }, 'Termin: <2026-12-01>'],
    ['work_order.changed', { fields: ['costLimitCents', 'onSiteName', 'onSitePhone'] }, 'Geändert: Kostenrahmen ohne Rückfrage (brutto), Kontakt vor Ort'],
    ['assignment.contact_changed', { contactId: 'c2' }, 'Neuer Ansprechpartner: Ines Drahtmüller'],
    ['assignment.escalated', { action: 'tell_responsible' }, 'Gemeldet an Jana Merkwitz: keine Antwort'],
    ['assignment.reminded', { action: 'promised_evening' }, 'Nachfragen, ob erledigt: Elektro Blitzner GmbH'],
    ['work_order.accepted', { from: 'assigned', to: 'accepted' }, 'Angenommen'],
  ])('%s %j', (name, data, sentence) => {
    expect(say(name, data)).toBe(sentence);
  });

  test('a file is named, also one that was taken away since', () => {
    expect(say('attachment.removed', { attachmentId: 'f1' }, null, 'typenschild.jpg')).toBe('Datei entfernt: typenschild.jpg');
  });

  test('who is kept informed is named', () => {
    expect(say('observer.removed', { choice: 'daily' }, null, 'Miriam Kolbenau')).toBe('Beobachter entfernt: Miriam Kolbenau');
  });

  test('no event leaves a placeholder or a bare id behind', () => {
    for (const name of EVENT_NAMES) expect(say(name, {}, null)).not.toMatch(/\{\{|undefined|null/);
  });

  test('an event of a newer server shows its name instead of nothing', () => {
    expect(say('assignment.teleported')).toBe('assignment.teleported');
  });
});
