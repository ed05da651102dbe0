import {
  BlockIcon, BouncedIcon, CheckCircleIcon, ClockIcon, HourglassIcon, LockIcon, UndoIcon,
} from '../parts/icons.ts';
import { LookChip, type Look } from '../parts/StatusChip.tsx';
import { useT } from '../parts/speech.ts';
import type { Partnership } from '../providers/partner-types.ts';

const LOOKS: Record<Partnership['shownStatus'], Look> = {
  invited: { tone: 'waiting', Icon: HourglassIcon }, reminded: { tone: 'waiting', Icon: HourglassIcon }, bounced: { tone: 'danger', Icon: BouncedIcon },
  accepted: { tone: 'done', Icon: CheckCircleIcon }, declined: { tone: 'danger', Icon: BlockIcon }, expired: { tone: 'closed', Icon: ClockIcon },
  withdrawn: { tone: 'closed', Icon: UndoIcon }, ending: { tone: 'hold', Icon: ClockIcon }, ended: { tone: 'closed', Icon: LockIcon },
};

/** How a partnership stands, with what lists know beyond its bare status. */
export function PartnerChip({ status }: { status: Partnership['shownStatus'] }) {
  const t = useT();
  return <LookChip look={LOOKS[status]} label={t(`partners.status_${status}`)} />;
}
