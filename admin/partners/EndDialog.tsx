import { Autocomplete, MenuItem, TextField } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { localDay } from '#domain/format/dates.ts';
import { ActionDialog } from '../parts/ActionDialog.tsx';
import { Answer } from '../parts/States.tsx';
import { StatusChip } from '../parts/StatusChip.tsx';
import { useCommand, usePortal } from '../parts/portal.ts';
import { useRecords } from '../parts/records.ts';
import { useT } from '../parts/speech.ts';
import { useFormat } from '../parts/time.ts';
import type { EndingDecision, EndingOrder, PartnershipDetails } from '../providers/partner-types.ts';
import { DECISIONS, decided, type Decisions } from './ending.ts';

type Props = { readonly partnership: PartnershipDetails; readonly onClose: () => void };

/** Ends a partnership: from which day, why, and what becomes of each running order. */
export function EndDialog({ partnership, onClose }: Props) {
  const t = useT();
  const portal = usePortal();
  const { now, zone } = useFormat();
  const today = localDay(now, zone);
  const name = partnership.partnerName ?? partnership.company;
  const asked = useQuery({ queryKey: ['partnerships', 'ending', partnership.id], queryFn: () => portal.ending(partnership.id), gcTime: 0 });
  const [endsOn, setEndsOn] = useState(today);
  const [reason, setReason] = useState('');
  const [decisions, setDecisions] = useState<Decisions>({});
  const orders = asked.data?.orders ?? [];
  const whole = asked.data ? decided(orders, decisions) : null;
  const end = useCommand((commands, input: { endsOn: string; reason?: string; orders: EndingDecision[] }) => commands.endPartnership(partnership.id, input), { refreshes: ['partnerships', 'firms', 'work-orders'], said: 'partners.end_done' });
  return (
    <ActionDialog isOpen isDanger title={t('partners.end_title', { name })} confirm={t('partners.end_confirm')} canConfirm={whole !== null && endsOn >= today} onClose={onClose} maxWidth="md"
      onConfirm={() => end.mutateAsync({ endsOn, orders: whole ?? [], ...(reason.trim() ? { reason: reason.trim() } : {}) })}>
      <p>{t('partners.end_hint', { name })}</p>
      <div className="field-row">
        <TextField autoFocus type="date" required label={t('partners.end_day')} value={endsOn} onChange={(event) => setEndsOn(event.target.value)} helperText={t('partners.end_day_hint')} slotProps={{ inputLabel: { shrink: true }, htmlInput: { min: today } }} />
        <TextField label={`${t('step.reason')} (${t('state.optional')})`} value={reason} onChange={(event) => setReason(event.target.value)} helperText={t('partners.end_reason_hint')} slotProps={{ htmlInput: { maxLength: 500 } }} />
      </div>
      <Answer query={asked} rows={3} isEmpty={(data) => data.orders.length === 0} empty={<p className="note-box">{t('partners.end_no_orders')}</p>}>
        {() => (
          <>
            <h3 className="form-section">{t('partners.end_orders', { smart_count: orders.length })}</h3>
            <ul className="ending">{orders.map((one) => <OrderLine key={one.id} order={one} decisions={decisions} onChange={setDecisions} ownFirmId={partnership.firmId} />)}</ul>
          </>
        )}
      </Answer>
    </ActionDialog>
  );
}

type LineProps = { readonly order: EndingOrder; readonly decisions: Decisions; readonly onChange: (decisions: Decisions) => void; readonly ownFirmId: string };

function OrderLine({ order, decisions, onChange, ownFirmId }: LineProps) {
  const t = useT();
  const known = decisions[order.id];
  return (
    <li className="ending-line">
      <span className="share-name"><span className="strong">{order.title}</span><br /><span className="second">{order.number} · {order.workspaceName}</span></span>
      <StatusChip status={order.status} />
      <TextField select label={t('partners.end_what')} value={known?.decision ?? ''} onChange={(event) => onChange({ ...decisions, [order.id]: { decision: event.target.value as EndingDecision['decision'] } })}>
        {DECISIONS.map((one) => <MenuItem key={one} value={one}>{t(`partners.end_${one}`)}</MenuItem>)}
      </TextField>
      {known?.decision === 'hand_on' ? <FirmPicker ownFirmId={ownFirmId} value={known.firmId ?? null} onChange={(firmId) => onChange({ ...decisions, [order.id]: { decision: 'hand_on', ...(firmId ? { firmId } : {}) } })} /> : null}
    </li>
  );
}

function FirmPicker({ ownFirmId, value, onChange }: { ownFirmId: string; value: string | null; onChange: (firmId: string | null) => void }) {
  const t = useT();
  const firms = useRecords('firms').filter((one) => one.id !== ownFirmId && one.standing !== 'blocked');
  return (
    <Autocomplete options={firms} value={firms.find((one) => one.id === value) ?? null} getOptionLabel={(one) => one.company} getOptionKey={(one) => one.id} isOptionEqualToValue={(one, other) => one.id === other.id}
      onChange={(_, next) => onChange(next?.id ?? null)} renderInput={(params) => <TextField {...params} required label={t('partners.end_to')} />} />
  );
}
