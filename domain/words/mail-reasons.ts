import { say } from './say.ts';
import type { Words } from './words.ts';

/** Why a mail stands as it does, out or in; codes of the provider keep the provider's spelling. */
export type MailReason =
  | WaitReason | RefusedReason | UnclearReason | BounceReason | SkippedReason | InboundReason
  /** Of codes that carry something: `{{code}}`, `{{status}}`. */
  | 'provider_code' | 'meanwhile';

type WaitReason =
  | 'demo_data' | 'paused' | 'flood' | 'network_filter' | 'provider_unreachable' | 'provider_rate' | 'provider_maintenance' | 'provider_token_invalid'
  | 'sender_not_confirmed' | 'provider_credits_used_up' | 'provider_account_pending' | 'provider_account_blocked' | 'provider_stream_missing';
type RefusedReason = 'not_rendered' | 'gave_up' | 'too_large' | 'address_invalid' | 'inactive_recipient' | 'file_type_forbidden';
type UnclearReason = 'provider_answer_unreadable' | 'provider_silent' | 'provider_failed' | 'client_failed' | 'attempt_broke_off';
type BounceReason =
  | 'HardBounce' | 'SoftBounce' | 'Transient' | 'Blocked' | 'DnsError' | 'BadEmailAddress' | 'SpamNotification' | 'SpamComplaint' | 'ManuallyDeactivated'
  | 'DMARCPolicy' | 'VirusNotification' | 'AddressChange' | 'Unknown' | 'bounce_mail' | 'contact_undeliverable';
type SkippedReason =
  | 'answered_already' | 'decided_already' | 'joined_already' | 'membership_removed' | 'person_named' | 'person_changed' | 'contact_changed' | 'date_passed' | 'deadline_passed'
  | 'dropped' | 'never_asked' | 'nothing_to_tell' | 'recipient_left' | 'user_gone' | 'assignment_gone' | 'order_gone' | 'inbound_gone' | 'file_request_gone'
  | 'invitation_gone' | 'invitation_resent';
type InboundReason =
  | 'no_match' | 'unknown_recipient' | 'spam' | 'proof_failed' | 'number_from_unknown_sender' | 'unknown_sender' | 'not_proved_member' | 'may_not_comment'
  | 'duplicate' | 'empty' | 'auto_reply' | 'out_of_office' | 'bounce' | 'read_receipt' | 'list' | 'own_loop'
  | 'discarded' | 'too_old' | 'no_json' | 'no_message_id' | 'unreadable' | 'original_missing';

/** Refusals before anything left the house: such a mail was never on its way. */
const NEVER_LEFT = ['not_rendered', 'gave_up', 'too_large', 'file_type_forbidden'];

export function hasNeverLeft(reason: string): boolean {
  return NEVER_LEFT.includes(reason) || reason.startsWith('provider_code_');
}

/** A sentence for a reason; one that this version does not know stays its code. */
export function mailReasonWord(words: Words, reason: string | null | undefined): string {
  if (!reason) return '';
  const known: Readonly<Record<string, string>> = words.mailReason;
  if (reason in known) return say(known, reason);
  const code = /^provider_code_(.+)$/.exec(reason)?.[1];
  if (code) return say(words.mailReason, 'provider_code', { code });
  const [, subject, status = ''] = /^(assignment|order|invitation)_(.+)$/.exec(reason) ?? [];
  const ofSubject: Readonly<Record<string, Readonly<Record<string, string>>>> = { assignment: words.assignmentStatus, order: words.workOrderStatus, invitation: words.partnershipStatus };
  const statuses = ofSubject[subject ?? ''] ?? {};
  return subject && status in statuses ? say(words.mailReason, 'meanwhile', { status: say(statuses, status, { reason: '' }) }) : reason;
}

/** The same for what an address was marked with: the kind of bounce, and behind it what the other mail server said. */
export function undeliverableWord(words: Words, text: string | null | undefined): string {
  const [, kind = '', said] = /^(\w+)(?::\s*(.+))?$/s.exec(text ?? '') ?? [];
  const word = mailReasonWord(words, kind);
  return kind in words.mailReason ? (said ? `${word} (${said})` : word) : (text ?? '');
}
