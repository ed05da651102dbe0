import { describe, expect, test } from '@jest/globals';
import { awayUntil, deputyEmail, nameOfAddress } from '#domain/mail/away-note.ts';
import type { InboundFacts } from '#domain/mail/inbound-facts.ts';
import { classifySender } from '#domain/mail/machine-mail.ts';

const context = { inboundDomain: 'reply.gewerk.example', receivedAt: new Date('2026-05-04T08:00:00Z') };

function mail(facts: Partial<Omit<InboundFacts, 'headers'>> & { headers?: Record<string, string> }): InboundFacts {
  const headers = Object.entries({ 'Return-Path': '<huber@sanitaer.example>', ...facts.headers }).map(([name, value]) => ({ name, value }));
  return { from: 'huber@sanitaer.example', subject: 'Re: Auftrag M-2026-00042', textBody: 'Wir kommen.', htmlBody: '', attachments: [], ...facts, headers };
}
const part = (contentType: string): { name: string; contentType: string }[] => [{ name: 'part', contentType }];

describe('a machine is known by its signs', () => {
  const cases: [string, InboundFacts, string][] = [
    ['Outlook out of office', mail({ subject: 'Automatische Antwort: Auftrag M-2026-00042', headers: { 'Auto-Submitted': 'auto-replied', 'Return-Path': '<>' }, textBody: 'Ich bin bis 15.05.2026 nicht im Büro.' }), 'out_of_office'],
    ['out of office without any header', mail({ subject: 'Abwesenheitsnotiz: Re: Auftrag', textBody: 'Ich bin im Urlaub.' }), 'out_of_office'],
    ['English out of office', mail({ subject: 'Automatic reply: Work order', headers: { 'Auto-Submitted': 'auto-generated' }, textBody: 'I am out of the office until 15 May.' }), 'out_of_office'],
    ['receipt of a ticket system', mail({ subject: '[#4711] Ihre Anfrage ist eingegangen', headers: { 'Auto-Submitted': 'auto-generated' }, textBody: 'Wir haben Ihre Anfrage erhalten.' }), 'auto_reply'],
    ['X-Autoreply', mail({ headers: { 'X-Autoreply': 'yes' } }), 'auto_reply'],
    ['Precedence auto_reply', mail({ headers: { Precedence: 'auto_reply' } }), 'auto_reply'],
    ['empty Return-Path', mail({ headers: { 'Return-Path': '<>' } }), 'auto_reply'],
    ['two weak signs', mail({ headers: { 'X-Auto-Response-Suppress': 'All', Precedence: 'bulk' } }), 'auto_reply'],
    ['delivery report', mail({ from: 'postmaster@sanitaer.example', attachments: part('message/delivery-status'), headers: { 'Return-Path': '<>' } }), 'bounce'],
    ['bounce of an old server', mail({ from: 'MAILER-DAEMON@mx.example', subject: 'failure notice' }), 'bounce'],
    ['Exchange', mail({ from: 'postmaster@sanitaer.example', subject: 'Unzustellbar: Auftrag', headers: { 'Return-Path': '<>' } }), 'bounce'],
    ['read receipt as a part', mail({ subject: 'Gelesen: Auftrag', attachments: part('message/disposition-notification') }), 'read_receipt'],
    ['read receipt by its words', mail({ subject: 'Gelesen: Auftrag', textBody: 'Ihre Nachricht\n\n An: Huber\n Gesendet: Montag\n\nwurde am Montag, 4. Mai 2026 10:15 gelesen.' }), 'read_receipt'],
    ['newsletter', mail({ subject: 'Angebote im Mai', headers: { 'List-Id': '<news.sanitaer.example>', 'List-Unsubscribe': '<https://x.example>' } }), 'list'],
    ['bulk with a way to unsubscribe', mail({ subject: 'Angebote im Mai', headers: { Precedence: 'bulk', 'List-Unsubscribe': '<https://x.example>' } }), 'list'],
    ['our own mail', mail({ headers: { 'X-Loop': 'reply.gewerk.example' } }), 'own_loop'],
    ['from one of our reply addresses', mail({ from: 'lindenhof+abc@reply.gewerk.example' }), 'own_loop'],
  ];
  test.each(cases)('%s', (_name, facts, kind) => {
    expect(classifySender(facts, context)).toMatchObject({ kind, reason: expect.any(String) });
  });
});

