import { defineEntity, p, type InferEntity } from '@mikro-orm/postgresql';
import { INSIDE } from '#domain/mail/matching.ts';
import { INBOUND_MAIL_STATUSES, LOCALES, OUTBOUND_MAIL_STATUSES } from '#domain/statuses.ts';
import { id, instant, organisationId, ref } from '../columns.ts';

/** One conversation by mail: order × firm, observer or user. Root and subject never change, also over re-assignments. */
export const MailThread = defineEntity({
  name: 'MailThread',
  tableName: 'mail_threads',
  properties: {
    id: id(),
    organisationId: organisationId(),
    workOrderId: ref(),
    /** `firm:<id>`, `observer:<id>`, `user:<id>`. */
    party: p.text(),
    /** null until the first mail, which fixes root and subject. */
    rootMessageId: p.text().nullable(),
    lastMessageId: p.text().nullable(),
    subject: p.text().nullable(),
    createdAt: instant(),
  },
  uniques: [{ properties: ['organisationId', 'id'] }, { properties: ['organisationId', 'workOrderId', 'party'] }],
});
export type MailThread = InferEntity<typeof MailThread>;

/** A mail to send or sent; rendered when it is sent, kept with its links blanked. */
export const OutboundMail = defineEntity({
  name: 'OutboundMail',
  tableName: 'outbound_mails',
  properties: {
    id: id(),
    /** null only for mails of the installation (first administrator, reset of a user without organisation). */
    organisationId: p.uuid().nullable(),
    workOrderId: ref().nullable(),
    assignmentId: ref().nullable(),
    /** An invitation's mails, and those to people of a partner. */
    partnershipId: ref().nullable(),
    threadId: ref().nullable(),
    template: p.text(),
    /** Ids and codes that the renderer loads its data by. */
    parameters: p.json<Record<string, unknown>>(),
    toEmail: p.text(),
    toName: p.text().nullable(),
    toContactId: ref().nullable(),
    toUserId: ref().nullable(),
    toObserverId: ref().nullable(),
    locale: p.enum(LOCALES),
    /** Why it is sent: event name or step key. */
    cause: p.text(),
    /** Unique where the mail may happen once only. */
    onceKey: p.text().nullable(),
    status: p.enum(OUTBOUND_MAIL_STATUSES).default('queued'),
    statusReason: p.text().nullable(),
    attempts: p.integer().default(0),
    sendingSince: instant().nullable(),
    subject: p.text().nullable(),
    textBody: p.text().nullable(),
    htmlBody: p.text().nullable(),
    /** Our Message-ID, without angle brackets. */
    messageId: p.text().nullable(),
    /** Postmark's id. */
    providerId: p.text().nullable(),
    isPossibleDuplicate: p.boolean().default(false),
    resendOfMailId: ref().nullable(),
    createdAt: instant(),
    sentAt: instant().nullable(),
    deliveredAt: instant().nullable(),
    bouncedAt: instant().nullable(),
  },
  uniques: [{ properties: ['organisationId', 'id'] }, { properties: ['organisationId', 'onceKey'] }],
  indexes: [
    { properties: ['organisationId', 'createdAt'] },
    { properties: ['organisationId', 'workOrderId'] },
    { properties: ['organisationId', 'status'] },
    { properties: ['providerId'] },
  ],
});
export type OutboundMail = InferEntity<typeof OutboundMail>;

/** Which mails refer to what: our Message-IDs and the provider's, for replies without our reply address. Ids only. */
export const MailReference = defineEntity({
  name: 'MailReference',
  tableName: 'mail_references',
  properties: {
    messageId: p.text().primary(),
    organisationId: organisationId(),
    workOrderId: ref(),
    assignmentId: ref().nullable(),
    observerId: ref().nullable(),
    userId: ref().nullable(),
    /** Set where it went to somebody of a partner. */
    partnershipId: ref().nullable(),
    contactId: ref().nullable(),
    /** It told a partner's own matters. */
    inside: p.enum(INSIDE).nullable(),
    createdAt: instant(),
  },
});
export type MailReference = InferEntity<typeof MailReference>;

/** What the provider told of a mail; its id makes a repeated call have no effect. */
export const MailEvent = defineEntity({
  name: 'MailEvent',
  tableName: 'mail_events',
  properties: {
    id: id(),
    organisationId: p.uuid().nullable(),
    mailId: ref().nullable(),
    /** Postmark's trace id of the webhook, or `<record type>:<message id>:<time>`. */
    traceId: p.text().unique(),
    recordType: p.text(),
    data: p.json<Record<string, unknown>>(),
    occurredAt: instant(),
    createdAt: instant(),
  },
  indexes: [{ properties: ['mailId'] }],
});
export type MailEvent = InferEntity<typeof MailEvent>;

export type MailSuggestion = {
  readonly workOrderId: string;
  readonly assignmentId: string | null;
  /** Codes of what fits and what does not: `number_in_subject`, `known_contact`, `other_domain`, `no_proof` … */
  readonly fits: readonly string[];
  readonly doesNotFit: readonly string[];
};

/** A mail that came in; stored whole before anything is decided. organisation_id is null while nobody's. */
export const InboundMail = defineEntity({
  name: 'InboundMail',
  tableName: 'inbound_mails',
  properties: {
    id: id(),
    organisationId: p.uuid().nullable(),
    providerId: p.text().unique(),
    /** The sender's Message-ID, without angle brackets. */
    messageId: p.text().nullable(),
    status: p.enum(INBOUND_MAIL_STATUSES).default('stored'),
    /** Code: why it is held, automatic or rejected. */
    reason: p.text().nullable(),
    /** Key of the provider's JSON in the file store. */
    rawKey: p.text(),
    size: p.integer(),
    recipient: p.text().nullable(),
    fromEmail: p.text().nullable(),
    fromName: p.text().nullable(),
    subject: p.text().nullable(),
    foundBy: p.text().nullable(),
    proof: p.text().nullable(),
    workOrderId: ref().nullable(),
    assignmentId: ref().nullable(),
    commentId: ref().nullable(),
    /** Set where somebody of a partner wrote. */
    partnershipId: ref().nullable(),
    /** It answers what is internal to a partner: the client does not read it. */
    isInternal: p.boolean().default(false),
    suggestion: p.json<MailSuggestion>().nullable(),
    decidedByUserId: ref().nullable(),
    decidedAt: instant().nullable(),
    decision: p.text().nullable(),
    receivedAt: instant(),
    processedAt: instant().nullable(),
  },
  uniques: [{ properties: ['organisationId', 'id'] }],
  indexes: [{ properties: ['organisationId', 'status', 'receivedAt'] }, { properties: ['organisationId', 'messageId'] }],
});
export type InboundMail = InferEntity<typeof InboundMail>;
