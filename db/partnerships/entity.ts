import { defineEntity, p, type InferEntity } from '@mikro-orm/postgresql';
import { LOCALES, PARTNERSHIP_STATUSES, SHARE_SCOPES } from '#domain/statuses.ts';
import { day, id, instant, organisationId, ref } from '../columns.ts';

/** Links a client (the row's organisation) to a partner's organisation; `invited` until the invitee has answered. */
export const Partnership = defineEntity({
  name: 'Partnership',
  tableName: 'partnerships',
  properties: {
    id: id(),
    organisationId: organisationId(),
    /** The partner in the client's directory. */
    firmId: ref(),
    /** null until accepted. */
    partnerOrganisationId: p.uuid().nullable(),
    status: p.enum(PARTNERSHIP_STATUSES).default('invited'),
    /** Lower-case: who is to administer the partner's account. */
    invitedEmail: p.text(),
    invitedName: p.text().nullable(),
    locale: p.enum(LOCALES),
    message: p.text().nullable(),
    invitedByUserId: ref(),
    invitedAt: instant(),
    /** How often it was sent; each round has a new link, its own reminders and its own end. */
    round: p.integer().default(1),
    roundStartedAt: instant(),
    validUntil: instant(),
    remindedAt: instant().nullable(),
    lastRemindedAt: instant().nullable(),
    bouncedAt: instant().nullable(),
    acceptedAt: instant().nullable(),
    acceptedByUserId: ref().nullable(),
    /** Of decline, withdrawal or expiry. */
    closedAt: instant().nullable(),
    declineReason: p.text().nullable(),
    /** Named by an invitee who is not the right person; the inviter confirms it. */
    otherEmail: p.text().nullable(),
    otherEmailAt: instant().nullable(),
    /** Whether the client sees which person of the partner is at work; the partner's choice. */
    showsPeople: p.boolean().default(false),
    /** Last day of a partnership that one side ends. */
    endsOn: day().nullable(),
    endedAt: instant().nullable(),
    endedByUserId: ref().nullable(),
    endedBySide: p.enum(['client', 'partner'] as const).nullable(),
    endReason: p.text().nullable(),
    createdAt: instant(),
    updatedAt: instant(),
  },
  uniques: [{ properties: ['organisationId', 'id'] }],
  indexes: [
    { properties: ['organisationId', 'status', 'createdAt'] },
    { properties: ['organisationId', 'firmId'] },
    { properties: ['partnerOrganisationId', 'status'] },
    { properties: ['invitedEmail', 'status'] },
  ],
});
export type Partnership = InferEntity<typeof Partnership>;

/** A workspace that a partner may see, with all its assets or chosen ones. */
export const WorkspaceShare = defineEntity({
  name: 'WorkspaceShare',
  tableName: 'workspace_shares',
  properties: {
    id: id(),
    organisationId: organisationId(),
    partnershipId: ref(),
    workspaceId: ref(),
    scope: p.enum(SHARE_SCOPES).default('all'),
    /** false: unticked by the partner, with their reason. */
    isServed: p.boolean().default(true),
    notServedReason: p.text().nullable(),
    createdAt: instant(),
  },
  uniques: [{ properties: ['organisationId', 'id'] }, { properties: ['organisationId', 'partnershipId', 'workspaceId'] }],
  indexes: [{ properties: ['organisationId', 'workspaceId'] }],
});
export type WorkspaceShare = InferEntity<typeof WorkspaceShare>;

/** A chosen asset of a share of scope `chosen`. */
export const AssetShare = defineEntity({
  name: 'AssetShare',
  tableName: 'asset_shares',
  properties: {
    id: id(),
    organisationId: organisationId(),
    partnershipId: ref(),
    workspaceShareId: ref(),
    assetId: ref(),
    createdAt: instant(),
  },
  uniques: [{ properties: ['organisationId', 'partnershipId', 'assetId'] }],
  indexes: [{ properties: ['organisationId', 'workspaceShareId'] }],
});
export type AssetShare = InferEntity<typeof AssetShare>;

/**
 * That a partner takes part in an order, by an assignment that still binds them or as an observer; the source's id is the
 * row's. Kept by triggers on assignments and observers, so that what a partner may see can't part from what they were asked.
 */
export const Participation = defineEntity({
  name: 'Participation',
  tableName: 'participations',
  properties: {
    id: p.uuid().primary(),
    organisationId: organisationId(),
    partnershipId: ref(),
    workOrderId: ref(),
    role: p.enum(['contractor', 'observer'] as const),
  },
  indexes: [{ properties: ['organisationId', 'partnershipId', 'workOrderId'] }, { properties: ['organisationId', 'workOrderId'] }],
});
export type Participation = InferEntity<typeof Participation>;

/** What a partner keeps for itself of one assignment: who of its people does the work, and its own number. */
export const InternalAssignment = defineEntity({
  name: 'InternalAssignment',
  tableName: 'internal_assignments',
  properties: {
    id: id(),
    organisationId: organisationId(),
    /** The partner's organisation. */
    authorOrganisationId: p.uuid(),
    partnershipId: ref(),
    workOrderId: ref(),
    assignmentId: ref(),
    memberUserId: ref().nullable(),
    assignedByUserId: ref().nullable(),
    assignedAt: instant().nullable(),
    ownReference: p.text().nullable(),
    updatedAt: instant(),
  },
  uniques: [{ properties: ['organisationId', 'assignmentId'] }],
  indexes: [{ properties: ['organisationId', 'workOrderId'] }, { properties: ['authorOrganisationId', 'memberUserId'] }],
});
export type InternalAssignment = InferEntity<typeof InternalAssignment>;

/** To whom a partner's orders of a client, or of one workspace, go: a dispatcher, or a shared mailbox. */
export const DispatchRule = defineEntity({
  name: 'DispatchRule',
  tableName: 'dispatch_rules',
  properties: {
    id: id(),
    organisationId: organisationId(),
    /** The partner's organisation. */
    authorOrganisationId: p.uuid(),
    partnershipId: ref(),
    /** null = wherever no rule names the workspace. */
    workspaceId: ref().nullable(),
    memberUserId: ref().nullable(),
    email: p.text().nullable(),
    createdAt: instant(),
  },
  indexes: [{ properties: ['organisationId', 'partnershipId'] }, { properties: ['authorOrganisationId'] }],
});
export type DispatchRule = InferEntity<typeof DispatchRule>;
