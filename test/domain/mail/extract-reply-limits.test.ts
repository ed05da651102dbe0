import { describe, expect, test } from '@jest/globals';
import { extractReply } from '#domain/mail/extract-reply.ts';
import { OUR_HTML, OUR_TEXT, quoted } from '../../fixtures/replies/our-mail.ts';

const MB = 1_000_000;
const fill = (piece: string, length = MB): string => piece.repeat(Math.ceil(length / piece.length)).slice(0, length);

describe('no input takes long', () => {
  const texts: [string, string][] = [
    ['32 KB of line breaks', '\n'.repeat(32_768)],
    ['1 MB of line breaks with blanks', fill(' \n')],
    ['100,000 greater signs', `A${'>'.repeat(100_000)}`],
    ['1 MB of quote signs, one a line', fill('>\n')],
    ['one line of 1 MB', fill('a')],
    ['one line of words', fill('Wort ')],
    ['beginnings of headers', fill('Am 3.5.2026 um 10:12\n')],
    ['whole headers', fill('Am 3.5.2026 um 10:12 schrieb X <a@b.example>:\n')],
    ['labels', fill('Von: a\nAn: b\n')],
    ['closings', fill('MfG\n\n')],
    ['closings with names', `Text\n${fill('Mit freundlichen Grüßen\nMax\n')}`],
    ['delimiters', fill('--\n')],
    ['quote and text by turns', fill('> a\nb\n')],
    ['device lines', `Text\n${fill('Von meinem iPhone gesendet\n')}`],
    ['at signs', fill('a.b@')],
    ['blanks', `x${fill(' ')}y`],
    ['our own sentences', fill('Warum erhalte ich das?\n')],
  ];
  const htmls: [string, string][] = [
    ['20,000 nested divs', `${'<div>'.repeat(20_000)}x${'</div>'.repeat(20_000)}`],
    ['1 MB of open divs', fill('<div>')],
    ['closing tags that fit nothing', fill('<b>', MB / 2) + fill('</i>', MB / 2)],
    ['closing tags out of reach', `<i><div>${fill('<b>', MB / 2)}${fill('</i>', MB / 2)}`],
    ['nested quotes', fill('<blockquote>a')],
    ['nested frames with quotes', fill('<div class=gmail_quote>', MB / 2) + fill('<blockquote>a</blockquote>', MB / 2)],
    ['table cells', fill('<td>a')],
    ['list items', fill('<ul><li>')],
    ['links', fill('<a href="http://x.example">z</a>')],
    ['entities', fill('&auml;')],
    ['less-than signs', fill('<')],
    ['an attribute without end', `<div a="${fill('x')}`],
    ['a comment without end', `<!--${fill('-')}`],
    ['preformatted lines', `<pre>${fill('a\n')}`],
  ];
  // The goal is 100 ms for each; the bound is generous because test machines are shared. What is not linear takes minutes here.
  test.each([...texts.map(([name, text]) => ({ name, mail: { text } })), ...htmls.map(([name, html]) => ({ name, mail: { html } }))])('$name', ({ mail }) => {
    const before = process.cpuUsage();
    const reply = extractReply(mail);
    expect(process.cpuUsage(before).user / 1000).toBeLessThan(2500);
    expect(typeof reply.visible).toBe('string');
  });
});

