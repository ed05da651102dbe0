import { describe, expect, it } from '@jest/globals';
import { LOCALES, type Locale } from '#domain/statuses.ts';
import { MAIL_NAMES } from '#domain/words/mail-names.ts';
import { renderMail, type MailData, type MailName } from '#templates/render.ts';
import { mails, token } from './mail-data.ts';

/** Renders a mail of the cast, with what matters to the test changed. */
function mail<Name extends MailName>(name: Name, changed: Partial<MailData[Name]> = {}, locale: Locale = 'de-DE') {
  return renderMail(name, locale, { ...mails[name], ...changed });
}
const link = `https://gewerk.example/a/${token}`;

describe.each(MAIL_NAMES)('mail %s', (name) => {
  it.each(LOCALES)('is complete in %s: subject, text and HTML under 30 KB that say the same', (locale) => {
    const { subject, text, html } = renderMail(name, locale, mails[name]);
    expect(subject).not.toBe('');
    expect(subject).not.toMatch(/[\r\n]|\{\{/);
    expect(text).not.toMatch(/\{\{|undefined|null|\[object/);
    expect(html).not.toMatch(/\{\{|undefined|\[object/);
    expect(Buffer.byteLength(html)).toBeLessThan(30_000);
    expect(html).toContain(`lang="${locale}"`);
    if (locale === 'de-CH') expect(text).not.toContain('Grüße');
    const inHtml = html.slice(html.indexOf('<table')).replace(/<[^>]+>/g, ' ');
    for (const line of text.split('\n').filter((one) => /^\p{Lu}[\p{L} ]+:$/u.test(one))) expect(inHtml).toContain(line.slice(0, -1));
  });

  it('throws when data is missing, so that no mail goes out with a hole', () => {
    const { clientName: _gone, ...rest } = mails[name];
    expect(() => renderMail(name, 'de-DE', rest as never)).toThrow(/clientName/);
  });

  it('loads nothing from elsewhere and measures nobody', () => {
    expect(mail(name).html).not.toMatch(/<img|<script|src=|@import|url\(/);
  });
});

describe('the assignment mail says all that is needed', () => {
  it('in German', () => {
    const { subject, text } = mail('assignment');
    expect(subject).toBe('Auftrag M-2026-00042: Decke nach Wasserschaden streichen, Ahornhof 7');
    expect(text).toBe(
      [
        'Guten Tag Mira Sonnleit,',
        '',
        'wir möchten Sie mit folgender Arbeit beauftragen:',
        '',
        '  Decke nach Wasserschaden streichen',
        '  Im Treppenhaus hat ein Rohrbruch einen Fleck von etwa 2 m²',
        '  hinterlassen. Die Decke ist trocken (gemessen am 19.11.). Bitte lose',
        '  Farbe entfernen, sperren und die Decke im 3. OG ganz streichen.',
        '',
        'Wo: Ahornhof 7, 99990 Neuquell, Treppenhaus 3. OG',
        'Vor Ort: Ivo Bronn, Tel. 0171 39200 12',
        'Zugang: Schlüssel beim Hausmeister, Leiter bis 4 m im Keller',
        'Erledigen bis: Fr., 11.12.2026',
        'Kostenrahmen: bis 900,00 € brutto ohne Rückfrage',
        'Fotos und Unterlagen: 4, zu sehen unter dem Link',
        '',
        'Bitte antworten Sie bis Do., 26.11.2026, 12:00 Uhr.',
        'Annehmen oder ablehnen (ohne Anmeldung):',
        link,
        'Oder antworten Sie auf diese E-Mail und schreiben Sie in die erste Zeile nur ANNEHMEN oder ABLEHNEN. Ein Grund darunter hilft uns.',
        '',
        'Jede andere Antwort, auch mit Fotos, erreicht Nora Feldhus als Nachricht zum Auftrag. Bitte lassen Sie Betreff und Empfängeradresse unverändert. Dateien über 20 MB nehmen wir per E-Mail nicht an, bitte hier hochladen:',
        `${link}/dateien`,
        'Rechnung an Wohnpark Erlenquell GmbH, bitte mit Nummer M-2026-00042 an rechnung@erlenquell.example, nicht als Antwort auf diese E-Mail.',
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
  });

  it('in English', () => {
    const { subject, text } = mail('assignment', {}, 'en-GB');
    expect(subject).toBe('Work order M-2026-00042: Decke nach Wasserschaden streichen, Ahornhof 7');
    for (const sentence of [
      'Hello Mira Sonnleit,',
      'We would like you to carry out the following work:',
      'Where: Ahornhof 7, 99990 Neuquell, Treppenhaus 3. OG',
      'On site: Ivo Bronn, tel. 0171 39200 12',
      'To be done by: Fri 11 Dec 2026',
      'Cost limit: up to €900.00 gross without asking',
      'Photos and documents: 4, see the link',
      'Please answer by Thu 26 Nov 2026, 12:00.',
      'Or reply to this e-mail with just ACCEPT or DECLINE on the first line. A reason below it helps us.',
      'Invoice to Wohnpark Erlenquell GmbH, quoting M-2026-00042, to rechnung@erlenquell.example, not as a reply to this e-mail.',
      'Kind regards\nNora Feldhus, Wohnpark Erlenquell\nTel. 069 90009-123',
    ]) expect(text).toContain(sentence);
  });

  it.each([
    [{ kind: 'maintenance' }, 'folgende Wartung ist fällig. Wir möchten Sie damit beauftragen:'],
    [{ wants: 'date' }, 'im Rahmen unseres Vertrags beauftragen wir Sie mit folgender Arbeit. Eine Annahme ist nicht nötig, bitte nennen Sie uns Ihren Termin:'],
    [{ wants: 'quote' }, 'wir bitten um ein Angebot für folgende Arbeit. Bitte beginnen Sie noch nicht:'],
    [{ wants: 'date' }, 'Oder antworten Sie einfach auf diese E-Mail.'],
    [{ areSeveralAsked: true }, 'Wir fragen mehrere Firmen an. Den Auftrag erhält, wer ihn zuerst annimmt. Sie bekommen in jedem Fall Bescheid.'],
    [{ earlierOrderNumber: 'M-2025-00007' }, 'wir bitten Sie, diesen Mangel an Ihrer Leistung aus M-2025-00007 bis Fr., 11.12.2026 zu beseitigen.'],
    [{ isEmergency: true }, 'Dies ist ein Notfall. Bitte rufen Sie uns sofort an: 069 90009-999. Gefahr für Menschen: 112.'],
    [{ message: 'Bitte vorher klingeln.' }, 'Nachricht von Nora Feldhus:\n\n  Bitte vorher klingeln.'],
  ] as const)('with %o it says so', (changed, sentence) => {
    expect(mail('assignment', changed).text).toContain(sentence);
  });

  it('puts an emergency above all else, and into the subject', () => {
    const { subject, text, html } = mail('assignment', { isEmergency: true });
    expect(subject).toMatch(/^NOTFALL: Auftrag/);
    expect(text).toMatch(/^Dies ist ein Notfall\./);
    expect(html).toContain('href="tel:06990009999"');
    expect(html).toContain('href="tel:112"');
  });

  it('asks for no acceptance where none is needed', () => {
    expect(mail('assignment', { wants: 'date' }).text).not.toContain('ANNEHMEN');
    expect(mail('assignment', { wants: 'date' }).html).not.toContain('/annehmen');
  });

  it('asks the Swiss for an Offerte', () => {
    expect(mail('assignment', { wants: 'quote' }, 'de-CH').text).toContain('wir bitten um eine Offerte für folgende Arbeit.');
  });

  it('has buttons that only lead to the page, which alone changes anything', () => {
    const { html } = mail('assignment');
    expect(html).toContain(`href="${link}/annehmen"`);
    expect(html).toContain(`href="${link}/ablehnen"`);
    expect(html).toContain(`href="${link}"`);
    expect(html).toContain('bgcolor="#0b5f73"');
    expect(html).not.toContain('<form');
  });

  it('hides the long address behind words in HTML and shows it on one line in the text', () => {
    const { text, html } = mail('assignment');
    expect(html.replace(/<[^>]+>/g, '')).not.toContain(token);
    expect(text.split('\n')).toContain(link);
  });
});

describe('a line whose placeholder is empty falls away with its label', () => {
  it('whole lines', () => {
    const { text, html } = mail('assignment', {
      accessNote: null, dueDate: null, costLimit: null, fileCount: 0, onSiteContact: null, onSitePhone: null,
    });
    for (const label of ['Zugang', 'Erledigen bis', 'Kostenrahmen', 'Fotos und Unterlagen', 'Vor Ort']) {
      expect(text).not.toContain(`${label}:`);
      expect(html).not.toContain(`${label}:`);
    }
    expect(text).not.toMatch(/\n\n\n/);
  });

  it('of several placeholders only the empty one, with its comma', () => {
    expect(mail('assignment', { locationText: null }).text).toContain('Wo: Ahornhof 7, 99990 Neuquell\n');
    expect(mail('assignment', { onSiteContact: null }).text).toContain('Vor Ort: Tel. 0171 39200 12\n');
    expect(mail('assignment', { onSitePhone: null }).text).toContain('Vor Ort: Ivo Bronn\n');
    expect(mail('assignment', { siteShort: null }).subject).toBe('Auftrag M-2026-00042: Decke nach Wasserschaden streichen');
    expect(mail('assignment', { coordinatorName: null, coordinatorPhone: null }).text).toContain('Freundliche Grüße\nWohnpark Erlenquell\nWohnpark');
    expect(mail('assignment', { contactName: null }).text).toMatch(/^Guten Tag,\n/);
    expect(mail('assignment', { invoiceEmail: null }).text).toContain('bitte mit Nummer M-2026-00042, nicht als Antwort auf diese E-Mail.');
    expect(mail('assignment', { invoiceEmail: null, billingRecipient: null }).text).not.toContain('Rechnung');
  });
});

describe('what people wrote is data', () => {
  const nasty = '<script>alert(1)</script> {{orderLink}} Maler & Sohn "x"';

  it('is escaped in HTML and shown as it is in the text', () => {
    const { text, html, subject } = mail('assignment', { title: nasty, description: nasty, accessNote: nasty, contactName: 'Maler & Sohn' });
    expect(html).not.toContain('<script');
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt; {{orderLink}} Maler &amp; Sohn');
    expect(text).toContain(`Zugang: ${nasty}`);
    expect(text).toContain('Guten Tag Maler & Sohn,');
    expect(text).not.toMatch(/&(amp|lt|quot|#)/);
    expect(subject).toContain('Maler & Sohn');
  });

  it('cannot break out of its line, its indent or the subject', () => {
    const { text, subject } = mail('assignment', {
      title: 'Dach\r\nBcc: x@example.org\u2028Rechnung an: Fremde\u202e',
      accessNote: 'links\r\nKostenrahmen: unbegrenzt',
      description: 'eins\r\nRechnung bitte an IBAN DE00\u2028zwei\n\n\n\ndrei',
    });
    expect(subject).toBe('Auftrag M-2026-00042: Dach Bcc: x@example.org Rechnung an: Fremde, Ahornhof 7');
    expect(text).toContain('Zugang: links Kostenrahmen: unbegrenzt\n');
    expect(text).toContain('  eins\n  Rechnung bitte an IBAN DE00\n  zwei\n\n  drei\n');
    for (const line of text.split('\n').filter((one) => /IBAN|^ *zwei|^ *drei/.test(one))) expect(line).toMatch(/^ {2}\S/);
  });

  it('is wrapped at 72 columns, but its addresses stay whole and are no links', () => {
    const address = `https://example.org/${'x'.repeat(100)}`;
    const { text, html } = mail('assignment', { description: `${'wort '.repeat(60)}${address}` });
    const lines = text.split('\n').filter((line) => line.startsWith('  '));
    expect(lines).toContain(`  ${address}`);
    for (const line of lines.filter((one) => !one.includes(address))) expect(line.length).toBeLessThanOrEqual(72);
    expect(html).not.toContain(`href="${address}`);
  });

  it('cannot reach prototypes', () => {
    expect(mail('assignment', { title: '{{constructor}}' }).subject).toContain('{{constructor}}');
  });
});

describe('one subject per thread', () => {
  it('is fixed by the first mail and kept by all later ones', () => {
    const { subject } = mail('assignment');
    for (const name of ['reminder', 'last-reminder', 'withdrawal', 'cancellation', 'acceptance-confirmed', 'done-question', 'closed'] as const) {
      expect(renderMail(name, 'de-DE', { ...mails[name], title: 'Neuer Titel', threadSubject: subject } as never).subject).toBe(`Re: ${subject}`);
    }
  });

  it('of coordinators is their own', () => {
    expect(mail('escalation').subject).toBe('Keine Antwort: M-2026-00042 Decke nach Wasserschaden streichen (Farbwerk Sonnleit)');
    expect(mail('escalation', { cause: 'bounce' }, 'en-GB').subject).toMatch(/^Not delivered: M-2026-00042/);
    expect(mail('comment-digest', { audience: 'coordinator', threadSubject: null }).subject).toBe('M-2026-00042: Decke nach Wasserschaden streichen');
  });

  it('of an unmatched mail is the sender’s, with one Re:', () => {
    expect(mail('could-not-match', { originalSubject: 'AW: Re: Decke' }).subject).toBe('Re: Decke');
  });
});

describe('each mail says its news in the agreed words', () => {
  const inLastReminder = 'letzte Erinnerung: Hören wir bis Do., 26.11.2026, 12:00 Uhr nichts von Ihnen, vergeben wir diesen Auftrag anderweitig.';
  it.each([
    ['reminder', {}, 'uns fehlt noch Ihre Antwort zu diesem Auftrag:'],
    ['reminder', {}, 'Können Sie ihn übernehmen? Bitte antworten Sie bis Do., 26.11.2026, 12:00 Uhr.\nAnnehmen oder ablehnen'],
    ['last-reminder', {}, inLastReminder],
    ['last-reminder', { handsOn: false }, 'letzte Erinnerung: Bitte antworten Sie bis Do., 26.11.2026, 12:00 Uhr. Danach rufen wir Sie an.'],
    ['withdrawal', {}, 'der Auftrag M-2026-00042 (Decke nach Wasserschaden streichen) ist anderweitig vergeben. Sie müssen nichts mehr tun.'],
    ['withdrawal', { reason: 'no_answer' }, 'da wir bis Do., 26.11.2026, 12:00 Uhr keine Antwort hatten, haben wir unsere Anfrage zum Auftrag M-2026-00042 (Decke nach Wasserschaden streichen) zurückgezogen.'],
    ['withdrawal', { reason: 'share_ended' }, 'da der Arbeitsbereich nicht mehr für Sie freigegeben ist, haben wir unsere Anfrage zum Auftrag M-2026-00042 (Decke nach Wasserschaden streichen) zurückgezogen. Sie müssen nichts mehr tun.'],
    ['withdrawal', { reason: 'partnership_ended' }, 'da unsere Zusammenarbeit endet, haben wir unsere Anfrage zum Auftrag M-2026-00042 (Decke nach Wasserschaden streichen) zurückgezogen. Sie müssen nichts mehr tun.'],
    ['withdrawal', { reason: 'no_longer_needed' }, 'ist entfallen. Sie müssen nichts mehr tun.'],
    ['cancellation', {}, 'wir stornieren den von Ihnen angenommenen Auftrag M-2026-00042 (Decke nach Wasserschaden streichen). Bitte führen Sie keine weiteren Arbeiten aus.'],
    ['cancellation', { hasAccount: true, acceptedAt: new Date('2026-11-25T09:42:00Z'), acceptedBy: 'Mira Sonnleit', promisedFrom: new Date('2026-11-30T07:00:00Z'), promisedTo: new Date('2026-11-30T09:00:00Z') }, 'Im Portal ist der Auftrag nicht mehr zu sehen; diese E-Mail ist Ihr Nachweis: '],
    ['cancellation', {}, 'Grund: Der Mieter zieht aus, wir sanieren ganz.'],
    ['comment-digest', {}, 'Mi., 25.11., 10:51 Uhr, Nora Feldhus:\n  Weiß matt ist richtig.\n  Der Sockel bleibt, wie er ist.'],
    ['comment-digest', {}, 'Neue Dateien: 2\nTermin: Mo., 30.11.2026, 8–10 Uhr\nStatus: In Arbeit'],
    ['daily-digest', {}, 'M-2026-00043: Tür klemmt\n\nMi., 25.11., 12:00 Uhr, Ivo Bronn:\n  Sie klemmt <wieder>.'],
    ['comment-digest', { audience: 'observer', observerLink: 'https://gewerk.example/o/x' }, 'Weniger E-Mails oder abmelden: https://gewerk.example/o/x'],
    ['file-too-large', {}, 'Ihre E-Mail ist angekommen, aber diese Dateien sind größer als 20 MB und wurden nicht gespeichert:\n\nRundgang.mov (30 MB)\nPlan <A>.tif (23 MB)'],
    ['file-too-large', { isReminder: true }, 'diese Dateien fehlen uns noch:'],
    ['file-too-large', {}, 'Bitte laden Sie sie hier hoch (ohne Anmeldung, bis 250 MB je Datei):'],
    ['could-not-match', {}, 'wir konnten Ihre E-Mail vom Mi., 25.11.2026, 09:00 Uhr keinem Auftrag zuordnen. Sie ist nicht verloren: Wohnpark Erlenquell sieht sie durch.'],
    ['escalation', {}, 'Farbwerk Sonnleit hat seit Di., 24.11.2026, 09:15 Uhr nicht geantwortet. Erinnerungen: 2.'],
    ['escalation', {}, 'Anrufen: 069 90010-200, dann Antwort eintragen:'],
    ['escalation', {}, 'Wenn Sie nichts tun: Fr., 27.11.2026, 07:30 Uhr wird die Administration informiert.'],
    ['escalation', { cause: 'bounce', bounceReason: 'Postfach unbekannt' }, 'Die E-Mail an mira@farbwerk-sonnleit.example kam nicht an: Postfach unbekannt.'],
    ['escalation', { cause: 'not_sent', bounceReason: 'Fehler beim Schreiben der E-Mail' }, 'Die E-Mail an mira@farbwerk-sonnleit.example wurde nicht gesendet: Fehler beim Schreiben der E-Mail. Die Firma weiß davon nichts.'],
    ['escalation', { cause: 'nobody_reached', recordAnswerLink: null }, 'Farbwerk Sonnleit hat niemanden mehr, dem wir zu diesem Auftrag schreiben können. Unsere Erinnerung ging deshalb an niemanden. Bitte rufen Sie an, oder vergeben Sie den Auftrag neu.'],
    ['escalation', { priority: 'urgent' }, 'Notfall. Notdienst: 069 90009-999. Gefahr für Menschen: 112.'],
    ['acceptance-confirmed', {}, 'danke, Ihre Zusage ist eingetragen (Mira Sonnleit, Mi., 25.11.2026, 10:42 Uhr).'],
    ['acceptance-confirmed', {}, 'Per E-Mail: Wenn die Arbeit fertig ist, antworten Sie mit ERLEDIGT in der ersten Zeile.'],
    ['step-refused', {}, 'Jost Sonnleit hat diesen Auftrag am Mi., 25.11.2026, 10:42 Uhr bereits angenommen.'],
    ['step-refused', { cause: 'given_to_other' }, 'dieser Auftrag ist inzwischen anderweitig vergeben. Sie müssen nichts tun. Danke für Ihre Antwort.'],
    ['answer-forwarded', {}, 'die Antwortfrist ist abgelaufen. Wir haben Ihre Zusage weitergeleitet; Wohnpark Erlenquell bestätigt sie Ihnen. Bitte beginnen Sie vorher nicht.'],
    ['done-question', {}, 'ist der Auftrag M-2026-00042 (Decke nach Wasserschaden streichen) erledigt?'],
    ['done-question', {}, 'Bitte wählen Sie: erledigt, dauert länger, neuer Termin, nicht möglich:'],
    ['on-site-notice', {}, 'Farbwerk Sonnleit kommt am Mo., 30.11.2026, 8–10 Uhr zu folgender Arbeit:'],
  ] as const)('%s with %o', (name, changed, sentence) => {
    expect(renderMail(name, 'de-DE', { ...mails[name], ...changed } as never).text).toContain(sentence);
  });

  it('an escalation to the responsible does not say that they were told', () => {
    expect(mail('escalation', { responsibleName: null, toldAt: null }).text).not.toContain('informiert.\n\nNora');
    expect(mail('escalation', { nextFirmName: null }).text).not.toContain('An nächste Firma');
  });

  it('no mail to a contractor names another firm', () => {
    for (const name of ['withdrawal', 'step-refused'] as const) expect(mail(name).text).not.toMatch(/Habicht/);
  });
});

describe('the preview', () => {
  it('is the news with the deadline, and no text of the body follows it', () => {
    const { html } = mail('reminder');
    const hidden = /<div style="display:none[^>]*>([^<]*)<\/div>/.exec(html)?.[1] ?? '';
    expect(hidden).toMatch(/^Uns fehlt noch Ihre Antwort\. Bitte antworten Sie bis Do\., 26\.11\.2026, 12:00 Uhr\./);
    expect(hidden.length).toBeGreaterThan(200);
  });
});

describe('the client logo', () => {
  it('is the only image, with its words and size', () => {
    const { html } = mail('assignment', { logo: { url: 'https://gewerk.example/logo.png', width: 120, height: 40 } });
    expect(html.match(/<img/g)).toHaveLength(1);
    expect(html).toContain('alt="Wohnpark Erlenquell" width="120" height="40"');
  });
});
