/** Every status and kind that the database stores as text; the words for people are in `words/`. Dependency-free. */
export const LOCALES = ['de-DE', 'de-AT', 'de-CH', 'en-GB'] as const;
export type Locale = (typeof LOCALES)[number];
export type Language = 'de' | 'en';

/** The language of a locale, for choosing words and templates. */
export function languageOf(locale: Locale): Language {
  return locale.startsWith('de') ? 'de' : 'en';
}

export const ROLES = ['admin', 'coordinator', 'technician'] as const;
export type Role = (typeof ROLES)[number];

export const WORK_ORDER_KINDS = ['ticket', 'maintenance'] as const;
export type WorkOrderKind = (typeof WORK_ORDER_KINDS)[number];

export const MEASURES = ['service', 'inspection', 'statutory_test', 'repair'] as const;
export type Measure = (typeof MEASURES)[number];

export const PRIORITIES = ['low', 'normal', 'high', 'urgent'] as const;
export type Priority = (typeof PRIORITIES)[number];

export const WORK_ORDER_STATUSES = [
  'open',
  'assigned',
  'accepted',
  'in_progress',
  'waiting',
  'done',
  'closed',
  'cancelled',
] as const;
export type WorkOrderStatus = (typeof WORK_ORDER_STATUSES)[number];

/** Statuses in which an order still needs somebody's work or decision. */
export const RUNNING_WORK_ORDER_STATUSES = ['open', 'assigned', 'accepted', 'in_progress', 'waiting', 'done'] as const;

export const ASSIGNMENT_STATUSES = [
  'offered',
  'accepted',
  'done',
  'declined',
  'withdrawn',
  'expired',
  'superseded',
  'cancelled',
] as const;
export type AssignmentStatus = (typeof ASSIGNMENT_STATUSES)[number];
/** An assignment that still binds somebody: asked, working, or reported done but not checked. */
export const OPEN_ASSIGNMENT_STATUSES = ['offered', 'accepted', 'done'] as const;

export const ASSIGNMENT_KINDS = ['email', 'partner', 'member'] as const;
export type AssignmentKind = (typeof ASSIGNMENT_KINDS)[number];

export const COMMENT_VISIBILITIES = ['shared', 'internal'] as const;
export type CommentVisibility = (typeof COMMENT_VISIBILITIES)[number];

/** The way by which a change came in. */
export const DOORS = ['portal', 'link', 'mail', 'phone', 'process'] as const;
export type Door = (typeof DOORS)[number];

export const OUTBOUND_MAIL_STATUSES = [
  'queued',
  'sending',
  'sent',
  'refused',
  'unclear',
  'delivered',
  'bounced',
  'skipped',
] as const;
export type OutboundMailStatus = (typeof OUTBOUND_MAIL_STATUSES)[number];

export const INBOUND_MAIL_STATUSES = ['stored', 'processed', 'answered', 'held', 'automatic', 'bounce', 'rejected'] as const;
export type InboundMailStatus = (typeof INBOUND_MAIL_STATUSES)[number];

export const HOLD_REASONS = ['material', 'nobody_there', 'approval', 'other'] as const;
export type HoldReason = (typeof HOLD_REASONS)[number];

export const DECLINE_REASONS = ['no_capacity', 'not_our_trade', 'too_far', 'date_not_possible', 'other'] as const;
export type DeclineReason = (typeof DECLINE_REASONS)[number];

/** What a person may say; a request that ends with the partnership, or with what is shared, says so by itself. */
export const WITHDRAW_CHOICES = ['given_to_other', 'no_answer', 'no_longer_needed'] as const;
export const WITHDRAW_REASONS = [...WITHDRAW_CHOICES, 'partnership_ended', 'share_ended'] as const;
export type WithdrawReason = (typeof WITHDRAW_REASONS)[number];

export const NOTIFY_CHOICES = ['at_once', 'daily', 'status_only', 'none'] as const;
export type NotifyChoice = (typeof NOTIFY_CHOICES)[number];

export const CONTACT_ROLES = ['dispatch', 'invoice', 'emergency', 'deputy'] as const;
export type ContactRole = (typeof CONTACT_ROLES)[number];

/** What a person says of reminders that were held as an unusual flood. */
export const HELD_REMINDERS_DECISIONS = ['release', 'drop'] as const;
export type HeldRemindersDecision = (typeof HELD_REMINDERS_DECISIONS)[number];

export const PARTNERSHIP_STATUSES = ['invited', 'accepted', 'declined', 'expired', 'withdrawn', 'ended'] as const;
export type PartnershipStatus = (typeof PARTNERSHIP_STATUSES)[number];

/** What of a workspace a partner sees: all its assets, also future ones, or chosen ones. */
export const SHARE_SCOPES = ['all', 'chosen'] as const;
export type ShareScope = (typeof SHARE_SCOPES)[number];

export const PROCESS_KINDS = ['assignment', 'mail', 'inbound', 'digest', 'file-request', 'invitation'] as const;
export type ProcessKind = (typeof PROCESS_KINDS)[number];
