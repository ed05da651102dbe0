import { defineEntity, p, type InferEntity } from '@mikro-orm/postgresql';
import { LOCALES, NOTIFY_CHOICES, ROLES } from '#domain/statuses.ts';
import { id, instant, organisationId } from '../columns.ts';

/** One login; belongs to no tenant. */
export const User = defineEntity({
  name: 'User',
  tableName: 'users',
  properties: {
    id: id(),
    /** Lower-case. */
    email: p.text().unique(),
    /** When they last used a link that was mailed to this address; null where somebody has only typed it. */
    emailProvenAt: instant().nullable(),
    name: p.text(),
    phone: p.text().nullable(),
    locale: p.enum(LOCALES).default('de-DE'),
    isOperator: p.boolean().default(false),
    createdAt: instant(),
    lastSignedInAt: instant().nullable(),
  },
});
export type User = InferEntity<typeof User>;

/** The password of a user, apart from the user so that no list can carry it. */
export const Credential = defineEntity({
  name: 'Credential',
  tableName: 'credentials',
  properties: {
    userId: p.uuid().primary(),
    /** PHC string: argon2id with its parameters. */
    passwordHash: p.text(),
    changedAt: instant(),
  },
});
export type Credential = InferEntity<typeof Credential>;

/** A user in an organisation. */
export const Membership = defineEntity({
  name: 'Membership',
  tableName: 'memberships',
  properties: {
    id: id(),
    organisationId: organisationId(),
    userId: p.uuid(),
    role: p.enum(ROLES),
    /** null = all workspaces. */
    workspaceIds: p.json<string[]>().nullable(),
    notifyChoice: p.enum(NOTIFY_CHOICES).default('at_once'),
    invitedAt: instant().nullable(),
    /** As whoever invited them wrote it; shown until they join. */
    invitedName: p.text().nullable(),
    invitedLocale: p.enum(LOCALES).nullable(),
    joinedAt: instant().nullable(),
    removedAt: instant().nullable(),
    createdAt: instant(),
  },
  uniques: [{ properties: ['organisationId', 'userId'] }],
  indexes: [{ properties: ['userId'] }],
});
export type Membership = InferEntity<typeof Membership>;

/** A signed-in browser; only the token's SHA-256 is kept. */
export const Session = defineEntity({
  name: 'Session',
  tableName: 'sessions',
  properties: {
    id: id(),
    userId: p.uuid().index(),
    tokenHash: p.text().unique(),
    createdAt: instant(),
    lastSeenAt: instant(),
    /** Absolute end, whatever happens before. */
    expiresAt: instant(),
    endedAt: instant().nullable(),
    address: p.text().nullable(),
    agent: p.text().nullable(),
  },
});
export type Session = InferEntity<typeof Session>;

/** A single-use link to set a password: forgotten, invited, or first administrator. */
export const AccountToken = defineEntity({
  name: 'AccountToken',
  tableName: 'account_tokens',
  properties: {
    id: id(),
    userId: p.uuid().nullable(),
    organisationId: p.uuid().nullable(),
    /** Of the organisation: the invitation that a new password was asked for from, and where its link goes on. */
    partnershipId: p.uuid().nullable(),
    purpose: p.enum(['reset_password', 'join', 'first_administrator'] as const),
    tokenHash: p.text().unique(),
    createdAt: instant(),
    expiresAt: instant(),
    usedAt: instant().nullable(),
  },
  indexes: [{ properties: ['userId'] }],
});
export type AccountToken = InferEntity<typeof AccountToken>;