describe('no person is taken for a machine', () => {
  const cases: [string, InboundFacts][] = [
    ['plain reply', mail({})],
    ['Auto-Submitted: no', mail({ headers: { 'Auto-Submitted': 'no' } })],
    ['Outlook suppresses automatic answers', mail({ headers: { 'X-Auto-Response-Suppress': 'DR, OOF, AutoReply' } })],
    ['X-Auto-Response-Suppress: All alone', mail({ headers: { 'X-Auto-Response-Suppress': 'All' } })],
    ['Precedence: list alone', mail({ headers: { Precedence: 'list' } })],
    ['Precedence: bulk of a ticket system', mail({ headers: { Precedence: 'bulk' } })],
    ['answer through the list of a team', mail({ headers: { 'List-Id': '<team.sanitaer.example>', Precedence: 'list', 'In-Reply-To': '<a@reply.gewerk.example>' } })],
    ['appointment accepted', mail({ subject: 'Zugesagt: Ortstermin', attachments: part('text/calendar; method=REPLY'), headers: { 'Return-Path': '<>' } })],
    ['writes of a holiday', mail({ textBody: 'Ich bin bis 15.05. im Urlaub, danach kommen wir.' })],
    ['subject of a holiday', mail({ subject: 'Urlaub im August', textBody: 'Wir sind im Urlaub vom 3. bis 21. August.' })],
    ['absence as a topic', mail({ subject: 'Abwesenheit Hausmeister', textBody: 'Der Hausmeister ist nicht da.' })],
    ['answers an automatic answer', mail({ subject: 'Re: Automatische Antwort: Auftrag' })],
    ['forwards an undeliverable mail', mail({ subject: 'WG: Unzustellbar: Auftrag' })],
    ['says that it was read', mail({ subject: 'Re: Auftrag', textBody: 'Gelesen, wir melden uns.' })],
    ['the postmaster of a small firm', mail({ from: 'postmaster@sanitaer.example' })],
    ['sends a stored mail along', mail({ attachments: part('message/rfc822') })],
  ];
  test.each(cases)('%s', (_name, facts) => {
    expect(classifySender(facts, context).kind).toBe('person');
  });
});

describe('an out-of-office note says until when', () => {
  test.each([
    ['Ich bin bis einschließlich 15.05.2026 nicht im Büro.', '2026-05-15'],
    ['Ich bin bis zum 15.5. im Urlaub.', '2026-05-15'],
    ['vom 4. Mai bis Freitag, den 15. Mai 2026 abwesend', '2026-05-15'],
    ['Ich bin ab dem 18.05.2026 wieder erreichbar.', '2026-05-17'],
    ['Ab Montag, 18. Mai bin ich wieder im Haus.', '2026-05-17'],
    ['bis 7. Januar geschlossen', '2027-01-07'],
    ['bis 6. Jänner 2027', '2027-01-06'],
    ['I am out of the office until 15 May.', '2026-05-15'],
    ['away until May 15th, 2026', '2026-05-15'],
    ['I will be back on Monday 18 May 2026', '2026-05-17'],
    ['until 15/05/2026', '2026-05-15'],
    ['returning on 2026-05-18', '2026-05-17'],
    ['bis auf Weiteres nicht erreichbar', null],
    ['bis 31.02.2026', null],
  ])('%s → %s', (text, day) => {
    expect(awayUntil(text, context.receivedAt)).toBe(day);
  });

  test('and who stands in, never the absent person and never we', () => {
    const text = 'Meine Adresse huber@sanitaer.example wird nicht gelesen. In dringenden Fällen wenden Sie sich an Herrn Maier (Maier@sanitaer.example).';
    expect(deputyEmail(text, 'huber@sanitaer.example', 'reply.gewerk.example')).toBe('maier@sanitaer.example');
    expect(deputyEmail('Bin im Urlaub. huber2@sanitaer.example', 'huber@sanitaer.example', 'reply.gewerk.example')).toBeNull();
    expect(deputyEmail('dringend: a+k@reply.gewerk.example', 'huber@sanitaer.example', 'reply.gewerk.example')).toBeNull();
    expect(classifySender(mail({ subject: 'Automatische Antwort: x', textBody: `Bin bis 15.05. im Urlaub. ${text}` }), context)).toMatchObject({ kind: 'out_of_office', awayUntil: '2026-05-15', deputyEmail: 'maier@sanitaer.example' });
  });
});

test.each([
  ['petra.lindner@x.example', 'Petra Lindner'],
  ['p.lindner@x.example', 'P. Lindner'],
  ['anna-maria_kern@x.example', 'Anna Maria Kern'],
  ['buero@x.example', null],
  ['info.2@x.example', null],
  ['a.b@x.example', null],
])('the address %s spells the name %s', (address, name) => {
  expect(nameOfAddress(address)).toBe(name);
});
