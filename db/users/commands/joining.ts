import { DomainError } from '#domain/errors.ts';
import type { MemberActor } from '#domain/actors.ts';
import type { Locale } from '#domain/statuses.ts';
import { newId } from '../../columns.ts';
import { recordEvent } from '../../events/record.ts';
import { createOrganisation } from '../../organisations/commands.ts';
import type { Em } from '../../orm.ts';
import { AccountToken, Membership, User } from '../entity.ts';
import { setPassword } from './passwords.ts';
import { takeAccountToken } from './tokens.ts';

/** Sets the new password that a reset link asks for; returns whose. */
export async function resetPassword(em: Em, token: string, passwordHash: string, now: Date): Promise<string> {
  const row = await takeAccountToken(em, token, now);
  if (row.purpose !== 'reset_password' || !row.userId) throw new DomainError('token_invalid');
  await setPassword(em, row.userId, passwordHash, now);
  await proveAddress(em, row.userId, now);
  return row.userId;
}

/** Notes that a user has used a link that was mailed to their address. */
export async function proveAddress(em: Em, userId: string, now: Date): Promise<void> {
  await em.nativeUpdate(User, { id: userId }, { emailProvenAt: now });
}

export type Joining = {
  /** For a user who has none yet; others keep theirs. */
  readonly passwordHash: string | null;
  readonly name: string | null;
  readonly locale: Locale | null;
};

/** Makes the invited user a member. `em` is the system's inside the token's organisation. */
export async function joinOrganisation(em: Em, token: string, input: Joining, now: Date): Promise<string> {
  const row = await takeAccountToken(em, token, now);
  if (row.purpose !== 'join' || !row.userId || !row.organisationId) throw new DomainError('token_invalid');
  const { userId, organisationId } = row;
  const membership = await em.findOne(Membership, { organisationId, userId, removedAt: null });
  if (!membership) throw new DomainError('token_invalid');
  if (input.passwordHash) await welcome(em, userId, { ...input, passwordHash: input.passwordHash }, now);
  membership.joinedAt ??= now;
  await proveAddress(em, userId, now);
  await em.nativeUpdate(AccountToken, { userId, organisationId, purpose: 'join', usedAt: null }, { usedAt: now });
  const actor: MemberActor = { kind: 'member', organisationId, userId, role: membership.role, workspaceIds: null };
  await recordEvent(em, actor, { name: 'user.joined', organisationId, subjectId: membership.id }, now);
  await em.flush();
  return userId;
}

async function welcome(em: Em, userId: string, input: Joining & { passwordHash: string }, now: Date): Promise<void> {
  const user = await em.findOneOrFail(User, { id: userId });
  if (input.name) user.name = input.name;
  if (input.locale) user.locale = input.locale;
  await em.flush();
  await setPassword(em, userId, input.passwordHash, now);
}

export type FirstAdministrator = {
  /** Of the organisation to be made; the session of `em` must be inside it. */
  readonly organisationId: string;
  readonly organisationName: string;
  readonly name: string;
  readonly email: string;
  readonly locale: Locale;
  readonly passwordHash: string;
};

/** Makes an organisation with its first administrator; throws `email_taken` for an address that has a user. */
export async function createFirstAdministrator(em: Em, token: string, input: FirstAdministrator, now: Date): Promise<string> {
  const row = await takeAccountToken(em, token, now);
  if (row.purpose !== 'first_administrator') throw new DomainError('token_invalid');
  if (await em.findOne(User, { email: input.email }, { fields: ['id'] })) throw new DomainError('email_taken');
  await createOrganisation(em, { id: input.organisationId, name: input.organisationName, locale: input.locale }, now);
  const user = em.create(User, { id: newId(), email: input.email, name: input.name, locale: input.locale, createdAt: now });
  em.create(Membership, {
    id: newId(),
    organisationId: input.organisationId,
    userId: user.id,
    role: 'admin',
    workspaceIds: null,
    joinedAt: now,
    createdAt: now,
  });
  await em.flush();
  await setPassword(em, user.id, input.passwordHash, now);
  return user.id;
}
