import { Autocomplete, TextField } from '@mui/material';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ActionDialog } from '../parts/ActionDialog.tsx';
import { usePortal } from '../parts/portal.ts';
import { useT } from '../parts/speech.ts';
import type { PartnershipDetails } from '../providers/partner-types.ts';
import type { OrderRow } from '../providers/types.ts';
import { useSettled } from '../work-orders/assign/AssigneePicker.tsx';

type Props = { readonly partnership: PartnershipDetails; readonly onClose: () => void; readonly onChosen: (orderId: string) => void };

/** Which of the open orders the partner should get; its page then asks for the rest. */
export function AssignFromPartner({ partnership, onClose, onChosen }: Props) {
  const t = useT();
  const portal = usePortal();
  const [q, setQ] = useState('');
  const [chosen, setChosen] = useState<OrderRow | null>(null);
  const settled = useSettled(chosen ? '' : q.trim(), 250);
  const asked = useQuery({
    queryKey: ['work-orders', 'unassigned', settled], placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => (await portal.getList('work-orders', { pagination: { page: 1, perPage: 20 }, filter: { status: 'open', ...(settled ? { q: settled } : {}) }, signal })).data as unknown as OrderRow[],
  });
  return (
    <ActionDialog isOpen title={t('partners.assign_title', { name: partnership.partnerName ?? partnership.company })} confirm={t('partners.assign_go')} canConfirm={chosen !== null} onClose={onClose}
      onConfirm={async () => { if (chosen) onChosen(chosen.id); return Promise.resolve(); }}>
      <Autocomplete<OrderRow>
        openOnFocus options={asked.data ?? []} loading={asked.isPending} loadingText={t('state.loading')} noOptionsText={t('partners.assign_none')} value={chosen} onChange={(_, next) => setChosen(next)}
        inputValue={q} onInputChange={(_, next) => setQ(next)} filterOptions={(found) => found} getOptionLabel={(one) => `${one.number} ${one.title}`} getOptionKey={(one) => one.id} isOptionEqualToValue={(one, other) => one.id === other.id}
        renderOption={({ key, ...props }, one) => <li key={key} {...props}><span className="choice-name"><span className="strong">{one.title}</span><br /><span className="second">{one.number} · {one.workspaceName}</span></span></li>}
        renderInput={(params) => <TextField {...params} autoFocus label={t('partners.assign_order')} helperText={t('partners.assign_hint')} />}
      />
    </ActionDialog>
  );
}
