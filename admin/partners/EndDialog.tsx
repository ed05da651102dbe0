import { TextField } from '@mui/material';
import { useState } from 'react';
import { localDay } from '#domain/format/dates.ts';
import { ActionDialog } from '../parts/ActionDialog.tsx';
import { useCommand } from '../parts/portal.ts';
import { useT } from '../parts/speech.ts';
import { useFormat } from '../parts/time.ts';
import type { EndingDecision, PartnershipDetails } from '../providers/partner-types.ts';
import { ClientDecisions, useEndingOrders } from './ClientDecisions.tsx';
import { decided, decidedAnew, type Decisions } from './ending.ts';
import { orAskAgain } from './EndingOrders.tsx';

type Props = { readonly partnership: PartnershipDetails; readonly onClose: () => void };
const REFRESHES = ['partnerships', 'firms', 'work-orders'] as const;

/** Ends a partnership: from which day, why, and what becomes of each running order. */
export function EndDialog({ partnership, onClose }: Props) {
  const t = useT();
  const { now, zone } = useFormat();
  const today = localDay(now, zone);
  const name = partnership.partnerName ?? partnership.company;
  const asked = useEndingOrders(partnership.id);
  const [endsOn, setEndsOn] = useState(today);
  const [reason, setReason] = useState('');
  const [decisions, setDecisions] = useState<Decisions>({});
  const whole = asked.data ? decided(asked.data.orders, decisions) : null;
  const end = useCommand((commands, input: { endsOn: string; reason?: string; orders: EndingDecision[] }) => commands.endPartnership(partnership.id, input), { refreshes: REFRESHES, said: 'partners.end_done' });
  return (
    <ActionDialog isOpen isDanger title={t('partners.end_title', { name })} confirm={t('partners.end_confirm')} canConfirm={whole !== null && endsOn >= today} onClose={onClose} maxWidth="md"
      onConfirm={() => orAskAgain(asked, end.mutateAsync({ endsOn, orders: whole ?? [], ...(reason.trim() ? { reason: reason.trim() } : {}) }))}>
      <p className="ending-lead">{t('partners.end_hint', { name })}</p>
      <div className="field-row">
        <TextField autoFocus type="date" required label={t('partners.end_day')} value={endsOn} onChange={(event) => setEndsOn(event.target.value)} helperText={t('partners.end_day_hint')} slotProps={{ inputLabel: { shrink: true }, htmlInput: { min: today } }} />
        <TextField label={`${t('step.reason')} (${t('state.optional')})`} value={reason} onChange={(event) => setReason(event.target.value)} helperText={t('partners.end_reason_hint')} slotProps={{ htmlInput: { maxLength: 500 } }} />
      </div>
      <ClientDecisions partnership={partnership} asked={asked} decisions={decisions} onChange={setDecisions} />
    </ActionDialog>
  );
}

/** Decides on running orders while the partnership ends, whichever side ends it; what is not changed stays. */
export function DecideDialog({ partnership, onClose }: Props) {
  const t = useT();
  const format = useFormat();
  const asked = useEndingOrders(partnership.id);
  const [decisions, setDecisions] = useState<Decisions>({});
  const anew = asked.data ? decidedAnew(asked.data.orders, decisions) : null;
  const decide = useCommand((commands, orders: EndingDecision[]) => commands.decideOnOrders(partnership.id, orders), { refreshes: REFRESHES, said: 'partners.decide_done' });
  return (
    <ActionDialog isOpen title={t('partners.decide_title')} confirm={t('partners.decide_confirm')} canConfirm={anew !== null} onClose={onClose} maxWidth="md"
      onConfirm={() => orAskAgain(asked, decide.mutateAsync(anew ?? []))}>
      <p className="ending-lead">{t('partners.decide_hint', { name: partnership.partnerName ?? partnership.company, day: format.date(partnership.endsOn ?? '') })}</p>
      <ClientDecisions isAnnounced partnership={partnership} asked={asked} decisions={decisions} onChange={setDecisions} />
    </ActionDialog>
  );
}
