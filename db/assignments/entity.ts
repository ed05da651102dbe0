import { defineEntity, p, type InferEntity } from '@mikro-orm/postgresql';
import type { EscalationPolicy } from '#domain/escalation/policy.ts';
import { INSIDE } from '#domain/mail/matching.ts';
import {
  ASSIGNMENT_KINDS,
  ASSIGNMENT_STATUSES,
  DECLINE_REASONS,
  DOORS,
  WITHDRAW_REASONS,
  type Door,
} from '#domain/statuses.ts';
import { day, id, instant, organisationId, ref } from '../columns.ts';

/** A soft yes, or an answer that came too late: waits for a coordinator's click. */
export type ProposedAnswer = {
  readonly step: 'accept' | 'decline' | 'start' | 'complete';
  readonly why: 'soft_word' | 'unproven_sender' | 'too_late' | 'found_by_number';
  readonly commentId: string | null;
  readonly contactId: string | null;
  readonly byName: string | null;
  /** Set where somebody of a partner said it. */
  readonly userId?: string | null | undefined;
  readonly at: string;
  /** By which door it came; absent: by mail where it hangs on a comment, else by link. */
  readonly door?: Door | undefined;
};

/** One asking of one assignee. */
export const Assignment = defineEntity({
  name: 'Assignment',
  tableName: 'assignments',
  properties: {
    id: id(),
    organisationId: organisationId(),
    workOrderId: ref(),
    kind: p.enum(ASSIGNMENT_KINDS),
    firmId: ref().nullable(),
    /** Set where the firm works as a partner, in its own portal. */
    partnershipId: ref().nullable(),
    /** The contact who is mailed at present; changes when a mail bounces. */
    contactId: ref().nullable(),
    memberUserId: ref().nullable(),
    status: p.enum(ASSIGNMENT_STATUSES).default('offered'),
    needsAcceptance: p.boolean().default(true),
    message: p.text().nullable(),
    /** Stated in the mail. */
    answerBy: instant().nullable(),
    /** Moved by hand; wins over the stated and the reckoned one. */
    answerByOverride: instant().nullable(),
    answerByOverrideSetAt: instant().nullable(),
    /** The rules it was offered under: a later change of the organisation's leaves running requests alone. */
    policy: p.json<EscalationPolicy>().nullable(),
    /** Firms to ask next, in order. */
    nextFirmIds: p.json<string[]>(),
    sharedAttachmentIds: p.json<string[]>(),
    previousAssignmentId: ref().nullable(),
    offeredByUserId: ref().nullable(),
    offeredAt: instant(),
    sentAt: instant().nullable(),
    deliveredAt: instant().nullable(),
    bouncedAt: instant().nullable(),
    acceptedAt: instant().nullable(),
    doneAt: instant().nullable(),
    endedAt: instant().nullable(),
    answeredByContactId: ref().nullable(),
    /** Who of a partner answered. */
    answeredByUserId: ref().nullable(),
    answeredByName: p.text().nullable(),
    answerDoor: p.enum(DOORS).nullable(),
    declineReason: p.enum(DECLINE_REASONS).nullable(),
    declineNote: p.text().nullable(),
    withdrawReason: p.enum(WITHDRAW_REASONS).nullable(),
    cancelReason: p.text().nullable(),
    promisedFrom: instant().nullable(),
    promisedUntil: instant().nullable(),
    proposedAnswer: p.json<ProposedAnswer>().nullable(),
    remindRequestedAt: instant().nullable(),
    /** Set when an offer has ended: `answered_by_colleague` and `given_elsewhere` are worded from it. */
    endedBecause: p.text().nullable(),
  },
  uniques: [{ properties: ['organisationId', 'id'] }],
  indexes: [
    { properties: ['organisationId', 'workOrderId'] },
    { properties: ['organisationId', 'firmId', 'status'] },
    { properties: ['organisationId', 'memberUserId', 'status'] },
    { properties: ['organisationId', 'status', 'offeredAt'] },
    { properties: ['organisationId', 'partnershipId', 'status'] },
  ],
});
export type Assignment = InferEntity<typeof Assignment>;

