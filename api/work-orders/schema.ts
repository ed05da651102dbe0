import { z } from 'zod';
import {
  ASSIGNMENT_KINDS, ASSIGNMENT_STATUSES, COMMENT_VISIBILITIES, DECLINE_REASONS, DOORS, HOLD_REASONS, MEASURES,
  NOTIFY_CHOICES, OUTBOUND_MAIL_STATUSES, PRIORITIES, WORK_ORDER_KINDS, WORK_ORDER_STATUSES,
} from '#domain/statuses.ts';
import { ASSIGNMENT_STEP_NAMES, type AssignmentStep, WORK_ORDER_STEP_NAMES, type WorkOrderStep } from '#domain/transitions.ts';
import { Can, Day, EmailAddress, Flag, Id, Instant, line, listOf, listQuery, prose } from '../schema.ts';

export const WORK_ORDER_SORTS = ['createdAt', 'number', 'title', 'dueOn', 'answerDueAt', 'priority', 'status', 'updatedAt'] as const;

export const WorkOrderListQuery = listQuery(WORK_ORDER_SORTS, {
  kind: z.enum(WORK_ORDER_KINDS).optional(),
  status: listOf(z.enum(WORK_ORDER_STATUSES)).optional(),
  workspaceId: Id.optional(),
  priority: listOf(z.enum(PRIORITIES)).optional(),
  firmId: Id.optional(),
  assigneeUserId: Id.optional(),
  responsibleUserId: Id.optional(),
  assetId: Id.optional(),
  dueFrom: Day.optional(),
  dueUntil: Day.optional(),
  overdue: Flag.optional(),
  awaitingAnswer: Flag.optional(),
  /** For partners: what waits for them, and what none of their people has. */
  inbox: Flag.optional(),
  unassigned: Flag.optional(),
});
export type WorkOrderListQuery = z.output<typeof WorkOrderListQuery>;

const Step = z.enum(WORK_ORDER_STEP_NAMES as [WorkOrderStep, ...WorkOrderStep[]]);
const AssignmentStepName = z.enum(ASSIGNMENT_STEP_NAMES as [AssignmentStep, ...AssignmentStep[]]);

const row = {
  id: Id,
  number: z.string(),
  kind: z.enum(WORK_ORDER_KINDS),
  title: z.string(),
  status: z.enum(WORK_ORDER_STATUSES),
  waitingReason: z.enum(HOLD_REASONS).nullable(),
  waitingNote: z.string().nullable(),
  waitingUntil: Day.nullable(),
  priority: z.enum(PRIORITIES),
  workspaceId: Id,
  workspaceName: z.string(),
  assetId: Id.nullable(),
  dueOn: Day.nullable(),
  isOverdue: z.boolean(),
  answerDueAt: Instant.nullable(),
  assignees: z.array(z.object({ id: Id, kind: z.enum(ASSIGNMENT_KINDS), name: z.string(), status: z.enum(ASSIGNMENT_STATUSES) })),
  /** How it stands with a partner's own assignment, and what it keeps for itself; null for the client's people. */
  assignmentId: Id.nullable(),
  assignmentStatus: z.enum(ASSIGNMENT_STATUSES).nullable(),
  answerBy: Instant.nullable(),
  promisedFrom: Instant.nullable(),
  promisedUntil: Instant.nullable(),
  ownPerson: z.object({ id: Id, name: z.string() }).nullable(),
  ownReference: z.string().nullable(),
  responsibleUserId: Id.nullable(),
  responsibleName: z.string().nullable(),
  isSafetyRelevant: z.boolean(),
  createdAt: Instant,
  /** null for a partner: others' doings change it, too. */
  updatedAt: Instant.nullable(),
  can: Can,
  steps: z.array(Step),
};

export const WorkOrderRow = z.object(row).meta({ id: 'WorkOrderRow' });
export type WorkOrderRow = z.infer<typeof WorkOrderRow>;

export const AttachmentRecord = z
  .object({
    id: Id, name: z.string(), contentType: z.string(), size: z.int(), width: z.int().nullable(), height: z.int().nullable(),
    takenAt: z.string().nullable(), hasPreview: z.boolean(), visibility: z.enum(COMMENT_VISIBILITIES), uploadedByName: z.string().nullable(),
    createdAt: Instant, commentId: Id.nullable(), url: z.string(), previewUrl: z.string().nullable(), can: Can,
  })
  .meta({ id: 'Attachment' });
export type AttachmentRecord = z.infer<typeof AttachmentRecord>;

