import type { Organisation } from '#db/organisations/entity.ts';
import type { Orm } from '#db/orm.ts';
import type { Membership, User } from '#db/users/entity.ts';
import type { Workspace } from '#db/workspaces/entity.ts';
import type { MemberActor } from '#domain/actors.ts';
import type { Role } from '#domain/statuses.ts';
import { aMembership, anOrganisation, aSession, aUser, aWorkspace } from './builders.ts';

export type Player = { readonly user: User; readonly membership: Membership; readonly cookie: string };

/** A property manager with a person of each role; invented names, the same in every test. */
export type Cast = {
  readonly organisation: Organisation;
  readonly workspace: Workspace;
  /** Katrin Vogt, administrator. */
  readonly admin: Player;
  /** Jonas Reuter, coordinator. */
  readonly coordinator: Player;
  /** Emre Yildiz, technician. */
  readonly technician: Player;
};

const NAMES: Readonly<Record<Role, string>> = { admin: 'Katrin Vogt', coordinator: 'Jonas Reuter', technician: 'Emre Yildiz' };

export async function aCast(orm: Orm, now: Date, name = 'Lindenhof Verwaltung'): Promise<Cast> {
  const organisation = await anOrganisation(orm, { name });
  const workspace = await aWorkspace(orm, organisation.id, { name: 'Lindenhof', shortName: 'Lindenhof' });
  const player = async (role: Role): Promise<Player> => {
    const user = await aUser(orm, { name: NAMES[role] });
    const membership = await aMembership(orm, organisation.id, user.id, role);
    return { user, membership, cookie: await aSession(orm, user.id, now) };
  };
  return {
    organisation,
    workspace,
    admin: await player('admin'),
    coordinator: await player('coordinator'),
    technician: await player('technician'),
  };
}

/** The administrator as commands take them. */
export function adminOf(cast: Pick<Cast, 'organisation' | 'admin'>): MemberActor {
  return { kind: 'member', organisationId: cast.organisation.id, userId: cast.admin.user.id, role: 'admin', workspaceIds: null };
}

/** Path below an account. */
export function account(cast: Cast, path = ''): string {
  return `/accounts/${cast.organisation.id}${path}`;
}
