import { Button, Dialog, DialogActions, DialogContent, DialogTitle, IconButton, TextField } from '@mui/material';
import { useState } from 'react';
import { useListContext, useSavedQueries } from 'react-admin';
import { useAccount } from '../layout/account-context.ts';
import { CloseIcon, StarIcon } from '../parts/icons.ts';
import { useT } from '../parts/speech.ts';
import { DEFAULT_SORT, isSameFilter, viewsFor, type OrderFilter } from './list-views.ts';

/** Views on the left: one's own first, then those that everybody has. Below 1280 px they stand in a row. */
export function OrderViews() {
  const t = useT();
  const { session } = useAccount();
  const { filterValues, setFilters, setSort, sort } = useListContext();
  const [own, setOwn] = useSavedQueries('work-orders');
  const [isNaming, setIsNaming] = useState(false);
  const current = filterValues as OrderFilter;
  const open = (filter: OrderFilter, wanted: { field: string; order: 'ASC' | 'DESC' } = DEFAULT_SORT): void => {
    setFilters({ ...filter });
    if (wanted.field !== sort.field || wanted.order !== sort.order) setTimeout(() => setSort({ ...wanted }), 0);
  };
  const saved = own.map((one) => ({ label: one.label, filter: (one.value.filter ?? {}) as OrderFilter, sort: one.value.sort }));
  return (
    <nav className="panel order-views" aria-label={t('list.views')}>
      {saved.length > 0 ? <p className="second strong">{t('list.mine')}</p> : null}
      {saved.map((view) => (
        <div key={view.label} className={`view ${isSameFilter(view.filter, current) ? 'is-current' : ''}`}>
          <button type="button" className="plain one-line" onClick={() => open(view.filter, view.sort as { field: string; order: 'ASC' | 'DESC' } | undefined)}>{view.label}</button>
          <IconButton aria-label={t('list.remove_view', { name: view.label })} onClick={() => setOwn(own.filter((one) => one.label !== view.label))}><CloseIcon style={{ fontSize: 14 }} /></IconButton>
        </div>
      ))}
      <p className="second strong">{t('list.views')}</p>
      {viewsFor(session.user.id).map((view) => (
        <div key={view.label} className={`view ${isSameFilter(view.filter, current) ? 'is-current' : ''}`}>
          <button type="button" className="plain one-line" aria-current={isSameFilter(view.filter, current) ? 'true' : undefined} onClick={() => open(view.filter, view.sort)}>{t(view.label)}</button>
        </div>
      ))}
      <button type="button" className="linklike strong icon-line save-view" onClick={() => setIsNaming(true)}><StarIcon />{t('list.save_view')}</button>
      {isNaming ? (
        <NameView onClose={() => setIsNaming(false)} onSave={(label) => {
          const value = { filter: current, sort, displayedFilters: {} };
          setOwn([...own.filter((one) => one.label !== label), { label, value }] as typeof own);
        }} />
      ) : null}
    </nav>
  );
}

function NameView({ onClose, onSave }: { onClose: () => void; onSave: (label: string) => void }) {
  const t = useT();
  const [label, setLabel] = useState('');
  return (
    <Dialog open onClose={onClose} maxWidth="xs" fullWidth>
      <form onSubmit={(event) => { event.preventDefault(); if (label.trim()) { onSave(label.trim()); onClose(); } }}>
        <DialogTitle>{t('list.save_view')}</DialogTitle>
        <DialogContent><TextField autoFocus label={t('list.view_name')} value={label} onChange={(event) => setLabel(event.target.value)} slotProps={{ htmlInput: { maxLength: 60 } }} /></DialogContent>
        <DialogActions><Button onClick={onClose}>{t('action.cancel')}</Button><Button type="submit" variant="contained" disabled={!label.trim()}>{t('action.save')}</Button></DialogActions>
      </form>
    </Dialog>
  );
}
