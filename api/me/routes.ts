import { findLogin, prepareNewPassword, setPassword } from '#db/users/commands/passwords.ts';
import { changeProfile } from '#db/users/commands/profile.ts';
import { endSession } from '#db/users/commands/sessions.ts';
import { checkPassword } from '#db/users/passwords.ts';
import { findOwnSessions } from '#db/users/queries.ts';
import { DomainError } from '#domain/errors.ts';
import { plain } from '../present.ts';
import { route, slowRoute, type Route } from '../route.ts';
import { IdParams, iso } from '../schema.ts';
import { presentUser } from '../sign-in/present.ts';
import { SessionRecord, UserRecord } from '../sign-in/schema.ts';
import { signIn } from '../sign-in/sign-in.ts';
import { OwnSessions, PasswordChange, ProfileInput } from './schema.ts';

const listSessions = route(
  { method: 'get', path: '/me/sessions', access: 'session', summary: 'The browsers in which I am signed in', response: OwnSessions },
  async ({ em, signedIn, now }) => {
    const sessions = await findOwnSessions(em, signedIn.userId, now);
    return {
      data: sessions.map(plain).map((row) => ({
        id: row.id,
        createdAt: iso(row.createdAt),
        lastSeenAt: iso(row.lastSeenAt),
        ipAddress: row.address,
        userAgent: row.agent,
        isCurrent: row.id === signedIn.sessionId,
      })),
    };
  },
);

const deleteSession = route(
  { method: 'delete', path: '/me/sessions/:id', access: 'session', summary: 'Sign out another browser', params: IdParams },
  async ({ em, signedIn, params, now }) => {
    if (!(await endSession(em, signedIn.userId, params.id, now))) throw new DomainError('not_found');
  },
);

const changeMe = route(
  { method: 'patch', path: '/me', access: 'session', summary: 'Change my name, phone or language', body: ProfileInput, response: UserRecord },
  async ({ em, signedIn, body }) => presentUser(await changeProfile(em, signedIn.userId, body)),
);

const changePassword = slowRoute(
  {
    method: 'post',
    path: '/me/password',
    access: 'session',
    summary: 'Change my password; every other browser is signed out',
    body: PasswordChange,
    response: SessionRecord,
  },
  async (caller) => {
    const { signedIn, body, deps, now, transact } = caller;
    await deps.limits.consume('passwordChange', signedIn.userId);
    const login = await transact((em) => findLogin(em, signedIn.email));
    const check = await checkPassword(body.current, login?.passwordHash ?? null);
    if (!check.isRight) throw new DomainError('sign_in_failed');
    const hash = await prepareNewPassword(body.password, [signedIn.name, signedIn.email]);
    await transact((em) => setPassword(em, signedIn.userId, hash, now));
    return signIn(caller, signedIn.userId);
  },
);

export const meRoutes: readonly Route[] = [listSessions, deleteSession, changeMe, changePassword];
