import type { User } from '#db/users/entity.ts';
import { call, type Answer, type TestApi } from '../support/api.ts';
import { aPassword, aUser } from '../support/builders.ts';

export const PASSWORD = 'Kieselweg Nebel 4711 Birke';
export const OTHER = 'Wolkenturm Muschel Gleis 52';

/** A login with the password, unless another is named or none. */
export async function someone(api: TestApi, password: string | null = PASSWORD): Promise<User> {
  const user = await aUser(api.orm);
  if (password) await aPassword(api.orm, user.id, password);
  return user;
}

export function cookieOf(answer: Answer): string {
  return (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
}

export function signIn(api: TestApi, email: string, password = PASSWORD, options: { cookie?: string; headers?: Record<string, string> } = {}): Promise<Answer> {
  return call(api, 'POST', '/session', { body: { email, password }, ...options });
}

/** Asks for what is told to nobody but whoever is signed in. */
export function whoAmI(api: TestApi, cookie: string): Promise<Answer> {
  return call(api, 'GET', '/me/sessions', { cookie });
}
