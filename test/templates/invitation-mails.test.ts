import { describe, expect, it } from '@jest/globals';
import type { Locale } from '#domain/statuses.ts';
import { renderMail, type MailData } from '#templates/render.ts';
import { mails, token } from './mail-data.ts';

const link = `https://gewerk.example/i/${token}`;
const invitation = (changed: Partial<MailData['partner-invitation']> = {}, locale: Locale = 'de-DE') =>
  renderMail('partner-invitation', locale, { ...mails['partner-invitation'], ...changed });
const news = (changed: Partial<MailData['invitation-answered']> = {}, locale: Locale = 'de-DE') =>
  renderMail('invitation-answered', locale, { ...mails['invitation-answered'], ...changed });

describe('the invitation says who, what, until when and for whom', () => {
  it('in German', () => {
    const { subject, text, html } = invitation();
    expect(subject).toBe('Einladung zur Zusammenarbeit mit Wohnpark Erlenquell');
    expect(text).toBe(
      [
        'Guten Tag Mira Sonnleit,',
        '',
        'Nora Feldhus von Wohnpark Erlenquell lädt Ihr Unternehmen zur Zusammenarbeit ein.',
        '',
        '  Sie arbeiten seit Jahren gut mit uns. Mit einem eigenen Zugang sehen',
        '  Sie alle Aufträge auf einen Blick.',
        '',
        'Sie erhalten einen eigenen Firmen-Account, sehen dort die Aufträge von Wohnpark Erlenquell mit Anlagendaten und geben sie an Ihre Leute weiter. Interne Notizen Ihrer Firma sieht Wohnpark Erlenquell nicht.',
        '',
        'Freigegeben werden: Ahornhof, Quellgasse, Werkstatt Nord',
        '',
        'Ansehen, annehmen oder ablehnen:',
        link,
        'Gültig bis Mi., 23.12.2026, nur für mira@farbwerk-sonnleit.example. Sind Sie nicht die richtige Person? Dort können Sie uns eine andere Adresse nennen.',
        '',
        'Laufende Aufträge per E-Mail gehen unverändert weiter.',
        '',
        'Freundliche Grüße',
        'Nora Feldhus, Wohnpark Erlenquell',
        'Tel. 069 90009-123',
        'Wohnpark Erlenquell GmbH, Quellgasse 1, 99990 Neuquell, HRB 00000',
        'Warum erhalte ich das? https://gewerk.example/w/3kP9',
        'Datenschutz: https://gewerk.example/d/erlenquell',
        '',
      ].join('\n'),
    );
    expect(html).toContain(`href="${link}"`);
  });

  it('in English', () => {
    const { subject, text } = invitation({}, 'en-GB');
    expect(subject).toBe('Invitation to collaborate with Wohnpark Erlenquell');
    for (const sentence of [
      'Nora Feldhus of Wohnpark Erlenquell invites your company to collaborate.',
      'To be shared: Ahornhof, Quellgasse, Werkstatt Nord',
      `View, accept or decline:\n${link}`,
      'Valid until Wed 23 Dec 2026, for mira@farbwerk-sonnleit.example only. Not the right person? You can name another address there.',
      'Work orders running by e-mail go on unchanged.',
    ]) expect(text).toContain(sentence);
  });

  it('a reminder stands below it and says that it is still open', () => {
    const { subject, text } = invitation({ kind: 'reminder' });
    expect(subject).toBe('Re: Einladung zur Zusammenarbeit mit Wohnpark Erlenquell');
    expect(text).toContain('die Einladung von Wohnpark Erlenquell ist noch offen. Sie gilt bis Mi., 23.12.2026.');
    expect(text).not.toContain('lädt Ihr Unternehmen');
  });

  it('of what is not there no line is left', () => {
    const { text } = invitation({ message: null, workspaceNames: null, isKnownContractor: false });
    expect(text).not.toMatch(/Freigegeben|Laufende|\n\n\n/);
  });
});

