import { addDays, atLocalTime, localDate, type Zoned } from '../calendar/local-time.ts';
import type { PartnershipStatus } from '../statuses.ts';
import { nextEndingStep, type EndingAction, type EndingPlan, type EndingSnapshot } from './ending.ts';

/** An invitation is reminded of after so many days of its round, in the morning, and ends after the last. */
const REMIND_AFTER_DAYS = 4;
const LAST_REMINDER_AFTER_DAYS = 14;
const VALID_DAYS = 30;
const MORNING = '07:00';
const END_OF_DAY = '23:59';

export type InvitationAction = 'remind' | 'last_reminder' | 'expire' | EndingAction;
export type InvitationWait = 'answer' | 'other_address' | 'bounced' | 'paused' | EndingPlan['waitsFor'];

/** What decides of an invitation, all of its present round; and of the end of what has come of it. */
export type InvitationSnapshot = EndingSnapshot & {
  readonly status: PartnershipStatus;
  readonly roundStartedAt: Date;
  readonly validUntil: Date;
  readonly remindedAt: Date | null;
  readonly lastRemindedAt: Date | null;
  readonly bouncedAt: Date | null;
  /** The invitee has named somebody else, whom the inviter has not confirmed yet. */
  readonly isOtherNamed: boolean;
  readonly isMailPaused: boolean;
};

export type InvitationPlan = {
  readonly due: InvitationAction | null;
  /** What time alone brings; null: only a change in the database. */
  readonly next: { readonly at: Date; readonly action: InvitationAction } | null;
  readonly waitsFor: InvitationWait;
  readonly isEnded: boolean;
};

/** The end of an invitation's last day, by the inviter's clock. */
export function invitationEnd(roundStartedAt: Date, zone: Zoned): Date {
  return endOfDay(addDays(localDate(roundStartedAt, zone), VALID_DAYS), zone);
}

/** The last minute of a day, so that its date may be said as the end. */
export function endOfDay(day: string, zone: Zoned): Date {
  return atLocalTime(day, END_OF_DAY, zone);
}

/**
 * What the process of an invitation does now and what it waits for. Of several steps that an outage has made late, only
 * the last is taken. Nothing leaves and nothing expires while mail is paused: the invitee could not have heard of it.
 */
export function nextInvitationStep(snapshot: InvitationSnapshot, zone: Zoned, now: Date): InvitationPlan {
  if (snapshot.status === 'accepted') return nextEndingStep(snapshot, zone, now);
  if (snapshot.status !== 'invited') return { due: null, next: null, waitsFor: 'nothing', isEnded: true };
  if (snapshot.isMailPaused) return { due: null, next: null, waitsFor: 'paused', isEnded: false };
  const steps = stepsOf(snapshot, zone);
  const due = steps.findLast((step) => step.at <= now)?.action ?? null;
  return { due, next: steps.find((step) => step.at > now) ?? null, waitsFor: waitsFor(snapshot), isEnded: false };
}

/** Whether the last moment of an open invitation has passed. Not while mail is paused: the invitee could not have been reminded. */
export function isInvitationOver(invitation: { readonly validUntil: Date; readonly isMailPaused: boolean }, now: Date): boolean {
  return !invitation.isMailPaused && invitation.validUntil <= now;
}

function waitsFor(snapshot: InvitationSnapshot): InvitationWait {
  if (snapshot.isOtherNamed) return 'other_address';
  return snapshot.bouncedAt ? 'bounced' : 'answer';
}

/** The steps that are still to be taken, soonest first. */
function stepsOf(snapshot: InvitationSnapshot, zone: Zoned): { readonly at: Date; readonly action: InvitationAction }[] {
  const day = localDate(snapshot.roundStartedAt, zone);
  const morning = (days: number): Date => atLocalTime(addDays(day, days), MORNING, zone);
  const isHeard = !snapshot.bouncedAt && !snapshot.isOtherNamed && !snapshot.lastRemindedAt;
  const reminders: { at: Date; action: InvitationAction; isOpen: boolean }[] = [
    { at: morning(REMIND_AFTER_DAYS), action: 'remind', isOpen: isHeard && !snapshot.remindedAt },
    { at: morning(LAST_REMINDER_AFTER_DAYS), action: 'last_reminder', isOpen: isHeard },
  ];
  const open = reminders.filter((one) => one.isOpen && one.at < snapshot.validUntil);
  return [...open.map(({ at, action }) => ({ at, action })), { at: snapshot.validUntil, action: 'expire' as const }];
}
