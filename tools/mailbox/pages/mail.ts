import { formatAddresses } from '../addresses.ts';
import { statusOf } from '../control/present.ts';
import type { Mailroom } from '../mailroom.ts';
import { rawMessage } from '../postmark/raw.ts';
import type { Mail, WebhookCall } from '../records.ts';
import { actionsOfInbound, actionsOfOutbound } from './forms.ts';
import { type Frame, sizeText, timeMarkup } from './layout.ts';
import { nameOf, statusChip } from './list.ts';
import { type Markup, markup } from './markup.ts';
import { fill } from './words.ts';

export const VIEWS = ['html', 'text', 'headers', 'source'] as const;
export type View = (typeof VIEWS)[number];

export interface MailPageQuery {
  view: View | null;
  isPhone: boolean;
  hasImages: boolean;
}

/** One mail: what is in it, what became of it, and what can be done with it. */
export function mailPage(room: Mailroom, mail: Mail, query: MailPageQuery, frame: Frame): Markup {
  const { words } = frame;
  const view = query.view ?? (mail.html ? 'html' : 'text');
  return markup`<p class="back"><a href="/">← ${words.back}</a></p>
<div class="columns">
<article class="card">
<h1>${mail.subject || words.noSubject}</h1>
<div id="status" data-live>${statusChip(statusOf(mail), frame)} ${timeMarkup(mail.at, frame)}</div>
${mail.direction === 'out' ? markup`<p class="jump"><a class="button" href="#reply">${words.reply}</a></p>` : null}
${people(mail, frame)}
${files(mail, frame)}
${viewLinks(mail, view, query, frame)}
${content(room, mail, view, query, frame)}
${metadata(mail, frame)}
</article>
<aside>
${mail.direction === 'out' ? actionsOfOutbound(mail, frame) : actionsOfInbound(mail, frame)}
<section id="fate" class="card" data-live>${fate(room, mail, frame)}</section>
</aside>
</div>`;
}

function people(mail: Mail, { words }: Frame): Markup {
  const rows: [string, string][] = [
    [words.from, nameOf(mail.from)],
    [words.to, mail.to.map(nameOf).join(', ')],
    [words.cc, mail.cc.map(nameOf).join(', ')],
    ['Bcc', formatAddresses(mail.bcc)],
    [words.replyTo, mail.replyTo],
  ];
  if (mail.direction === 'in') rows.push(['OriginalRecipient', mail.originalRecipient], ['MailboxHash', mail.mailboxHash]);
  else rows.push([words.tag, mail.tag]);
  return markup`<dl class="facts">${rows.filter(([, value]) => value !== '').map(([label, value]) => markup`<dt>${label}</dt><dd>${value}</dd>`)}</dl>`;
}

function files(mail: Mail, frame: Frame): Markup | null {
  if (mail.files.length === 0) return null;
  return markup`<ul class="files" aria-label="${frame.words.files}">${mail.files.map((file, index) => markup`<li><a href="/mails/${mail.id}/files/${index}" target="_blank" rel="noopener">${file.name || file.contentType}</a> <span class="hint">${sizeText(file.size, frame)}${file.contentId ? ` · cid:${file.contentId}` : ''}</span></li>`)}</ul>`;
}

function viewLinks(mail: Mail, view: View, query: MailPageQuery, { words }: Frame): Markup {
  const labels: Record<View, string> = { html: words.viewHtml, text: words.viewText, headers: words.viewHeaders, source: words.viewSource };
  const tabs = VIEWS.map((one) => markup`<a href="/mails/${mail.id}?view=${one}"${one === view ? markup` aria-current="true"` : null}>${labels[one]}</a>`);
  const toggles = view === 'html' && mail.html
    ? markup`<span class="toggles"><a href="${toggled(mail, { ...query, isPhone: !query.isPhone })}"${query.isPhone ? markup` aria-current="true"` : null}>${words.phoneWidth}</a><a href="${toggled(mail, { ...query, hasImages: !query.hasImages })}"${query.hasImages ? markup` aria-current="true"` : null}>${words.loadImages}</a></span>`
    : null;
  return markup`<div class="views"><span class="segments">${tabs}</span>${toggles}</div>`;
}

