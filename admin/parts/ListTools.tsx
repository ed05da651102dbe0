import { Menu, MenuItem, Checkbox } from '@mui/material';
import { useEffect, useRef, useState } from 'react';
import { useListContext } from 'react-admin';
import { CheckIcon, CloseIcon, DownIcon, SearchIcon } from './icons.ts';
import { useT } from './speech.ts';

/** The search field of a list; asks 300 ms after the last key. */
export function ListSearch({ label }: { label: string }) {
  const { filterValues, setFilters } = useListContext();
  const given = String((filterValues as { q?: string }).q ?? '');
  const [q, setQ] = useState(given);
  const sent = useRef(given);
  useEffect(() => {
    if (given !== sent.current) {
      sent.current = given;
      setQ(given);
    }
  }, [given]);
  useEffect(() => {
    if (q === sent.current) return;
    const timer = setTimeout(() => {
      sent.current = q;
      const { q: _before, ...rest } = filterValues as Record<string, unknown>;
      setFilters(q.trim() ? { ...rest, q: q.trim() } : rest);
    }, 300);
    return () => clearTimeout(timer);
  }, [q, filterValues, setFilters]);
  return (
    <label className="list-search">
      <SearchIcon aria-hidden />
      <span className="hidden-text">{label}</span>
      <input type="search" value={q} placeholder={label} onChange={(event) => setQ(event.target.value)} />
    </label>
  );
}

export type Option = { readonly id: string; readonly name: string };
type FilterChipProps = {
  readonly label: string; readonly options: readonly Option[]; readonly value: string | undefined; readonly shown?: string | undefined;
  readonly isMultiple?: boolean; readonly onOpen?: () => void; readonly onChange: (value: string | undefined) => void;
};

/** One filter as a chip: closed it says what is chosen; several values are joined by commas as the API takes them. */
export function FilterChip({ label, options, value, shown, isMultiple, onOpen, onChange }: FilterChipProps) {
  const t = useT();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const chosen = value ? value.split(',') : [];
  const names = options.filter((one) => chosen.includes(one.id)).map((one) => one.name);
  const said = shown ?? (names.length > 1 ? String(names.length) : (names[0] ?? ''));
  const toggle = (id: string): void => {
    if (!isMultiple) {
      setAnchor(null);
      onChange(chosen.includes(id) ? undefined : id);
      return;
    }
    const next = chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id];
    onChange(next.length > 0 ? next.join(',') : undefined);
  };
  return (
    <span className="filter-group">
      <span className={`filter-chip ${value ? 'is-set' : ''}`}>
        <button type="button" className="plain icon-line" aria-haspopup="menu" onClick={(event) => { onOpen?.(); setAnchor(event.currentTarget); }}>
          {label}{value ? `: ${said}` : <DownIcon aria-hidden />}
        </button>
        {value ? <button type="button" className="chip-clear" aria-label={`${t('action.remove')}: ${label}`} onClick={() => onChange(undefined)}><CloseIcon /></button> : null}
      </span>
      <Menu anchorEl={anchor} open={anchor !== null} onClose={() => setAnchor(null)} slotProps={{ paper: { style: { maxHeight: 380 } } }}>
        {options.length === 0 ? <MenuItem disabled>{t('state.none')}</MenuItem> : null}
        {options.map((one) => (
          <MenuItem key={one.id} selected={chosen.includes(one.id)} onClick={() => toggle(one.id)}>
            {isMultiple ? <Checkbox checked={chosen.includes(one.id)} tabIndex={-1} style={{ marginLeft: -8 }} /> : null}
            {one.name}
            {!isMultiple && chosen.includes(one.id) ? <CheckIcon style={{ marginLeft: 8, fontSize: 16 }} /> : null}
          </MenuItem>
        ))}
      </Menu>
    </span>
  );
}

/** A filter that is on or off. */
export function SwitchChip({ name, label }: { name: string; label: string }) {
  const { filterValues, setFilters } = useListContext();
  const { [name]: value, ...rest } = filterValues as Record<string, unknown>;
  const isSet = Boolean(value);
  return <button type="button" className={`filter-chip is-switch ${isSet ? 'is-set' : ''}`} aria-pressed={isSet} onClick={() => setFilters(isSet ? rest : { ...rest, [name]: true })}>{label}</button>;
}