/** A step of the escalation policy that was taken or skipped; its key makes it happen once. */
export const AssignmentStepRow = defineEntity({
  name: 'AssignmentStepRow',
  tableName: 'assignment_steps',
  properties: {
    id: id(),
    organisationId: organisationId(),
    workOrderId: ref(),
    assignmentId: ref(),
    /** `assignment:<id>:reminder:1`. */
    key: p.text(),
    action: p.text(),
    outcome: p.enum(['done', 'skipped'] as const),
    skipReason: p.text().nullable(),
    at: instant(),
  },
  uniques: [{ properties: ['organisationId', 'key'] }],
  indexes: [{ properties: ['organisationId', 'assignmentId'] }],
});
export type AssignmentStepRow = InferEntity<typeof AssignmentStepRow>;

/** Whom an out-of-office note names for urgent things, unknown to the directory: a coordinator decides. Its texts are blanked by an erasure. */
export const DeputyProposal = defineEntity({
  name: 'DeputyProposal',
  tableName: 'deputy_proposals',
  properties: {
    id: id(),
    organisationId: organisationId(),
    workOrderId: ref(),
    assignmentId: ref(),
    /** Who is away. */
    absentContactId: ref(),
    inboundMailId: ref().nullable(),
    /** Lower-case; null once erased. */
    email: p.text().nullable(),
    name: p.text().nullable(),
    /** The last day away that the note names. */
    awayUntil: day().nullable(),
    createdAt: instant(),
    decision: p.enum(['asked', 'dismissed', 'outdated'] as const).nullable(),
    decidedAt: instant().nullable(),
    decidedByUserId: p.uuid().nullable(),
  },
  uniques: [{ properties: ['organisationId', 'id'] }],
  indexes: [{ properties: ['organisationId', 'assignmentId'] }],
});
export type DeputyProposal = InferEntity<typeof DeputyProposal>;

/** A secret link without an account; only the token's SHA-256 is kept. */
export const AccessLink = defineEntity({
  name: 'AccessLink',
  tableName: 'access_links',
  properties: {
    id: id(),
    organisationId: organisationId(),
    /** null for an invitation, which is about no order. */
    workOrderId: ref().nullable(),
    purpose: p.enum(['assignment', 'observer', 'file_request', 'invitation'] as const),
    partnershipId: ref().nullable(),
    assignmentId: ref().nullable(),
    observerId: ref().nullable(),
    fileRequestId: ref().nullable(),
    contactId: ref().nullable(),
    mailId: ref().nullable(),
    tokenHash: p.text().unique(),
    createdAt: instant(),
    /** null = as long as its assignment or observer lets it live. */
    expiresAt: instant().nullable(),
    revokedAt: instant().nullable(),
  },
  uniques: [{ properties: ['organisationId', 'id'] }],
  indexes: [{ properties: ['organisationId', 'assignmentId'] }],
});
export type AccessLink = InferEntity<typeof AccessLink>;

/** The key after the plus of our reply address; random, one per assignment, observer or user × recipient. */
export const ReplyAddress = defineEntity({
  name: 'ReplyAddress',
  tableName: 'reply_addresses',
  properties: {
    id: id(),
    organisationId: organisationId(),
    workOrderId: ref(),
    key: p.text().unique(),
    assignmentId: ref().nullable(),
    observerId: ref().nullable(),
    userId: ref().nullable(),
    /** Set where the user writes as somebody of a partner. */
    partnershipId: ref().nullable(),
    contactId: ref().nullable(),
    /** Given in a mail on a partner's own matters: what a stranger answers to it is none of the client's. */
    inside: p.enum(INSIDE).nullable(),
    createdAt: instant(),
    expiredAt: instant().nullable(),
  },
  indexes: [{ properties: ['organisationId', 'workOrderId'] }],
});
export type ReplyAddress = InferEntity<typeof ReplyAddress>;
