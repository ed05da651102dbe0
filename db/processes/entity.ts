import { defineEntity, p, type InferEntity } from '@mikro-orm/postgresql';
import { HELD_REMINDERS_DECISIONS, PROCESS_KINDS } from '#domain/statuses.ts';
import { instant } from '../columns.ts';

/** A process to wake; the courier claims it by lease and deletes it when Temporal has it. Ids only. */
export const OutboxRow = defineEntity({
  name: 'OutboxRow',
  tableName: 'outbox',
  properties: {
    id: p.uuid().primary(),
    organisationId: p.uuid().nullable(),
    kind: p.enum(PROCESS_KINDS),
    workflowId: p.text(),
    workOrderNumber: p.text().nullable(),
    eventId: p.uuid().nullable(),
    createdAt: instant(),
    claimedUntil: instant().nullable(),
    attempts: p.integer().default(0),
  },
  indexes: [{ properties: ['createdAt'] }, { properties: ['workflowId'] }],
});
export type OutboxRow = InferEntity<typeof OutboxRow>;

/** What each running process is at, written by the activities; panel, reconciler and rebuild read one place. */
export const ProcessRow = defineEntity({
  name: 'ProcessRow',
  tableName: 'processes',
  properties: {
    workflowId: p.text().primary(),
    organisationId: p.uuid().nullable(),
    kind: p.enum(PROCESS_KINDS),
    workOrderId: p.uuid().nullable(),
    workOrderNumber: p.text().nullable(),
    subjectId: p.uuid(),
    /** Code of what it waits for. */
    step: p.text(),
    nextDueAt: instant().nullable(),
    nextAction: p.text().nullable(),
    level: p.integer().default(0),
    needsAttention: p.boolean().default(false),
    attentionReason: p.text().nullable(),
    startedAt: instant(),
    updatedAt: instant(),
    endedAt: instant().nullable(),
  },
  indexes: [{ properties: ['organisationId', 'workOrderId'] }, { properties: ['endedAt', 'kind'] }],
});
export type ProcessRow = InferEntity<typeof ProcessRow>;

/** Last sign of life of courier and worker; gaps become outages that extend answer times. */
export const Heartbeat = defineEntity({
  name: 'Heartbeat',
  tableName: 'heartbeats',
  properties: { name: p.text().primary(), at: instant() },
});
export type Heartbeat = InferEntity<typeof Heartbeat>;

/** A time in which nobody could be reminded; null organisation = the whole installation. */
export const Outage = defineEntity({
  name: 'Outage',
  tableName: 'outages',
  properties: { id: p.uuid().primary(), organisationId: p.uuid().nullable(), startedAt: instant(), endedAt: instant() },
  indexes: [{ properties: ['endedAt'] }],
});
export type Outage = InferEntity<typeof Outage>;

/** One row: what holds for the whole installation. */
export const Installation = defineEntity({
  name: 'Installation',
  tableName: 'installation',
  properties: {
    id: p.integer().primary(),
    isMailPaused: p.boolean().default(false),
    mailPausedAt: instant().nullable(),
    mailPausedByUserId: p.uuid().nullable(),
    /** Until when reminders pass everywhere, however many they are. */
    remindersReleasedUntil: instant().nullable(),
    /** What an operator has decided about the reminders held everywhere; the worker carries it out and forgets it. */
    heldRemindersDecision: p.enum(HELD_REMINDERS_DECISIONS).nullable(),
    heldRemindersDecidedByUserId: p.uuid().nullable(),
  },
});
export type Installation = InferEntity<typeof Installation>;
