import type { Locale } from '#domain/statuses.ts';
import type { Em } from '../../orm.ts';
import { User } from '../entity.ts';

export type Profile = {
  readonly name?: string | undefined;
  readonly phone?: string | null | undefined;
  readonly locale?: Locale | undefined;
};

/** Changes what a user says of themselves; fields that are left out stay. */
export async function changeProfile(em: Em, userId: string, input: Profile): Promise<User> {
  const user = await em.findOneOrFail(User, { id: userId });
  if (input.name !== undefined) user.name = input.name;
  if (input.phone !== undefined) user.phone = input.phone;
  if (input.locale !== undefined) user.locale = input.locale;
  await em.flush();
  return user;
}