/** A seeded generator: a failing mail can be made again. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const OWN = [
  'Wir kommen am Mittwoch um 8 Uhr.', 'Am Montag, 4. Mai um 10:00 Uhr war niemand da.', 'Von: 8 Uhr', 'An: Tor 3', 'Der Druck ist > 3 bar.', 'Bitte rufen Sie Herrn Aydin an: 0171 5550123', 'Danke für die schnelle Antwort!', '- Ventil DN 20', '- 2 Stunden Arbeit', 'Kosten: 180 € netto', 'Fotos sind im Anhang.', 'Der Mieter schrieb uns, dass es wieder tropft.', 'siehe www.huber.example/angebot', 'Können Sie den Schlüssel hinterlegen?', '1. Wasser absperren', 'Gesendet wurde die Rechnung am 2.5.', 'Datum der Abnahme: 8.5.2026', 'On Monday we open the wall.', 'Please leave the key.', 'Mit Grüßen des Mieters ausgerichtet, alles trocken.', 'Betreff Heizung: läuft wieder', 'Original Ersatzteile sind bestellt.', 'Nachricht an den Hausmeister ist raus.', 'Best wäre ein Termin am Freitag.',
];
const CLOSINGS = ['', '\n\nMit freundlichen Grüßen\nPetra Huber', '\n\nVG Petra', '\n\n-- \nHuber Sanitär\nTel. 089 123456', '\n\nVon meinem iPhone gesendet'];
const HISTORIES = [
  (quote: string): string => `\n\nAm Mo., 4. Mai 2026 um 10:12 Uhr schrieb Lindenhof <\nauftrag@reply.gewerk.example>:\n\n${quoted(quote)}`,
  (quote: string): string => `\n\nVon: Lindenhof <auftrag@reply.gewerk.example>\nGesendet: Montag, 4. Mai 2026 10:12\nAn: Huber\nBetreff: Auftrag\n\n${quote}`,
  (quote: string): string => `\n\n-----Ursprüngliche Nachricht-----\nVon: Lindenhof\nGesendet: Montag, 4. Mai 2026 10:12\nAn: Huber\nBetreff: Auftrag\n\n${quote}`,
  (quote: string): string => `\n\nLindenhof <auftrag@reply.gewerk.example> schrieb am Mo., 4. Mai 2026, 10:12:\n\n${quoted(quote)}`,
  (): string => '',
];

test('own lines are never lost, whatever program, closing and history go with them', () => {
  const next = random(20_261_125);
  const pick = <T>(items: readonly T[]): T => items[Math.floor(next() * items.length)]!;
  for (let round = 0; round < 1500; round++) {
    const own = Array.from({ length: 1 + Math.floor(next() * 5) }, () => pick(OWN));
    const gap = pick(['\n', '\n\n']);
    const text = `${pick(['', 'Guten Tag Frau Berger,\n\n', 'Hallo,\n'])}${own.join(gap)}${pick(CLOSINGS)}${pick(HISTORIES)(OUR_TEXT)}`;
    const html = `<div>${own.map((line) => `<p>${line.replaceAll('>', '&gt;')}</p>`).join('')}</div><blockquote type="cite">Am 04.05.2026 um 10:12 schrieb Lindenhof:<br>${OUR_HTML}</blockquote>`;
    const shown = [extractReply({ text }).visible, extractReply({ html }).visible];
    for (const visible of shown) {
      const lost = own.filter((line) => !visible.includes(line));
      expect({ text, lost }).toEqual({ text, lost: [] });
      expect(visible).not.toContain('Wasserfleck an der Decke');
    }
  }
});

test('own lines below and between quotes are never lost', () => {
  const next = random(7);
  const pick = <T>(items: readonly T[]): T => items[Math.floor(next() * items.length)]!;
  for (let round = 0; round < 1000; round++) {
    const own: string[] = [];
    let text = 'Am 04.05.26 um 10:12 schrieb Lindenhof:\n';
    for (let part = 0; part <= next() * 4; part++) {
      own.push(pick(OWN));
      text += `> Frage ${part} an Sie,\n> bitte antworten.\n\n${own.at(-1)}\n\n`;
    }
    const { visible } = extractReply({ text });
    expect({ text, lost: own.filter((line) => !visible.includes(line)) }).toEqual({ text, lost: [] });
  }
});

test('the text is never empty where the mail has words', () => {
  const next = random(99);
  const pieces = ['> a', 'Am 04.05.26 um 10:12 schrieb X:', 'Von: a@b.example', 'An: c', 'Betreff: d', '-- ', 'MfG', 'LG Max', 'Von meinem iPhone gesendet', '', '-----Ursprüngliche Nachricht-----', '>> b', '________', 'Diese E-Mail enthält vertrauliche Daten.', 'Tel. 089 123456', 'Warum erhalte ich das?', 'Huber GmbH'];
  for (let round = 0; round < 3000; round++) {
    const text = Array.from({ length: 1 + Math.floor(next() * 10) }, () => pieces[Math.floor(next() * pieces.length)]!).join('\n');
    const { visible } = extractReply({ text });
    expect({ text, isShown: visible !== '' }).toEqual({ text, isShown: text.replace(/\s/g, '') !== '' });
  }
});
