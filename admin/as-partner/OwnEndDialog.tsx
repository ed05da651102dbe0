import { TextField } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { localDay } from '#domain/format/dates.ts';
import { ActionDialog } from '../parts/ActionDialog.tsx';
import { useCommand, usePortal } from '../parts/portal.ts';
import { useT } from '../parts/speech.ts';
import { useFormat } from '../parts/time.ts';
import { ownDecided, ownWays, type OwnDecisions } from '../partners/ending.ts';
import { EndingOrders, orAskAgain } from '../partners/EndingOrders.tsx';
import type { EndingOrder, OwnEndingDecision } from '../providers/partner-types.ts';
import '../partners/partners.css';

/** We end the collaboration: from which day, why, and what we do with each order that runs. */
export function OwnEndDialog({ clientName, onClose }: { readonly clientName: string; readonly onClose: () => void }) {
  const t = useT();
  const portal = usePortal();
  const { now, zone } = useFormat();
  const today = localDay(now, zone);
  const [endsOn, setEndsOn] = useState(today);
  const [reason, setReason] = useState('');
  const [decisions, setDecisions] = useState<OwnDecisions>({});
  const asked = useQuery({ queryKey: ['own-partnership', 'ending'], queryFn: () => portal.ownEnding(), gcTime: 0 });
  const whole = asked.data ? ownDecided(asked.data.orders, decisions) : null;
  const end = useCommand((commands, input: { endsOn: string; reason?: string; orders: OwnEndingDecision[] }) => commands.endAsPartner(input), { refreshes: ['own-partnership', 'accounts', 'work-orders', 'client-orders'], said: 'partners.end_done' });
  return (
    <ActionDialog isOpen isDanger title={t('partners.end_title', { name: clientName })} confirm={t('partners.end_confirm')} canConfirm={whole !== null && endsOn >= today} onClose={onClose} maxWidth="md"
      onConfirm={() => orAskAgain(asked, end.mutateAsync({ endsOn, orders: whole ?? [], ...(reason.trim() ? { reason: reason.trim() } : {}) }))}>
      <p className="ending-lead">{t('client.ending_hint', { client: clientName })}</p>
      <div className="field-row">
        <TextField autoFocus type="date" required label={t('partners.end_day')} value={endsOn} onChange={(event) => setEndsOn(event.target.value)} helperText={t('partners.end_day_hint')} slotProps={{ inputLabel: { shrink: true }, htmlInput: { min: today } }} />
        <TextField label={`${t('step.reason')} (${t('state.optional')})`} value={reason} onChange={(event) => setReason(event.target.value)} helperText={t('partners.own_end_reason_hint', { client: clientName })} slotProps={{ htmlInput: { maxLength: 500 } }} />
      </div>
      <EndingOrders asked={asked} empty={t('partners.own_end_no_orders', { client: clientName })}
        choices={(order) => ownWays(order).map((value) => ({ value, label: t(labelOf(order, value), { client: clientName }) }))}
        chosen={({ id }) => decisions[id] ?? null} onChoose={({ id }, decision) => setDecisions({ ...decisions, [id]: decision })} />
    </ActionDialog>
  );
}

function labelOf({ assignmentStatus }: EndingOrder, decision: OwnEndingDecision['decision']) {
  if (decision === 'give_back') return assignmentStatus === 'offered' ? 'partners.own_decline' : 'partners.own_give_back';
  if (assignmentStatus === 'done') return 'partners.own_finish_done';
  return assignmentStatus === 'offered' ? 'partners.own_finish_offered' : 'partners.end_finish';
}
