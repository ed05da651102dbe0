import { IconButton } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useNavigate } from 'react-router-dom';
import { useAsPartner } from '../as-partner/use-partner.ts';
import { SearchIcon } from '../parts/icons.ts';
import { usePortal } from '../parts/portal.ts';
import { useT } from '../parts/speech.ts';
import { StatusChip } from '../parts/StatusChip.tsx';
import type { OrderRow } from '../providers/types.ts';
import { useMaybeAccount } from './account-context.ts';
import { useShortcut } from './shortcuts.tsx';

/** Finds orders by number, title, firm or address; Enter opens the chosen one, or the whole list of what was found. */
export function GlobalSearch() {
  const t = useT();
  const navigate = useNavigate();
  const field = useRef<HTMLInputElement>(null);
  const [q, setQ] = useState('');
  const [isOpen, setIsOpen] = useState(false);
  const [isWide, setIsWide] = useState(false);
  const [chosen, setChosen] = useState(-1);
  const asPartner = useAsPartner();
  const found = useFound(q);
  useShortcut('/', () => { setIsWide(true); field.current?.focus(); });
  useEffect(() => setChosen(-1), [q]);
  if (!useMaybeAccount()) return <span />;

  const leave = (): void => {
    setIsOpen(false);
    setIsWide(false);
    setQ('');
    field.current?.blur();
  };
  const open = (row: OrderRow | undefined): void => {
    const to = row ? `/work-orders/${row.id}/show` : `/work-orders?filter=${encodeURIComponent(JSON.stringify({ q }))}`;
    leave();
    void navigate(to);
  };
  const onKey = (event: KeyboardEvent): void => {
    const move = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (move !== 0) {
      event.preventDefault();
      setChosen((at) => Math.max(-1, Math.min(found.length - 1, at + move)));
    } else if (event.key === 'Enter' && q.trim()) open(found[chosen]);
    else if (event.key === 'Escape') leave();
  };
  return (
    <div className={`bar-search ${isWide ? 'is-wide' : ''}`} role="search" onBlur={(event) => { if (!event.currentTarget.contains(event.relatedTarget)) { setIsOpen(false); setIsWide(false); } }}>
      <IconButton className="bar-search-open" color="inherit" aria-label={t('action.search')} onClick={() => { setIsWide(true); setTimeout(() => field.current?.focus(), 0); }}><SearchIcon /></IconButton>
      <label className="bar-search-field">
        <SearchIcon aria-hidden />
        <span className="hidden-text">{t('action.search')}</span>
        <input ref={field} value={q} placeholder={t(asPartner ? 'client.search_all' : 'bar.search')} onChange={(event) => { setQ(event.target.value); setIsOpen(true); }} onKeyDown={onKey}
          role="combobox" aria-expanded={isOpen && found.length > 0} aria-controls="search-found" aria-autocomplete="list" aria-activedescendant={chosen >= 0 ? `found-${chosen}` : undefined} />
        <kbd className="kbd" aria-hidden>/</kbd>
      </label>
      {isOpen && found.length > 0 ? (
        <ul className="search-found" id="search-found" role="listbox" aria-label={t('action.search')}>
          {found.map((row, at) => (
            <li key={row.id} id={`found-${at}`} role="option" aria-selected={at === chosen} className={at === chosen ? 'is-chosen' : ''}
              onMouseDown={(event) => { event.preventDefault(); open(row); }}>
              <span className="one-line"><b>{row.title}</b><br /><span className="second">{row.number} · {row.workspaceName}</span></span>
              <StatusChip status={row.status} waitingReason={row.waitingReason} waitingNote={row.waitingNote} />
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}

function useFound(q: string): OrderRow[] {
  const portal = usePortal();
  const [settled, setSettled] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setSettled(q.trim()), 200);
    return () => clearTimeout(timer);
  }, [q]);
  const query = useQuery({
    queryKey: ['work-orders', 'search', settled],
    queryFn: async ({ signal }) =>
      (await portal.getList('work-orders', { pagination: { page: 1, perPage: 8 }, filter: { q: settled }, signal })).data as unknown as OrderRow[],
    enabled: settled.length >= 2,
  });
  return settled.length >= 2 ? (query.data ?? []) : [];
}