export const ProposalRecord = z
  .object({
    step: z.enum(['accept', 'decline', 'start', 'complete']),
    why: z.enum(['soft_word', 'unproven_sender', 'too_late', 'found_by_number']),
    commentId: Id.nullable(), contactId: Id.nullable(), byName: z.string().nullable(), at: Instant,
  })
  .meta({ id: 'ProposedAnswer' });

export const CommentRecord = z
  .object({
    id: Id, visibility: z.enum(COMMENT_VISIBILITIES), door: z.enum(DOORS), body: z.string(), createdAt: Instant,
    author: z.object({ kind: z.enum(['user', 'contact', 'observer', 'system']), id: Id.nullable(), name: z.string(), firmName: z.string().nullable() }),
    attachments: z.array(AttachmentRecord), cutLines: z.int().nullable(), isRestored: z.boolean(), inboundMailId: Id.nullable(),
    unverifiedSender: z.string().nullable(), missingFiles: z.array(z.object({ name: z.string(), reason: z.string(), size: z.int() })).nullable(),
    mailedTo: z.array(z.object({ name: z.string(), status: z.enum(OUTBOUND_MAIL_STATUSES) })),
    proposal: z.object({ assignmentId: Id, ...ProposalRecord.shape }).nullable(), can: Can,
  })
  .meta({ id: 'Comment' });
export type CommentRecord = z.infer<typeof CommentRecord>;

export const ObserverRecord = z
  .object({
    id: Id, userId: Id.nullable(),
    /** A partner that follows the order in its account. */
    partnershipId: Id.nullable(), email: z.string().nullable(), name: z.string(), choice: z.enum(NOTIFY_CHOICES),
    canComment: z.boolean(), isProposed: z.boolean(), can: Can,
  })
  .meta({ id: 'Observer' });

/** What a process waits for and what happens by itself next, as the process panel shows it. */
export const ProcessPanel = z
  .object({
    workflowId: z.string(),
    waitsFor: z.object({ code: z.string(), since: Instant.nullable(), until: Instant.nullable(), isLate: z.boolean() }),
    answerBy: Instant.nullable(),
    level: z.int(),
    planned: z.array(z.object({
      key: z.string().nullable(), action: z.string(), number: z.int().nullable(), at: Instant.nullable(),
      state: z.enum(['done', 'skipped', 'now', 'next', 'off']), reason: z.string().nullable(),
    })),
    needsAttention: z.boolean(),
    attentionReason: z.string().nullable(),
    /** For operators only. */
    temporalUrl: z.string().nullable(),
  })
  .meta({ id: 'ProcessPanel' });
export type ProcessPanel = z.infer<typeof ProcessPanel>;

export const AssignmentRecord = z
  .object({
    id: Id, workOrderId: Id, kind: z.enum(ASSIGNMENT_KINDS), status: z.enum(ASSIGNMENT_STATUSES),
    firm: z.object({ id: Id, company: z.string(), phone: z.string().nullable() }).nullable(),
    contact: z.object({ id: Id, name: z.string(), email: z.string(), phone: z.string().nullable(), isUndeliverable: z.boolean(), awayUntil: Instant.nullable() }).nullable(),
    contacts: z.array(z.object({ id: Id, name: z.string() })),
    member: z.object({ id: Id, name: z.string() }).nullable(),
    message: z.string().nullable(), needsAcceptance: z.boolean(), answerBy: Instant.nullable(), offeredAt: Instant, sentAt: Instant.nullable(), deliveredAt: Instant.nullable(),
    bouncedAt: Instant.nullable(), acceptedAt: Instant.nullable(), endedAt: Instant.nullable(), promisedFrom: Instant.nullable(), promisedUntil: Instant.nullable(),
    declineReason: z.enum(DECLINE_REASONS).nullable(), declineNote: z.string().nullable(), withdrawReason: z.string().nullable(), cancelReason: z.string().nullable(),
    answeredByName: z.string().nullable(), answerDoor: z.enum(DOORS).nullable(), proposedAnswer: ProposalRecord.nullable(),
    nextFirms: z.array(z.object({ id: Id, company: z.string() })), mailStatus: z.enum(OUTBOUND_MAIL_STATUSES).nullable(),
    steps: z.array(AssignmentStepName), can: Can, process: ProcessPanel.nullable(),
    /** Set where the firm works as a partner; whether it gave the work to one of its people, and to whom where the reader may know. */
    partnershipId: Id.nullable(), isPassedOn: z.boolean(), person: z.object({ id: Id, name: z.string() }).nullable(),
    /** The partner's own number, for its own eyes. */
    ownReference: z.string().nullable(),
    /** Code: why nothing can be sent to whom is asked; null where it can. */
    sendingBlockedBy: z.enum(['contact_undeliverable']).nullable(),
    /** The request that did not arrive and can be sent again, now that the address was corrected. */
    resendMailId: Id.nullable(),
    /** Whom a note of absence names, for a coordinator to decide. */
    deputy: z.object({ email: z.string(), name: z.string().nullable(), awayUntil: Day.nullable(), isOtherCompany: z.boolean(), inboundMailId: Id.nullable() }).nullable(),
  })
  .meta({ id: 'Assignment' });
