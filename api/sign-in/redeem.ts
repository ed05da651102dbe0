import { newId } from '#db/columns.ts';
import { systemEm } from '#db/orm.ts';
import { createFirstAdministrator, joinOrganisation, resetPassword } from '#db/users/commands/joining.ts';
import { prepareNewPassword } from '#db/users/commands/passwords.ts';
import { DomainError } from '#domain/errors.ts';
import { InputError } from '../middleware/problem.ts';
import { provePassword, type Visitor } from './sign-in.ts';
import { AccountTokenInput } from './schema.ts';
import type { OpenedToken } from './opened-token.ts';

/** Does what an account link is for; returns whom to sign in. */
export async function redeem(visitor: Visitor, token: string, opened: OpenedToken, input: AccountTokenInput): Promise<string> {
  if (opened.purpose === 'reset_password') return reset(visitor, token, opened, input);
  return opened.purpose === 'join' ? join(visitor, token, opened, input) : begin(visitor, token, input);
}

async function reset(visitor: Visitor, token: string, opened: OpenedToken, input: AccountTokenInput): Promise<string> {
  const { password } = need(input, ['password']);
  const hash = await prepareNewPassword(password, knownOf(opened));
  return visitor.transact((em) => resetPassword(em, token, hash, visitor.now));
}

/** The link proves the mailbox; who has a login already must also be signed in as that user, or give its password. */
async function join(visitor: Visitor, token: string, opened: OpenedToken, input: AccountTokenInput): Promise<string> {
  const { signedIn, now } = visitor;
  if (signedIn && signedIn.userId !== opened.userId) throw new DomainError('conflict', { reason: 'signed_in_as_other' });
  if (!opened.organisationId || !opened.email) throw new DomainError('token_invalid');
  const isProven = signedIn?.userId === opened.userId;
  if (!opened.isNewUser && !isProven) await provePassword(visitor, opened.email, need(input, ['password']).password);
  const passwordHash = opened.isNewUser ? await prepareNewPassword(need(input, ['password']).password, knownOf(opened)) : null;
  const joining = { passwordHash, name: input.name ?? null, locale: input.locale ?? null };
  return systemEm(visitor.deps.orm, opened.organisationId).transactional((em) => joinOrganisation(em, token, joining, now));
}

async function begin(visitor: Visitor, token: string, input: AccountTokenInput): Promise<string> {
  const given = need(input, ['password', 'name', 'organisationName', 'email']);
  const passwordHash = await prepareNewPassword(given.password, [given.name, given.email, given.organisationName]);
  const organisationId = newId();
  const wanted = { ...given, organisationId, passwordHash, locale: input.locale ?? ('de-DE' as const) };
  return systemEm(visitor.deps.orm, organisationId).transactional((em) => createFirstAdministrator(em, token, wanted, visitor.now));
}

function knownOf(opened: OpenedToken): string[] {
  return [opened.email, opened.name, opened.organisationName].filter((one) => one !== null);
}

type Needed = 'password' | 'name' | 'organisationName' | 'email';

/** The fields that this purpose can't do without; throws like a schema would. */
function need<K extends Needed>(input: AccountTokenInput, names: readonly K[]): Record<K, string> {
  const mask = Object.fromEntries(names.map((name) => [name, true]));
  const parsed = AccountTokenInput.required(mask as never).safeParse(input, { reportInput: true });
  if (!parsed.success) throw new InputError(parsed.error);
  return parsed.data as Record<K, string>;
}
