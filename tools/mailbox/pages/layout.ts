import type { Request, Response } from 'express';
import { type Markup, markup } from './markup.ts';
import { type PageLanguage, type Words, WORDS } from './words.ts';

/** What every page needs: its words and where it is. */
export interface Frame {
  language: PageLanguage;
  words: Words;
  /** Address of this page in the other language. */
  otherLanguage: string;
}

/** Reads the language: chosen by ?lang (then remembered), else the browser's, else German. */
export function frameOf(request: Request, response: Response): Frame {
  const asked = request.query['lang'];
  const remembered = /(?:^|;\s*)lang=(de|en)/.exec(request.header('cookie') ?? '')?.[1];
  const language = asked === 'de' || asked === 'en' ? asked : remembered === 'de' || remembered === 'en' ? remembered : request.acceptsLanguages('de', 'en') || 'de';
  if (asked === language) response.cookie('lang', language, { sameSite: 'strict', maxAge: 31_536_000_000 });
  const chosen: PageLanguage = language === 'en' ? 'en' : 'de';
  const url = new URL(request.originalUrl, 'http://mailbox');
  url.searchParams.set('lang', chosen === 'de' ? 'en' : 'de');
  return { language: chosen, words: WORDS[chosen], otherLanguage: url.pathname + url.search };
}

/** Sends a page; it may load nothing from elsewhere. */
export function sendPage(response: Response, frame: Frame, title: string, content: Markup): void {
  const { words } = frame;
  response.set({
    'content-security-policy': "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  });
  const page = markup`<!doctype html>
<html lang="${frame.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="icon" href="/assets/icon.svg">
<link rel="stylesheet" href="/assets/page.css">
<script src="/assets/page.js" defer></script>
</head>
<body data-done="${words.done}" data-open="${words.openMail}" data-failed="${words.failedAction}">
<header class="bar">
<a class="brand" href="/">${envelope()}<span>${words.title}</span></a>
<span class="subtitle">${words.subtitle}</span>
<nav><a class="bar-button" href="/compose">${words.newMail}</a><a class="bar-link" href="${frame.otherLanguage}" lang="${frame.language === 'de' ? 'en' : 'de'}">${words.otherLanguage}</a></nav>
</header>
<div id="notice" role="status" aria-live="polite" hidden></div>
<main>
${content}
</main>
</body>
</html>`;
  response.type('html').send(page.html);
}

const envelope = (): Markup =>
  markup`<svg width="20" height="20" viewBox="0 0 20 20" aria-hidden="true"><path d="M2.5 5h15v10h-15z M2.5 5.5 10 11l7.5-5.5" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linejoin="round"/></svg>`;

const ZONE = 'Europe/Berlin';

/** A moment as people say it: today and yesterday by name, else the date. */
export function timeMarkup(at: string, { language, words }: Frame, now = new Date()): Markup {
  const locale = language === 'de' ? 'de-DE' : 'en-GB';
  const date = new Date(at);
  const day = (moment: Date): string => moment.toLocaleDateString('en-CA', { timeZone: ZONE });
  const clock = date.toLocaleTimeString(locale, { timeZone: ZONE, hour: '2-digit', minute: '2-digit', second: '2-digit' });
  const full = `${date.toLocaleDateString(locale, { timeZone: ZONE, weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' })}, ${clock}`;
  const near = day(date) === day(now) ? words.today : day(date) === day(new Date(now.getTime() - 86_400_000)) ? words.yesterday : null;
  return markup`<time datetime="${at}" title="${full}">${near ? `${near}, ${clock}` : full}</time>`;
}

export function sizeText(bytes: number, { language }: Frame): string {
  const [value, unit] = bytes < 1024 ? [bytes, 'B'] : bytes < 1024 * 1024 ? [bytes / 1024, 'KB'] : [bytes / 1024 / 1024, 'MB'];
  return `${value.toLocaleString(language === 'de' ? 'de-DE' : 'en-GB', { maximumFractionDigits: unit === 'MB' ? 1 : 0 })} ${unit}`;
}
