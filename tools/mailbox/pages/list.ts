import { type MailStatus, statusOf } from '../control/present.ts';
import { searchMails, searchShape } from '../control/search.ts';
import type { Mailroom } from '../mailroom.ts';
import type { Address, Mail } from '../records.ts';
import { type Frame, timeMarkup } from './layout.ts';
import { type Markup, markup } from './markup.ts';
import { fill } from './words.ts';

const PAGE_SIZE = 50;

export interface ListQuery {
  q: string;
  direction: 'all' | 'out' | 'in';
  page: number;
}

export function readListQuery(query: Record<string, unknown>): ListQuery {
  const { q, direction, page } = query;
  return {
    q: typeof q === 'string' ? q.trim() : '',
    direction: direction === 'out' || direction === 'in' ? direction : 'all',
    page: Math.max(1, Math.trunc(Number(page)) || 1),
  };
}

/** All mails, newest first, with search and pages. */
export function listPage(room: Mailroom, query: ListQuery, frame: Frame): Markup {
  const { words } = frame;
  const search = searchShape.parse({ direction: query.direction, ...(query.q ? { q: query.q } : {}) });
  const found = searchMails(room.store, search);
  const shown = found.slice((query.page - 1) * PAGE_SIZE, query.page * PAGE_SIZE);
  return markup`<h1 class="hidden">${words.title}</h1>
<form class="tools" method="get" action="/" role="search">
<div class="segments">${(['all', 'out', 'in'] as const).map((direction) => segment(direction, query, frame))}</div>
${query.direction === 'all' ? null : markup`<input type="hidden" name="direction" value="${query.direction}">`}
<label class="search"><span class="hidden">${words.search}</span><input type="search" name="q" value="${query.q}" placeholder="${words.searchHint}" autocomplete="off"></label>
<button class="plain">${words.search}</button>
<span id="count" class="hint" data-live>${fill(words.count, found.length)}</span>
</form>
<div id="list" data-live>
${shown.length === 0 ? nothing(query, frame) : table(shown, frame)}
</div>
<div id="pages" class="pages" data-live>
${query.page > 1 ? markup`<a href="${address({ ...query, page: query.page - 1 })}">${words.newer}</a>` : null}
${found.length > query.page * PAGE_SIZE ? markup`<a href="${address({ ...query, page: query.page + 1 })}">${words.older}</a>` : null}
</div>`;
}

function segment(direction: ListQuery['direction'], query: ListQuery, { words }: Frame): Markup {
  const current = direction === query.direction ? markup` aria-current="true"` : null;
  return markup`<a href="${address({ ...query, direction, page: 1 })}"${current}>${words[direction]}</a>`;
}

function address({ q, direction, page }: ListQuery): string {
  const params = new URLSearchParams();
  if (q) params.set('q', q);
  if (direction !== 'all') params.set('direction', direction);
  if (page > 1) params.set('page', String(page));
  const text = params.toString();
  return text ? `/?${text}` : '/';
}

function nothing(query: ListQuery, { words }: Frame): Markup {
  if (!query.q && query.direction === 'all') return markup`<p class="empty">${words.empty}</p>`;
  return markup`<p class="empty">${words.emptySearch} <a href="/">${words.clearSearch}</a></p>`;
}

function table(mails: Mail[], frame: Frame): Markup {
  const { words } = frame;
  return markup`<table class="mails">
<thead><tr><th scope="col">${words.from} / ${words.to}</th><th scope="col">${words.subject}</th><th scope="col">${words.status}</th><th scope="col">${words.time}</th></tr></thead>
<tbody>${mails.map((mail) => row(mail, frame))}</tbody>
</table>`;
}

function row(mail: Mail, frame: Frame): Markup {
  const { words } = frame;
  const isOut = mail.direction === 'out';
  const people = isOut ? mail.to.map(nameOf).join(', ') : nameOf(mail.from);
  return markup`<tr>
<td class="who"><span class="direction ${isOut ? 'is-out' : 'is-in'}" title="${isOut ? words.outgoing : words.incoming}">${isOut ? '→' : '←'}<span class="hidden">${isOut ? words.to : words.from}</span></span>${people}</td>
<td class="what"><a href="/mails/${mail.id}">${mail.subject || words.noSubject}</a>${mail.files.length > 0 ? markup`<span class="hint clip">${words.files}: ${mail.files.length}</span>` : null}</td>
<td class="state">${statusChip(statusOf(mail), frame)}</td>
<td class="when">${timeMarkup(mail.at, frame)}</td>
</tr>`;
}

export function nameOf({ name, email }: Address): string {
  return name ? `${name} <${email}>` : email;
}

const SIGNS: Record<MailStatus, string> = {
  accepted: '…', delivered: '✓', bounced: '✕', complained: '⚑', suppressed: '⊘', scheduled: '…', processed: '✓', failed: '✕',
};

/** A state with sign, colour and word. */
export function statusChip(status: MailStatus, { words }: Frame): Markup {
  return markup`<span class="chip is-${status}"><span aria-hidden="true">${SIGNS[status]}</span>${words[status]}</span>`;
}
