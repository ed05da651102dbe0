import { newId } from '#db/columns.ts';
import { Firm, FirmContact } from '#db/firms/entity.ts';
import { Organisation } from '#db/organisations/entity.ts';
import { setPassword } from '#db/users/commands/passwords.ts';
import { issueAccountToken, type TokenFor } from '#db/users/commands/tokens.ts';
import { hashPassword } from '#db/users/passwords.ts';
import { newSecret } from '#db/users/secrets.ts';
import { gateEm, systemEm, type Orm } from '#db/orm.ts';
import { Membership, Session, User } from '#db/users/entity.ts';
import { WorkOrder } from '#db/work-orders/entity.ts';
import { Workspace } from '#db/workspaces/entity.ts';
import { Asset } from '#db/assets/entity.ts';
import { Assignment } from '#db/assignments/entity.ts';
import type { Role } from '#domain/statuses.ts';
import { DEFAULT_BUSINESS_HOURS } from '#domain/calendar/calendar.ts';

/** Builders fill in whatever a test does not care about; each writes at once and gives back the row. */
export type Built<T> = Promise<T>;

const THEN = new Date('2026-11-01T08:00:00Z');
let counter = 0;
const next = (): number => (counter += 1);

export async function anOrganisation(orm: Orm, given: Partial<Organisation> = {}): Built<Organisation> {
  const id = given.id ?? newId();
  return gateEm(orm).transactional(async (em) =>
    em.create(Organisation, {
      id,
      name: `Hausverwaltung ${next()}`,
      mailName: `verwaltung-${id.slice(-12)}`,
      businessHours: DEFAULT_BUSINESS_HOURS,
      createdAt: THEN,
      updatedAt: THEN,
      ...given,
    }),
  );
}

export async function aUser(orm: Orm, given: Partial<User> = {}): Built<User> {
  return gateEm(orm).transactional(async (em) =>
    em.create(User, { email: `person-${newId()}@example.test`, name: `Person ${next()}`, emailProvenAt: THEN, createdAt: THEN, ...given }),
  );
}

export async function aMembership(
  orm: Orm,
  organisationId: string,
  userId: string,
  role: Role,
  given: Partial<Membership> = {},
): Built<Membership> {
  return systemEm(orm, organisationId).transactional(async (em) =>
    em.create(Membership, { organisationId, userId, role, joinedAt: THEN, createdAt: THEN, workspaceIds: null, ...given }),
  );
}

/** A cookie header value of a live session; no password is asked. */
export async function aSession(orm: Orm, userId: string, now: Date): Built<string> {
  const { token, hash } = newSecret();
  await gateEm(orm).transactional(async (em) =>
    em.create(Session, {
      userId,
      tokenHash: hash,
      createdAt: now,
      lastSeenAt: now,
      expiresAt: new Date(now.getTime() + 7 * 86_400_000),
    }),
  );
  return `gewerk=${token}`;
}

export async function aWorkspace(orm: Orm, organisationId: string, given: Partial<Workspace> = {}): Built<Workspace> {
  const n = next();
  return systemEm(orm, organisationId).transactional(async (em) =>
    em.create(Workspace, {
      organisationId,
      name: `Wohnanlage ${n}`,
      shortName: `WA ${n}`,
      createdAt: THEN,
      updatedAt: THEN,
      ...given,
    }),
  );
}

export async function anAsset(orm: Orm, organisationId: string, workspaceId: string, given: Partial<Asset> = {}): Built<Asset> {
  const n = next();
  return systemEm(orm, organisationId).transactional(async (em) =>
    em.create(Asset, { organisationId, workspaceId, number: `A-${n}`, name: `Aufzug ${n}`, createdAt: THEN, updatedAt: THEN, ...given }),
  );
}

export async function aFirm(orm: Orm, organisationId: string, given: Partial<Firm> = {}): Built<Firm> {
  return systemEm(orm, organisationId).transactional(async (em) =>
    em.create(Firm, { organisationId, company: `Maler ${next()} GmbH`, trades: [], createdAt: THEN, updatedAt: THEN, ...given }),
  );
}

export async function aContact(orm: Orm, organisationId: string, firmId: string, given: Partial<FirmContact> = {}): Built<FirmContact> {
  const n = next();
  return systemEm(orm, organisationId).transactional(async (em) =>
    em.create(FirmContact, { organisationId, firmId, name: `Kontakt ${n}`, email: `kontakt-${n}@firma.test`, roles: [], createdAt: THEN, ...given }),
  );
}

export async function aWorkOrder(orm: Orm, organisationId: string, workspaceId: string, given: Partial<WorkOrder> = {}): Built<WorkOrder> {
  return systemEm(orm, organisationId).transactional(async (em) =>
    em.create(WorkOrder, {
      organisationId,
      workspaceId,
      number: `M-2026-${String(next()).padStart(5, '0')}`,
      title: 'Tropfender Wasserhahn',
      createdAt: THEN,
      updatedAt: THEN,
      ...given,
    }),
  );
}

/** Gives a user a password as if they had set it; the hash is made once per password, since it takes a while. */
export async function aPassword(orm: Orm, userId: string, password: string): Promise<void> {
  const hash = hashes.get(password) ?? (await hashPassword(password));
  hashes.set(password, hash);
  await gateEm(orm).transactional((em) => setPassword(em, userId, hash, THEN));
}
const hashes = new Map<string, string>();

/** An account link's token, as the mail would carry it. */
export async function aToken(orm: Orm, wanted: TokenFor, now: Date): Promise<string> {
  return (await gateEm(orm).transactional((em) => issueAccountToken(em, wanted, now))).token;
}

export async function anAssignment(orm: Orm, organisationId: string, workOrderId: string, given: Partial<Assignment> = {}): Built<Assignment> {
  return systemEm(orm, organisationId).transactional(async (em) =>
    em.create(Assignment, {
      organisationId,
      workOrderId,
      kind: given.memberUserId ? 'member' : 'email',
      nextFirmIds: [],
      sharedAttachmentIds: [],
      offeredAt: THEN,
      ...given,
    }),
  );
}
