import { describe, expect, it } from '@jest/globals';
import { LOCALES, type Locale } from '#domain/statuses.ts';
import { pageAssets, renderPage, type PageData, type PageName } from '#templates/render.ts';
import { pageWordsDe } from '#templates/pages/words/de.ts';
import { pageWordsEn } from '#templates/pages/words/en.ts';
import { basePath, pages, states, who } from './page-data.ts';

const names = Object.keys(pages) as PageName[];
/** Handlebars writes `=` as an entity. */
const written = (html: string): string => html.replaceAll('&#x3D;', '=');
const plain = (html: string): string => html.replace(/<[^>]+>/g, ' ').replace(/[\u00a0\u2060]/g, (mark) => (mark === '\u00a0' ? ' ' : '')).replace(/\s+/g, ' ');

function page<Name extends PageName>(name: Name, changed: Partial<PageData[Name]> = {}, locale: Locale = 'de-DE'): string {
  return written(renderPage(name, locale, { ...pages[name], ...changed }));
}
function state(name: string, locale: Locale = 'de-DE'): string {
  const found = states[name];
  if (!found) throw new Error(`no state ${name}`);
  return written(renderPage(found.name, locale, found.data as never));
}

describe('every public page', () => {
  it.each(names)('%s renders in every locale, in its language', (name) => {
    for (const locale of LOCALES) {
      const html = renderPage(name, locale, pages[name]);
      expect(html).toContain(`<html lang="${locale}">`);
      expect(html).not.toMatch(/\{\{|undefined|\[object/);
      if (locale === 'de-CH') expect(html).not.toMatch(/größer|Weiß ich/);
    }
  });

  it.each(Object.keys(states))('state %s renders in both languages', (name) => {
    expect(state(name)).not.toMatch(/\{\{|undefined|\[object/);
    expect(state(name, 'en-GB')).not.toMatch(/Auftrag[^s]|undefined/);
  });

  it.each([...names.map((name) => [name, page(name)]), ...Object.keys(states).map((name) => [name, state(name)])])(
    '%s stands on itself: one h1, no request to anybody else, no inline script or style',
    (_name, html) => {
      expect(html.match(/<h1/g)).toHaveLength(1);
      const loaded = [...html.matchAll(/<(?:link|script|img)[^>]*(?:href|src)="([^"]+)"/g)].map((match) => match[1] ?? '');
      for (const address of loaded) expect(address).toMatch(/^(\/a\/|\/o\/|\/f\/|\/assets\/pages\/page\.[0-9a-f]{12}\.(css|js)$|data:,$)/);
      expect(html).not.toMatch(/<script(?![^>]*src=)|<style|style="|\son[a-z]+="/);
      expect(html).toContain('<meta name="referrer" content="no-referrer">');
      expect(html).toContain('<meta name="robots" content="noindex, nofollow">');
    },
  );

  it('is small: page, style and script together at most 60 KB, page under 30, script under 15', () => {
    const assets = [...pageAssets.entries()];
    const script = assets.find(([path]) => path.endsWith('.js'))?.[1].body ?? '';
    expect(Buffer.byteLength(script)).toBeLessThan(15_000);
    const sum = assets.reduce((all, [, asset]) => all + Buffer.byteLength(asset.body), 0);
    const message = pages.conversation.messages[0];
    const html = page('conversation', { messages: Array.from({ length: 50 }, (_, i) => ({ ...message!, id: `m${i}` })) });
    expect(Buffer.byteLength(html)).toBeLessThan(30_000);
    expect(sum + Buffer.byteLength(html)).toBeLessThan(60_000);
  });

  it('gives every field a label and every image its words', () => {
    for (const html of [...names.map((name) => page(name)), ...Object.keys(states).map((name) => state(name))]) {
      const fields = [...html.matchAll(/<(?:input|select|textarea)(?![^>]*type="(?:hidden|radio|file)")[^>]*\bid="([^"]+)"/g)];
      for (const [, id] of fields) expect(html).toContain(`for="${id}"`);
      for (const [image] of html.matchAll(/<img[^>]*>/g)) expect(image).toMatch(/ alt="/);
    }
  });
});

describe('the order page', () => {
  it('asks the question, says the deadline and leads to the answers', () => {
    const html = page('order');
    const text = plain(html);
    expect(html).toContain('<title>Können Sie diesen Auftrag übernehmen? · M-2026-00042 · Wohnpark Erlenquell</title>');
    expect(text).toContain('Bitte antworten Sie bis Do., 26.11.2026, 12:00 Uhr .');
    expect(text).toContain('Ahornhof 7, 99990 Neuquell, Treppenhaus 3. OG');
    expect(text).toContain('bis 900,00 € brutto ohne Rückfrage');
    expect(text).toContain('Feuchtemessung.pdf (PDF, 240 KB)');
    for (const step of ['annehmen', 'ablehnen', 'nachrichten']) expect(html).toContain(`href="${basePath}/${step}"`);
    expect(html).not.toContain('<form');
  });

  it('says the same in English', () => {
    const text = plain(page('order', {}, 'en-GB'));
    for (const words of ['Can you take on this work?', 'Please answer by Thu 26 Nov 2026, 12:00 .', 'Ask a question', 'up to €900.00 gross without asking']) {
      expect(text).toContain(words);
    }
  });

  it('leaves out what is not known', () => {
    const none = { description: null, onSiteContact: null, onSitePhone: null, onSiteNote: null, accessNote: null, dueDate: null, costLimit: null, files: [], mapLink: null };
    const text = plain(page('order', { work: { ...pages.order.work, ...none } }));
    for (const label of ['Vor Ort', 'Zugang', 'Erledigen bis', 'Kostenrahmen', 'Fotos', 'Karte']) expect(text).not.toContain(label);
  });

  it('names photos by their caption, else by their number', () => {
    const html = page('order');
    expect(html).toContain('alt="Fleck an der Decke"');
    expect(html).toContain('alt="Foto 2 von 3"');
  });

  it('thanks after accepting, asks for the date and shows the next steps', () => {
    const text = plain(state('accepted'));
    expect(text).toContain('Danke, der Auftrag ist angenommen.');
    expect(text).toContain('Eine Bestätigung geht an m•••@farbwerk-sonnleit.example.');
    expect(text).toContain('Mira Sonnleit, Mi., 25.11.2026, 10:42 Uhr');
    for (const words of ['Wann kommen Sie?', 'Weiß ich noch nicht', 'Arbeit begonnen', 'Es geht nicht weiter', 'Erledigt melden', 'War es ein Versehen? Bitte rufen Sie an:']) {
      expect(text).toContain(words);
    }
  });

  it('states the date that was saved and offers it for the calendar', () => {
    expect(plain(state('date-saved'))).toContain('Termin gespeichert: Mo., 30.11.2026, 8–10 Uhr . In den Kalender');
    expect(state('date-saved')).toContain(`href="${basePath}/kalender.ics"`);
  });

  it('shows only steps that are allowed now', () => {
    expect(state('waiting')).not.toContain('/pause"');
    expect(plain(state('waiting'))).toContain('Wartet: Material fehlt');
    expect(state('reported')).not.toMatch(/\/(beginn|pause|erledigt|termin)"/);
    expect(plain(state('reported'))).toContain('Danke. Wohnpark Erlenquell prüft und schließt den Auftrag ab.');
  });
});

describe('accepting', () => {
  it('asks who answers, nobody preselected, and sends nothing by itself', () => {
    const html = page('accept');
    expect(html).toContain(`<form class="step" method="post" action="${basePath}/annehmen" novalidate>`);
    expect(html.match(/name="contactId"/g)).toHaveLength(3);
    expect(html).not.toContain(' checked');
    expect(html).toContain('autocomplete="name"');
    expect(html).toContain('name="idempotencyKey" value="k1"');
    expect(plain(html)).toContain('Sie sagen damit die Ausführung zu. Name und Uhrzeit werden gespeichert.');
    expect(html).not.toContain('data-message');
  });

  it('says what is missing above and at the field, and keeps what was entered', () => {
    const html = state('accept-fault');
    expect(html).toContain('<title>Fehler: Wer antwortet?');
    expect(html).toMatch(/role="alert" tabindex="-1" autofocus>.*Noch nicht angenommen\..*href="#who".*Bitte wählen Sie, wer antwortet\./s);
    expect(html).toContain('aria-describedby="who-fault"');
    const other = page('accept', { who: { ...who, contactId: 'other', otherName: 'Pia <b>' }, faults: [{ field: 'otherName', word: 'nameMissing' }] });
    expect(other).toContain('value="Pia &lt;b&gt;"');
    expect(other).toContain('value="other" checked');
  });
});

describe('languages', () => {
  it('the link to the other one leads to the same page', () => {
    expect(page('decline')).toContain(`<a href="${basePath}/ablehnen?lang=en" lang="en" hreflang="en">English</a>`);
    expect(page('decline', {}, 'en-GB')).toContain(`?lang=de" lang="de" hreflang="de">Deutsch</a>`);
  });

  it('the one asked for is kept in every link and form', () => {
    const html = page('accept', { askedLanguage: 'en' }, 'en-GB');
    expect(html).toContain(`action="${basePath}/annehmen?lang=en"`);
    expect(html).toContain(`href="${basePath}?lang=en"`);
  });

  it('have the same keys and placeholders', () => {
    const holes = (text: string): string[] => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1] ?? '').toSorted();
    for (const [key, text] of Object.entries(pageWordsDe)) {
      expect([key, holes(pageWordsEn[key as keyof typeof pageWordsEn])]).toEqual([key, holes(text)]);
    }
  });
});

describe('pages that say one thing', () => {
  it.each([
    ['link-expired', 'Dieser Link ist abgelaufen. Wenn der Auftrag noch offen ist, kommt der neue Link in wenigen Minuten an die Adresse, die Wohnpark Erlenquell von Ihnen hat.'],
    ['link-unknown', 'Dieser Link ist ungültig. Bitte öffnen Sie ihn noch einmal aus der E-Mail.'],
    ['withdrawn', 'Dieser Auftrag ist entfallen.'],
    ['closed', 'Dieser Auftrag ist abgeschlossen.'],
    ['declined', 'Danke für Ihre Antwort. Sie müssen nichts mehr tun.'],
    ['late', 'Die Antwortfrist ist abgelaufen. Wir haben Ihre Zusage weitergeleitet; Wohnpark Erlenquell bestätigt sie Ihnen. Bitte beginnen Sie vorher nicht.'],
    ['already', 'Jost Sonnleit hat diesen Auftrag am Mi., 25.11.2026, 10:42 Uhr bereits angenommen.'],
    ['error', 'Das hat nicht geklappt, es wurde nichts geändert. Bitte versuchen Sie es noch einmal oder rufen Sie an: 069 90009-120'],
  ])('%s in the agreed words', (name, sentence) => {
    expect(plain(state(name))).toContain(sentence);
  });

  it('taken: kind, and without address, contact or files', () => {
    const html = page('notice');
    expect(plain(html)).toContain('Dieser Auftrag ist inzwischen anderweitig vergeben. Sie müssen nichts tun. Danke für Ihre Antwort.');
    expect(html).not.toMatch(/99990|Bronn|datei/);
  });

  it('a new link is asked for by a button, never by opening the page', () => {
    expect(state('link-expired')).toContain(`<form method="post" action="${basePath}/link-erneuern">`);
  });
});

describe('what people wrote is data on pages, too', () => {
  it('escaped everywhere, never a template, never a link', () => {
    const nasty = '<img src=x onerror=alert(1)> {{t "send"}} https://example.org';
    const message = { ...pages.conversation.messages[0]!, text: nasty, author: nasty };
    for (const html of [
      page('order', { work: { ...pages.order.work, title: nasty, description: nasty, accessNote: nasty, locationText: nasty } }),
      page('conversation', { messages: [message] }),
      page('order', { clientName: nasty, notice: 'date_saved', phase: 'accepted', promisedFrom: new Date(0), acceptedBy: nasty }),
    ]) {
      expect(html).not.toContain('<img src=x');
      expect(html).toContain('{{t &quot;send&quot;}}');
      expect(html).not.toContain('href="https://example.org');
    }
  });
});
