import { describe, expect, test } from '@jest/globals';
import { readCommand } from '#domain/mail/command-words.ts';

const STEPS: [string, string][] = [
  ...['ANNEHMEN', 'annehmen.', 'Angenommen!', 'Nehmen wir an', 'Wir nehmen an', 'Auftrag angenommen', 'Akzeptiert', 'zugesagt', 'Zusage', 'Bestätigt', 'bestaetigt', 'BESTÄTIGT.', 'Accept', 'accepted', 'We accept', 'Confirmed.', '"ANNEHMEN"', 'Auftrag: angenommen'].map((line): [string, string] => [line, 'accept']),
  ...['ABLEHNEN', 'abgelehnt', 'Lehnen wir ab.', 'Absage', 'abgesagt', 'Decline', 'declined', 'we decline', 'reject', 'Rejected!'].map((line): [string, string] => [line, 'decline']),
  ...['begonnen', 'Angefangen.', 'gestartet', 'in Arbeit', 'Auftrag in Arbeit', 'started', 'In progress'].map((line): [string, string] => [line, 'start']),
  ...['ERLEDIGT', 'erledigt.', 'Fertig!', 'ausgeführt', 'ausgefuehrt', 'Arbeit erledigt', 'Auftrag erledigt', 'done', 'Finished', 'completed'].map((line): [string, string] => [line, 'done']),
];

describe('a first line that is just an agreed word makes the step', () => {
  test.each(STEPS)('%s → %s', (line, step) => {
    expect(readCommand(line)).toEqual({ kind: 'step', step });
    expect(readCommand(`Sehr geehrte Frau Berger,\n\n${line}\n\nWir kommen Mittwoch.`)).toMatchObject({ kind: 'step', step });
  });
});

describe('softer words are proposed, never done', () => {
  test.each(['ja', 'Ja.', 'ok', 'OK!', 'passt', 'geht klar', 'machen wir', 'Machen wir.', 'wird gemacht', 'Wird erledigt', 'wird erledigt!', 'Auftrag wird erledigt', 'yes', 'Fine.', 'will do', 'Will be done', 'Ja, machen wir.', 'Ok, danke'])('%s', (line) => {
    expect(readCommand(line)).toEqual({ kind: 'soft', suggests: 'accept' });
  });
});

describe('everything else is a comment', () => {
  test.each([
    '', 'angenommen?', 'ok?', 'ERLEDIGT?', 'Angenommen, aber erst im Juni', 'nicht angenommen', 'noch nicht fertig', 'not done', 'fast fertig', 'Wir haben den Auftrag angenommen und kommen morgen', 'Sind Sie fertig', 'Ja, aber wann', 'done deal', 'Guten Tag,', 'Wir kommen Mittwoch.\nangenommen', 'Hallo,\nwir prüfen das.\nabgelehnt',
  ])('%s', (text) => {
    expect(readCommand(text)).toBeNull();
  });
});

test('the text below a refusal is its reason', () => {
  expect(readCommand('Hallo Frau Berger,\n\nABLEHNEN\n\nKeine Kapazität bis Juni.\nTut uns leid.')).toEqual({ kind: 'step', step: 'decline', reason: 'Keine Kapazität bis Juni.\nTut uns leid.' });
  expect(readCommand('ABLEHNEN')).toEqual({ kind: 'step', step: 'decline' });
});

test.each(['Hallo', 'Hallo Frau Berger,', 'Guten Tag,', 'Guten Morgen Herr Dr. von Aydin', 'Moin', 'Grüezi', 'Servus zusammen!', 'Dear Ms Berger,', 'Hello,', 'Hi Sabine', 'Sehr geehrte Damen und Herren,', 'Liebe Sabine,'])('one salutation line may stand above: %s', (salutation) => {
  expect(readCommand(`${salutation}\nERLEDIGT`)).toEqual({ kind: 'step', step: 'done' });
});

test('two lines above are text, not a salutation', () => {
  expect(readCommand('Hallo,\nGuten Tag,\nERLEDIGT')).toBeNull();
});
