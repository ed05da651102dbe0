import type { OperatorActor } from '#domain/actors.ts';
import { DomainError } from '#domain/errors.ts';
import type { HeldRemindersDecision } from '#domain/statuses.ts';
import { LATE_AFTER_MS } from '../organisations/queries.ts';
import type { Em } from '../orm.ts';
import { Heartbeat, Installation } from '../processes/entity.ts';

/** Mails that went wrong are counted for so long; after that a person has seen them or never will. */
const PROBLEM_DAYS = 14;
/** A process whose step was due so long ago is late: the worker is behind, or the step fails again and again. */
const LATE_STEP_MS = 10 * 60_000;
/** Younger rows are on their way to the courier. */
const GRACE_MS = 120_000;

export type Figures = {
  readonly outboxCount: number;
  readonly oldestUnannouncedAt: Date | null;
  readonly openAssignments: number;
  readonly runningProcesses: number;
  /** Open assignments for which no process is noted. */
  readonly withoutProcess: number;
  readonly toReview: number;
  /** Held mails that belong to no organisation: only an operator can place them. */
  readonly heldForOperator: number;
  /** Mails of the last days that belong to nobody and that nobody can read. */
  readonly rejectedForOperator: number;
  /** Reminders held everywhere as an unusual flood. */
  readonly heldReminders: number;
  readonly heldRemindersSince: Date | null;
  readonly bounced: number;
  readonly refused: number;
  readonly unclear: number;
  readonly lateSteps: number;
  readonly needAttention: number;
};

export type Health = {
  readonly figures: Figures;
  readonly heartbeats: readonly { readonly name: string; readonly at: Date; readonly isLate: boolean }[];
  readonly isMailPaused: boolean;
  readonly mailPausedAt: Date | null;
  /** Decided by an operator and not yet carried out by the worker. */
  readonly heldRemindersDecision: HeldRemindersDecision | null;
};

/** How the installation is doing, in numbers; the operator's role reads no text of any tenant. */
export async function loadHealth(em: Em, now: Date): Promise<Health> {
  const rows = await em.execute<Figures[]>(FIGURES, [
    new Date(now.getTime() - GRACE_MS),
    ...Array.from({ length: 4 }, () => new Date(now.getTime() - PROBLEM_DAYS * 86_400_000)),
    new Date(now.getTime() - LATE_STEP_MS),
  ]);
  const figures = rows[0];
  if (!figures) throw new DomainError('unavailable');
  const beats = await em.find(Heartbeat, {}, { orderBy: { name: 'asc' } });
  const installation = await em.findOne(Installation, { id: 1 });
  const isMailPaused = installation?.isMailPaused ?? false;
  return {
    figures: { ...figures, oldestUnannouncedAt: dateOf(figures.oldestUnannouncedAt), heldRemindersSince: dateOf(figures.heldRemindersSince) },
    heartbeats: beats.map(({ name, at }) => ({ name, at, isLate: now.getTime() - at.getTime() > LATE_AFTER_MS })),
    isMailPaused,
    mailPausedAt: isMailPaused ? (installation?.mailPausedAt ?? null) : null,
    heldRemindersDecision: installation?.heldRemindersDecision ?? null,
  };
}

function dateOf(value: Date | null): Date | null {
  return value ? new Date(value) : null;
}

const HELD = `kind = 'mail' and step = 'held' and ended_at is null`;

const FIGURES = `select
  (select count(*)::int from outbox) as "outboxCount",
  (select min(created_at) from outbox) as "oldestUnannouncedAt",
  (select count(*)::int from assignments where status in ('offered', 'accepted', 'done')) as "openAssignments",
  (select count(*)::int from processes where ended_at is null) as "runningProcesses",
  (select count(*)::int from assignments a where a.status in ('offered', 'accepted') and a.offered_at < ?
     and not exists (select 1 from processes p where p.workflow_id = 'assignment:' || a.id and p.ended_at is null)) as "withoutProcess",
  (select count(*)::int from inbound_mails where status = 'held' and organisation_id is not null) as "toReview",
  (select count(*)::int from inbound_mails where status = 'held' and organisation_id is null) as "heldForOperator",
  (select count(*)::int from inbound_mails where status = 'rejected' and organisation_id is null and received_at > ?) as "rejectedForOperator",
  (select count(*)::int from processes where ${HELD}) as "heldReminders",
  (select min(started_at) from processes where ${HELD}) as "heldRemindersSince",
  (select count(*)::int from outbound_mails where status = 'bounced' and created_at > ?) as "bounced",
  (select count(*)::int from outbound_mails where status = 'refused' and created_at > ?) as "refused",
  (select count(*)::int from outbound_mails where status = 'unclear' and created_at > ?) as "unclear",
  (select count(*)::int from processes where ended_at is null and next_due_at < ?) as "lateSteps",
  (select count(*)::int from processes where ended_at is null and needs_attention) as "needAttention"`;

/** Stops or resumes all outgoing mail of the installation. */
export async function pauseInstallationMail(em: Em, actor: OperatorActor, isPaused: boolean, now: Date): Promise<Installation> {
  const installation = await em.findOneOrFail(Installation, { id: 1 });
  if (installation.isMailPaused === isPaused) return installation;
  installation.isMailPaused = isPaused;
  // After the end it stays until the pause is written down as an outage (db/mails/sending-pause.ts).
  if (isPaused) installation.mailPausedAt ??= now;
  installation.mailPausedByUserId = actor.userId;
  await em.flush();
  return installation;
}
