import { Autocomplete, TextField } from '@mui/material';
import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { usePortal } from '../parts/portal.ts';
import { useRecords } from '../parts/records.ts';
import { useT } from '../parts/speech.ts';
import type { EndingDecision, EndingOrder, PartnershipDetails } from '../providers/partner-types.ts';
import { chosenFor, DECISIONS, type Decisions } from './ending.ts';
import { EndingOrders } from './EndingOrders.tsx';

/** The running orders to decide on; asked for anew each time a dialog opens. */
export function useEndingOrders(id: string): UseQueryResult<{ orders: EndingOrder[] }> {
  const portal = usePortal();
  return useQuery({ queryKey: ['partnerships', 'ending', id], queryFn: () => portal.ending(id), gcTime: 0 });
}

type Props = {
  readonly partnership: PartnershipDetails;
  readonly asked: UseQueryResult<{ orders: EndingOrder[] }>;
  readonly decisions: Decisions;
  readonly onChange: (decisions: Decisions) => void;
  /** The end is announced: what was decided so far is shown. */
  readonly isAnnounced?: boolean;
};

/** What the client decides on each order: finished, taken back, or handed on and to whom. */
export function ClientDecisions({ partnership, asked, decisions, onChange, isAnnounced }: Props) {
  const t = useT();
  const labelOf = (order: EndingOrder, decision: EndingDecision['decision']): string => {
    if (decision === 'finish' && order.assignmentStatus === 'offered') return t('partners.end_finish_offered');
    if (decision === 'finish' && order.assignmentStatus === 'done') return t('partners.end_finish_done');
    return t(`partners.end_${decision}`);
  };
  const soFar = ({ finishBy }: EndingOrder): string => (finishBy ? t(`partners.decided_${finishBy}`) : t('partners.undecided'));
  return (
    <EndingOrders asked={asked} empty={t('partners.end_no_orders')} {...(isAnnounced ? { soFar } : {})}
      choices={(order) => DECISIONS.map((value) => ({ value, label: labelOf(order, value) }))}
      chosen={(order) => chosenFor(order, decisions)}
      onChoose={({ id }, decision) => onChange({ ...decisions, [id]: { decision } })}
      more={({ id }) => (decisions[id]?.decision === 'hand_on' ? (
        <FirmPicker ownFirmId={partnership.firmId} value={decisions[id].firmId ?? null} onChange={(firmId) => onChange({ ...decisions, [id]: { decision: 'hand_on', ...(firmId ? { firmId } : {}) } })} />
      ) : null)} />
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