function toggled(mail: Mail, query: MailPageQuery): string {
  return `/mails/${mail.id}?view=html${query.isPhone ? '&phone=1' : ''}${query.hasImages ? '&images=1' : ''}`;
}

function content(room: Mailroom, mail: Mail, view: View, query: MailPageQuery, { words }: Frame): Markup {
  if (view === 'headers') {
    const rows = [{ Name: 'Message-ID', Value: mail.messageIdHeader }, ...mail.headers.filter(({ Name }) => Name.toLowerCase() !== 'message-id')];
    return markup`<table class="headers"><tbody>${rows.map(({ Name, Value }) => markup`<tr><th scope="row">${Name}</th><td>${Value}</td></tr>`)}</tbody></table>`;
  }
  if (view === 'source') return markup`<pre class="body">${rawMessage(mail, room.store)}</pre>`;
  if (view === 'text') return mail.text ? markup`<pre class="body">${mail.text}</pre>` : markup`<p class="empty">${words.noText}</p>`;
  if (!mail.html) return markup`<p class="empty">${words.noHtml}</p>`;
  return markup`<iframe class="body${query.isPhone ? ' is-phone' : ''}" title="${words.viewHtml}" src="/mails/${mail.id}/html${query.hasImages ? '?images=1' : ''}" sandbox="allow-popups allow-popups-to-escape-sandbox" referrerpolicy="no-referrer"></iframe>`;
}

function metadata(mail: Mail, { words }: Frame): Markup | null {
  if (mail.direction === 'in') return null;
  const entries = Object.entries(mail.metadata);
  if (entries.length === 0) return null;
  return markup`<h2>${words.metadata}</h2><dl class="facts">${entries.map(([key, value]) => markup`<dt>${key}</dt><dd>${value}</dd>`)}</dl>`;
}

function fate(room: Mailroom, mail: Mail, frame: Frame): Markup {
  const { words } = frame;
  const related = room.store.newestFirst().filter((other) =>
    mail.direction === 'out' ? other.direction === 'in' && other.answers === mail.id : other.id === mail.answers,
  );
  const events = mail.direction === 'out'
    ? mail.events.map((event) => markup`<li>${event.Type} · ${event.Recipient} · ${timeMarkup(event.ReceivedAt, frame)}<br><span class="hint">${String(event.Details['Summary'] ?? event.Details['DeliveryMessage'] ?? '')}</span></li>`)
    : [];
  return markup`
${events.length > 0 ? markup`<h2>${words.deliveries}</h2><ul class="plain-list">${events}</ul>` : null}
${related.length > 0 ? markup`<h2>${mail.direction === 'out' ? words.answers : words.answered}</h2><ul class="plain-list">${related.map((other) => markup`<li><a href="/mails/${other.id}">${other.subject || words.noSubject}</a><br><span class="hint">${nameOf(other.from)}</span> ${statusChip(statusOf(other), frame)}</li>`)}</ul>` : null}
<h2>${words.webhooks}</h2>
${webhookList(room.store.webhooksOf(mail.id), frame)}`;
}

function webhookList(calls: WebhookCall[], frame: Frame): Markup {
  const { words } = frame;
  if (calls.length === 0) return markup`<p class="hint">${words.noWebhooks}</p>`;
  return markup`<ul class="plain-list">${calls.map((call) => {
    const state = call.state === 'accepted' ? words.accepted_hook : words[call.state];
    const isGood = call.state === 'accepted' ? 'is-delivered' : call.state === 'waiting' ? 'is-accepted' : 'is-bounced';
    return markup`<li><strong>${call.recordType}</strong> <span class="chip ${isGood}">${state}</span>
${call.state === 'waiting' && call.dueAt ? markup`<span class="hint"> ${fill(words.nextAttempt, '')} ${timeMarkup(call.dueAt, frame)}</span>` : null}
<ol class="attempts">${call.attempts.map((attempt) => markup`<li>${timeMarkup(attempt.at, frame)} · <strong>${attempt.status ?? words.noAnswer}</strong> · ${attempt.tookMs} ms${attempt.answer ? markup`<br><code>${attempt.answer}</code>` : null}</li>`)}</ol>
${call.state === 'accepted' ? null : markup`<button class="plain small" data-post="/control/webhooks/${call.id}/retry">${words.sendNow}</button>`}</li>`;
  })}</ul>`;
}
