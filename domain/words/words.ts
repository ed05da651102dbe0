import type { ErrorCode } from '../errors.ts';
import type { EventName } from '../events.ts';
import type { ShownPartnershipStatus } from '../invitation/shown-status.ts';
import type {
  AssignmentKind, AssignmentStatus, CommentVisibility, ContactRole, DeclineReason, Door, HoldReason,
  InboundMailStatus, NotifyChoice, OutboundMailStatus, Priority, Role, WithdrawReason, WorkOrderKind, WorkOrderStatus,
} from '../statuses.ts';
import type { AssignmentStep, WorkOrderStep } from '../transitions.ts';
import type { MailName } from './mail-names.ts';
import type { MailReason } from './mail-reasons.ts';
import type { ProcessWords } from './process-codes.ts';

/** The words of one language that portal, mails and pages share; a `type`, so that each section fits `say`. */
export type Words = ProcessWords & {
  readonly workOrderStatus: Readonly<Record<WorkOrderStatus, string>>;
  readonly assignmentStatus: Readonly<Record<AssignmentStatus, string>>;
  readonly outboundMailStatus: Readonly<Record<OutboundMailStatus, string>>;
  readonly inboundMailStatus: Readonly<Record<InboundMailStatus, string>>;
  readonly priority: Readonly<Record<Priority, string>>;
  readonly kind: Readonly<Record<WorkOrderKind, string>>;
  readonly assignmentKind: Readonly<Record<AssignmentKind, string>>;
  readonly visibility: Readonly<Record<CommentVisibility, string>>;
  readonly door: Readonly<Record<Door, string>>;
  readonly role: Readonly<Record<Role, string>>;
  readonly contactRole: Readonly<Record<ContactRole, string>>;
  readonly notify: Readonly<Record<NotifyChoice, string>>;
  readonly holdReason: Readonly<Record<HoldReason, string>>;
  readonly declineReason: Readonly<Record<DeclineReason, string>>;
  readonly withdrawReason: Readonly<Record<WithdrawReason, string>>;
  /** As lists of partners show it. */
  readonly partnershipStatus: Readonly<Record<ShownPartnershipStatus, string>>;
  /** What became of a shared workspace: by the partner, or by its client. */
  readonly shareState: Readonly<Record<'served' | 'unticked' | 'all' | 'chosen' | 'none', string>>;
  /** Reason of a cancelled assignment where whoever ends a partnership gives none. */
  readonly ending: Readonly<Record<'reason', string>>;
  readonly refusal: Readonly<Record<'declined' | 'givenBack', string>>;
  readonly sharing: Readonly<Record<'ended', string>>;
  readonly step: Readonly<Record<WorkOrderStep, string>>;
  readonly assignmentStep: Readonly<Record<AssignmentStep, string>>;
  readonly mail: Readonly<Record<MailName, string>>;
  /** Why a mail stands as it does; asked through `mailReasonWord`. */
  readonly mailReason: Readonly<Record<MailReason, string>>;
  /** A timeline line without its author, who stands beside it; also what a digest says after the name. */
  readonly event: Readonly<Record<EventName, string>>;
  readonly error: Readonly<Record<ErrorCode, string>>;
};
