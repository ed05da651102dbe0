import { Button, IconButton } from '@mui/material';
import { keepPreviousData, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useStore } from 'react-admin';
import { useSearchParams } from 'react-router-dom';
import { dayName } from '#domain/format/calendar-names.ts';
import { localDay } from '#domain/format/dates.ts';
import { AccountLink } from '../parts/AccountLink.tsx';
import { BackIcon, CalendarIcon, ChevronRightIcon, ClockIcon } from '../parts/icons.ts';
import { Answer } from '../parts/States.tsx';
import { usePortal } from '../parts/portal.ts';
import { useSpokenLocale, useT } from '../parts/speech.ts';
import { useFormat } from '../parts/time.ts';
import type { ClientOrder } from '../providers/partner-types.ts';
import { entriesByDay, moved, weeksOf, type CalendarEntry, type Span } from './calendar.ts';
import './client-orders.css';

const PER_PAGE = 100;
const MOST_PAGES = 10;
const REFETCH_EVERY_MS = 60_000;

/** Visits that we promised and days on which work is due, a month or a week of it. */
export function CalendarView({ clientId }: { clientId?: string | undefined }) {
  const t = useT();
  const { now, zone } = useFormat();
  const [search, setSearch] = useSearchParams();
  const [span, setSpan] = useStore<Span>('calendar.span', 'month');
  const today = localDay(now, zone);
  const day = /^\d{4}-\d{2}-\d{2}$/.test(search.get('day') ?? '') ? (search.get('day') ?? today) : today;
  const weeks = weeksOf(day, span);
  const asked = useOrdersBetween(weeks[0]?.[0] ?? day, weeks.at(-1)?.[6] ?? day, clientId);
  const go = (to: string): void => setSearch((before) => { before.set('day', to); return before; }, { replace: true });
  return (
    <section className="panel calendar">
      <div className="panel-head">
        <IconButton aria-label={t('calendar.earlier')} onClick={() => go(moved(day, span, -1))}><BackIcon style={{ fontSize: 17 }} /></IconButton>
        <h2 aria-live="polite"><Title day={day} weeks={weeks} span={span} /></h2>
        <IconButton aria-label={t('calendar.later')} onClick={() => go(moved(day, span, 1))}><ChevronRightIcon style={{ fontSize: 19 }} /></IconButton>
        <Button onClick={() => go(today)}>{t('calendar.today')}</Button>
        <span className="panel-end" role="group" aria-label={t('calendar.span')}>
          {(['month', 'week'] as const).map((one) => <button key={one} type="button" aria-pressed={span === one} className={`filter-chip ${span === one ? 'is-set' : ''}`} onClick={() => setSpan(one)}>{t(`calendar.${one}`)}</button>)}
        </span>
      </div>
      <Answer query={asked} rows={10}>{(orders) => <Grid orders={orders} weeks={weeks} today={today} month={span === 'month' ? day.slice(0, 7) : null} isOneClient={clientId !== undefined} />}</Answer>
    </section>
  );
}

function useOrdersBetween(from: string, to: string, clientId: string | undefined): UseQueryResult<ClientOrder[]> {
  const portal = usePortal();
  return useQuery({
    queryKey: ['client-orders', 'between', from, to, clientId ?? null], placeholderData: keepPreviousData, refetchInterval: REFETCH_EVERY_MS,
    queryFn: async ({ signal }) => {
      const all: ClientOrder[] = [];
      for (let page = 1; page <= MOST_PAGES; page += 1) {
        const found = await portal.clientOrders({ from, to, clientId, page, perPage: PER_PAGE }, signal);
        all.push(...found.data);
        if (!found.pageInfo.hasNextPage) break;
      }
      return all;
    },
  });
}

function Title({ day, weeks, span }: { day: string; weeks: readonly (readonly string[])[]; span: Span }) {
  const locale = useSpokenLocale();
  const format = useFormat();
  if (span === 'week') return <>{format.date(weeks[0]?.[0] ?? day)} – {format.date(weeks[0]?.[6] ?? day)}</>;
  return <>{new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`))}</>;
}

type GridProps = { readonly orders: readonly ClientOrder[]; readonly weeks: readonly (readonly string[])[]; readonly today: string; readonly month: string | null; readonly isOneClient: boolean };

/** A table on the desk; on the phone the days that have something, one below the other. */
function Grid({ orders, weeks, today, month, isOneClient }: GridProps) {
  const t = useT();
  const locale = useSpokenLocale();
  const { zone } = useFormat();
  const byDay = useMemo(() => entriesByDay(orders, zone), [orders, zone]);
  const isEmpty = weeks.flat().every((day) => !byDay.has(day));
  return (
    <>
      <div className="calendar-grid">
        {[1, 2, 3, 4, 5, 6, 0].map((at) => <span key={at} className="calendar-head second strong" aria-hidden>{dayName(at, locale)}</span>)}
        {weeks.flat().map((day) => <Day key={day} day={day} entries={byDay.get(day) ?? []} isToday={day === today} isOutside={month !== null && !day.startsWith(month)} isOneClient={isOneClient} />)}
      </div>
      {isEmpty ? <p className="second calendar-empty">{t('calendar.empty')}</p> : null}
    </>
  );
}

function Day({ day, entries, isToday, isOutside, isOneClient }: { day: string; entries: readonly CalendarEntry[]; isToday: boolean; isOutside: boolean; isOneClient: boolean }) {
  const format = useFormat();
  return (
    <section className={`calendar-day ${isToday ? 'is-today' : ''} ${isOutside ? 'is-outside' : ''} ${entries.length === 0 ? 'is-empty' : ''}`} aria-label={format.date(day)}>
      <span className="calendar-number"><span className="calendar-long">{format.nearDay(day)}</span><span className="calendar-short" aria-hidden>{Number(day.slice(8))}</span></span>
      <ul>{entries.map((one) => <Entry key={`${one.what}${one.order.id}`} entry={one} isOneClient={isOneClient} />)}</ul>
    </section>
  );
}

function Entry({ entry, isOneClient }: { entry: CalendarEntry; isOneClient: boolean }) {
  const t = useT();
  const { order, what, time } = entry;
  const word = t(what === 'due' ? 'calendar.due' : 'calendar.promised');
  const isLate = what === 'due' && order.isOverdue;
  return (
    <li>
      <AccountLink account={order.account.id} path={`/work-orders/${order.id}/show`} className={`calendar-entry is-${what} ${isLate ? 'is-late' : ''}`}
        title={[word, time, order.number, order.title, order.account.name, order.ownPerson?.name].filter(Boolean).join(' · ')}>
        {what === 'due' ? <ClockIcon aria-hidden /> : <CalendarIcon aria-hidden />}
        <span className="hidden-text">{word} </span>
        <span className="one-line">{time ? <b>{time} </b> : null}{order.title}{isOneClient ? null : <span className="second"> {order.account.name}</span>}</span>
      </AccountLink>
    </li>
  );
}
