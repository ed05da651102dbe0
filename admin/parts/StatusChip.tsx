import { Chip } from '@mui/material';
import type { AssignmentStatus, HoldReason, InboundMailStatus, OutboundMailStatus, Priority, WorkOrderStatus } from '#domain/statuses.ts';
import { say } from '#domain/words/index.ts';
import {
  BlockIcon, BouncedIcon, BuildIcon, CheckCircleIcon, CheckIcon, ClockIcon, EyeIcon, HighIcon, HourglassIcon, InboxIcon, LockIcon, MailIcon,
  PauseIcon, RingIcon, UndoIcon, WarningIcon,
} from './icons.ts';
import { useWords, wordFor } from './speech.ts';

export type Look = { readonly tone: string; readonly Icon: typeof CheckIcon; readonly isStruck?: true; readonly isOutlined?: true };

const ORDER_LOOKS: Record<WorkOrderStatus, Look> = {
  open: { tone: 'closed', Icon: RingIcon, isOutlined: true },
  assigned: { tone: 'waiting', Icon: HourglassIcon },
  accepted: { tone: 'accepted', Icon: CheckIcon },
  in_progress: { tone: 'progress', Icon: BuildIcon },
  waiting: { tone: 'hold', Icon: PauseIcon },
  done: { tone: 'done', Icon: EyeIcon },
  closed: { tone: 'closed', Icon: LockIcon },
  cancelled: { tone: 'closed', Icon: BlockIcon, isStruck: true },
};
const ASSIGNMENT_LOOKS: Record<AssignmentStatus, Look> = {
  offered: ORDER_LOOKS.assigned, accepted: ORDER_LOOKS.accepted, done: ORDER_LOOKS.done,
  declined: { tone: 'danger', Icon: BlockIcon }, withdrawn: { tone: 'closed', Icon: UndoIcon }, expired: { tone: 'closed', Icon: ClockIcon },
  superseded: { tone: 'closed', Icon: BlockIcon }, cancelled: ORDER_LOOKS.cancelled,
};
const MAIL_LOOKS: Record<OutboundMailStatus | InboundMailStatus, Look> = {
  queued: { tone: 'closed', Icon: ClockIcon, isOutlined: true }, sending: { tone: 'closed', Icon: ClockIcon, isOutlined: true },
  sent: { tone: 'accepted', Icon: MailIcon }, delivered: { tone: 'done', Icon: CheckCircleIcon }, refused: { tone: 'danger', Icon: BlockIcon },
  unclear: { tone: 'waiting', Icon: WarningIcon }, bounced: { tone: 'danger', Icon: BouncedIcon }, skipped: { tone: 'closed', Icon: BlockIcon },
  stored: { tone: 'closed', Icon: ClockIcon, isOutlined: true }, processed: { tone: 'done', Icon: CheckCircleIcon },
  answered: { tone: 'done', Icon: MailIcon },
  held: { tone: 'waiting', Icon: InboxIcon }, automatic: { tone: 'closed', Icon: MailIcon }, bounce: { tone: 'danger', Icon: BouncedIcon },
  rejected: { tone: 'closed', Icon: BlockIcon },
};

type StatusChipProps = { readonly status: WorkOrderStatus; readonly waitingReason?: HoldReason | null; readonly waitingNote?: string | null };

/** The one chip of a status, with icon and word, used everywhere; where nobody says why an order waits, it claims no reason. */
export function StatusChip({ status, waitingReason, waitingNote }: StatusChipProps) {
  const words = useWords();
  const reason = waitingReason && waitingReason !== 'other' ? words.holdReason[waitingReason] : (waitingNote ?? words.holdReason.other);
  const label = say(words.workOrderStatus, status, { reason: waitingReason === undefined ? '' : reason });
  return <LookChip look={ORDER_LOOKS[status]} label={label.replace(/: $/, '')} />;
}

export function AssignmentChip({ status }: { status: AssignmentStatus }) {
  const words = useWords();
  return <LookChip look={ASSIGNMENT_LOOKS[status]} label={status === 'offered' ? words.workOrderStatus.assigned : words.assignmentStatus[status]} />;
}

export function MailStatusChip({ status }: { status: OutboundMailStatus | InboundMailStatus }) {
  const words = useWords();
  return <LookChip look={MAIL_LOOKS[status]} label={wordFor({ ...words.inboundMailStatus, ...words.outboundMailStatus }, status)} />;
}

/** Priority in words; what presses has an icon too. */
export function PriorityTag({ priority, isTag }: { priority: Priority; isTag?: boolean }) {
  const words = useWords();
  const word = words.priority[priority];
  if (priority === 'urgent') return <span className={isTag ? 'tag is-danger' : 'icon-line danger strong'}><WarningIcon />{word}</span>;
  if (priority === 'high') return <span className={isTag ? 'tag is-hold' : 'icon-line strong'} style={{ color: 'var(--hold)' }}><HighIcon />{word}</span>;
  return <span className={isTag ? 'tag' : 'second'}>{word}</span>;
}

/** A chip with the look of a status: colour, icon and word. */
export function LookChip({ look, label }: { look: Look; label: string }) {
  const { tone, Icon, isStruck, isOutlined } = look;
  return (
    <Chip
      className="state-chip"
      icon={<Icon />}
      label={label}
      style={{
        color: `var(--${tone})`,
        backgroundColor: isOutlined ? 'var(--card)' : `var(--${tone}-bg)`,
        border: isOutlined ? '1px solid var(--hint)' : 'none',
        textDecoration: isStruck ? 'line-through' : 'none',
      }}
    />
  );
}