export type AssignmentRecord = z.infer<typeof AssignmentRecord>;

export const WorkOrderRecord = z
  .object({
    ...row,
    /** null for a partner, as `updatedAt` is. */
    version: z.int().nullable(), measure: z.enum(MEASURES).nullable(), description: z.string(), locationText: z.string().nullable(),
    onSiteName: z.string().nullable(), onSitePhone: z.string().nullable(), onSiteEmail: z.string().nullable(), onSiteHours: z.string().nullable(),
    accessNote: z.string().nullable(), category: z.string().nullable(), costLimitCents: z.int().nullable(), currency: z.string(),
    clientReference: z.string().nullable(), contractorReference: z.string().nullable(), isWarranty: z.boolean(),
    earlierOrder: z.object({ id: Id, number: z.string() }).nullable(), reporterName: z.string().nullable(), closedAt: Instant.nullable(),
    asset: z.object({ id: Id, number: z.string(), name: z.string() }).nullable(),
    workspace: z.object({ id: Id, name: z.string(), shortName: z.string(), street: z.string().nullable(), postalCode: z.string().nullable(), city: z.string().nullable() }),
    responsible: z.object({ id: Id, name: z.string() }).nullable(),
    /** The newest 50 messages and 100 files, oldest first; older ones come by pages of their own. Counted up to 10,000. */
    comments: z.array(CommentRecord), commentCount: z.int(), attachments: z.array(AttachmentRecord), attachmentCount: z.int(),
    observers: z.array(ObserverRecord), assignments: z.array(AssignmentRecord),
    /** Who is mailed when something shared is said, by name; and who would be, if mails reached them. */
    mailRecipients: z.array(z.object({ kind: z.enum(['contractor', 'observer', 'user', 'partner', 'client']), name: z.string(), firmName: z.string().nullable(), isUndeliverable: z.boolean() })),
    /** For a partner: observers of the client who are mailed as well. */
    unnamedRecipientCount: z.int(),
  })
  .meta({ id: 'WorkOrder' });
export type WorkOrderRecord = z.infer<typeof WorkOrderRecord>;

/** A line that null or '' empties and absence leaves alone; the same shape serves creating and changing. */
function emptyable(max: number) {
  return z.string().trim().max(max).regex(/^\P{Cc}*$/u).nullable().transform((value) => value || null).optional();
}

const fields = {
  title: line(200),
  description: prose(20_000).optional(),
  workspaceId: Id,
  assetId: Id.nullish(),
  locationText: emptyable(200),
  onSiteName: emptyable(120),
  onSitePhone: emptyable(60),
  onSiteEmail: EmailAddress.nullish(),
  onSiteHours: emptyable(120),
  accessNote: emptyable(500),
  priority: z.enum(PRIORITIES).optional(),
  category: emptyable(80),
  dueOn: Day.nullish(),
  costLimitCents: z.int().min(0).max(1_000_000_000).nullish(),
  clientReference: emptyable(80),
  contractorReference: emptyable(80),
  isWarranty: z.boolean().optional(),
  earlierOrderId: Id.nullish(),
  isSafetyRelevant: z.boolean().optional(),
  responsibleUserId: Id.nullish(),
};

export const WorkOrderInput = z.strictObject({ ...fields, kind: z.enum(WORK_ORDER_KINDS).optional(), measure: z.enum(MEASURES).nullish() });
/** A change names only what changes; `version` is the one that was seen. */
export const WorkOrderChange = z.strictObject({ ...fields, title: fields.title.optional(), workspaceId: Id.optional(), version: z.int().optional() });

export const StepInput = z.strictObject({
  step: Step,
  reason: prose(2_000).optional(),
  waitingReason: z.enum(HOLD_REASONS).optional(),
  waitingUntil: Day.optional(),
});

export const TimelineRecord = z
  .object({
    id: Id, name: z.string(), occurredAt: Instant, door: z.enum(DOORS), actorName: z.string().nullable(), assigneeName: z.string().nullable(),
    /** Of the observer or the file that it is about. */
    subjectName: z.string().nullable(),
    data: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'TimelineEntry' });
export type TimelineRecord = z.infer<typeof TimelineRecord>;
