import { endSession } from '#db/users/commands/sessions.ts';
import { linkBackToInvitation } from '#db/partnerships/invitation-links.ts';
import { SHORTEST_PASSWORD } from '#domain/passwords.ts';
import { LOCALES } from '#domain/statuses.ts';
import { addressKey } from '../middleware/limits.ts';
import { route, slowRoute, type Route } from '../route.ts';
import { openToken } from './opened-token.ts';
import { presentSession } from './present.ts';
import { redeem } from './redeem.ts';
import { askForReset } from './reset.ts';
import { AccountTokenDone, AccountTokenInput, AccountTokenRecord, ConfigRecord, ResetRequest, SessionRecord, SignInInput, TokenParams } from './schema.ts';
import { provePassword, signIn } from './sign-in.ts';

const postSession = slowRoute(
  { method: 'post', path: '/session', access: 'public', summary: 'Sign in', body: SignInInput, response: SessionRecord },
  async (visitor) => signIn(visitor, await provePassword(visitor, visitor.body.email, visitor.body.password)),
);

const getSession = route(
  { method: 'get', path: '/session', access: 'public', summary: 'Who am I, and which accounts are mine; null where nobody is signed in', response: SessionRecord.nullable() },
  async ({ em, signedIn }) => (signedIn ? presentSession(em, signedIn.userId) : null),
);

const deleteSession = route(
  { method: 'delete', path: '/session', access: 'public', summary: 'Sign out' },
  async ({ em, signedIn, cookie, now }) => {
    if (signedIn) await endSession(em, signedIn.userId, signedIn.sessionId, now);
    cookie.clear();
  },
);

const postReset = slowRoute(
  {
    method: 'post',
    path: '/password-resets',
    access: 'public',
    summary: 'Send me a link to set a new password; the answer is the same for every address',
    body: ResetRequest,
    status: 202,
  },
  async (visitor) => askForReset(visitor, visitor.body.email),
);

const getToken = route(
  {
    method: 'get',
    path: '/account-tokens/:token',
    access: 'public',
    summary: 'What an account link is for; looking does not use it up',
    params: TokenParams,
    response: AccountTokenRecord,
  },
  async ({ em, params, address, deps, now }) => {
    await deps.limits.consume('accountToken', addressKey(address));
    return openToken(em, params.token, now);
  },
);

const postToken = slowRoute(
  {
    method: 'post',
    path: '/account-tokens/:token',
    access: 'public',
    summary: 'Do what an account link is for, and sign in',
    params: TokenParams,
    body: AccountTokenInput,
    response: AccountTokenDone,
  },
  async (visitor) => {
    const { deps, params, now } = visitor;
    await deps.limits.consume('accountToken', addressKey(visitor.address));
    const opened = await visitor.transact((em) => openToken(em, params.token, now));
    const userId = await redeem(visitor, params.token, opened, visitor.body);
    const session = await signIn(visitor, userId);
    const invitation = opened.invitation && (await linkBackToInvitation(deps.orm, { ...opened.invitation, userId }, now));
    return { ...session, invitationPath: invitation && `/i/${invitation}/annehmen` };
  },
);

const getConfig = route(
  { method: 'get', path: '/config', access: 'public', summary: 'What every page of this installation needs to know', response: ConfigRecord },
  ({ deps, locale }) => ({
    publicUrl: deps.settings.PUBLIC_URL,
    uploadLimitMb: deps.settings.UPLOAD_LIMIT_MB,
    minPasswordLength: SHORTEST_PASSWORD,
    locales: [...LOCALES],
    defaultLocale: locale,
  }),
);

export const signInRoutes: readonly Route[] = [postSession, getSession, deleteSession, postReset, getToken, postToken, getConfig];