describe('the inviter is told of every ending, with what to do next', () => {
  it.each([
    ['accepted', 'Farbwerk Sonnleit hat Ihre Einladung angenommen', 'Mira Sonnleit hat die Zusammenarbeit am Mi., 25.11.2026, 10:42 Uhr angenommen. Sie können Farbwerk Sonnleit ab sofort Aufträge geben.'],
    ['declined', 'Farbwerk Sonnleit hat Ihre Einladung abgelehnt', 'Aufträge per E-Mail sind weiterhin möglich.'],
    ['expired', 'Einladung an Farbwerk Sonnleit abgelaufen', 'die Einladung vom Mo., 23.11.2026 blieb ohne Antwort und ist abgelaufen.\nErneut einladen: https'],
    ['bounced', 'Einladung an Farbwerk Sonnleit nicht zugestellt', 'die Einladung an mira@farbwerk-sonnleit.example kam nicht an'],
    ['other_address', 'Farbwerk Sonnleit nennt eine andere Adresse', 'mira@farbwerk-sonnleit.example ist nicht die richtige Person.\n\nRichtige Adresse laut Antwort: jost@farbwerk-sonnleit.example\n\nAn diese Adresse geht nichts, bevor Sie es bestätigen.\n'],
    ['asked_again', 'Farbwerk Sonnleit bittet um eine neue Einladung', 'wollte die Einladung vom Mo., 23.11.2026 öffnen und bittet um eine neue.'],
    ['withdrawn', 'Einladung an Farbwerk Sonnleit zurückgezogen', 'Mira Sonnleit hat die Einladung an mira@farbwerk-sonnleit.example am Mi., 25.11.2026, 10:42 Uhr zurückgezogen.'],
  ] as const)('%s', (outcome, subject, sentence) => {
    const mail = news({ outcome });
    expect(mail.subject).toBe(subject);
    expect(mail.text).toContain(sentence);
    expect(mail.text).toContain('https://gewerk.example/go/1/partnerships/2');
    expect(news({ outcome }, 'en-GB').subject).not.toBe(subject);
  });

  it('what is shared on account of running orders is told apart', () => {
    const { text } = news();
    expect(text).toContain('Freigegeben: Ahornhof, Quellgasse\nWegen laufender Aufträge freigegeben, ohne Anlagen: Werkstatt Nord');
    expect(text).toContain('Laufende Aufträge per E-Mail, die jetzt im Account von Farbwerk Sonnleit weitergehen: 3.');
    expect(news({ orderCount: 0, addedWorkspaceNames: null }).text).not.toMatch(/Laufende|Wegen/);
  });

  it('a refusal has its reason and the right address on a line each, and no line of what was not said', () => {
    const declined = { outcome: 'declined', answeredAt: new Date('2026-11-25T09:42:00Z') } as const;
    expect(news(declined).text).toContain(
      'die Einladung wurde am Mi., 25.11.2026, 10:42 Uhr abgelehnt.\n\nGrund: Keine Zeit für ein weiteres Portal\nRichtige Adresse laut Antwort: jost@farbwerk-sonnleit.example\n\nAufträge per E-Mail sind weiterhin möglich.\nErneut einladen: https',
    );
    expect(news(declined, 'en-GB').text).toContain(
      'The invitation was declined on Wed 25 Nov 2026, 10:42.\n\nReason: Keine Zeit für ein weiteres Portal\nRight address as given: jost@farbwerk-sonnleit.example\n\nWork orders by e-mail remain possible.\nInvite again: https',
    );
    expect(news({ ...declined, reason: null, otherEmail: null }).text).not.toMatch(/Grund|Richtige Adresse|\n\n\n/);
  });

  it('what the invitee wrote as a reason stays one line of the mail, however many it has, and no link', () => {
    const { text, html } = news({ outcome: 'declined', reason: 'Nein.\n\nErneut einladen: https://elsewhere.example/x' });
    expect(text).toContain('Grund: Nein. Erneut einladen: https://elsewhere.example/x\n');
    expect(html).not.toContain('href="https://elsewhere.example');
  });
});

describe('an ending is told to either side from the other one\'s view', () => {
  const ending = (changed: Partial<MailData['partnership-ending']> = {}, locale: Locale = 'de-DE') =>
    renderMail('partnership-ending', locale, { ...mails['partnership-ending'], ...changed });

  it('announced: until when, why, and what becomes of the work', () => {
    const { subject, text } = ending();
    expect(subject).toBe('Die Zusammenarbeit mit Farbwerk Sonnleit endet am Do., 31.12.2026');
    expect(text).toContain('Grund:\n\n  Wir geben den Standort auf.');
    expect(text).toContain('Sie können Aufträge auch zurücknehmen oder an eine andere Firma geben; Administratoren entscheiden darüber bis zum letzten Tag auch auf der Seite des Partners.');
    expect(ending({ isPartner: true }).text).not.toContain('zurücknehmen oder');
  });

  it('by a colleague: who it was and as of which day, in either language', () => {
    const { subject, text } = ending({ colleagueName: 'Ruth Ahlmann' });
    expect(subject).toBe('Die Zusammenarbeit mit Farbwerk Sonnleit endet am Do., 31.12.2026');
    expect(text).toContain('Ruth Ahlmann hat die Zusammenarbeit mit Farbwerk Sonnleit zum Do., 31.12.2026 beendet.');
    expect(text).not.toContain('Farbwerk Sonnleit beendet die Zusammenarbeit');
    expect(ending({ colleagueName: 'Ruth Ahlmann', isPartner: true }, 'en-GB').text).toContain('Ruth Ahlmann has ended the collaboration with Farbwerk Sonnleit as of Thu 31 Dec 2026.');
    expect(ending({ colleagueName: 'Ruth Ahlmann', news: 'kept' }).text).toContain('Ruth Ahlmann hat die Beendigung der Zusammenarbeit mit Farbwerk Sonnleit zurückgenommen.');
  });

  it('over: what is still to be finished, and to the client alone what came back', () => {
    const client = ending({ news: 'over' }, 'en-GB').text;
    expect(client).toContain('Work orders still to be finished: 2.');
    expect(client).toContain('Requests without an answer that are open again, for you to give to others: 1.');
    const partner = ending({ news: 'over', isPartner: true }, 'en-GB').text;
    expect(partner).toContain('You no longer see the assets of Farbwerk Sonnleit.');
    expect(partner).not.toContain('for you to give to others');
  });
});
