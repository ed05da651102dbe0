import { hashToken, newToken } from '#api/middleware/session.ts';
import { newId } from '#db/columns.ts';
import { Firm, FirmContact } from '#db/firms/entity.ts';
import { Organisation } from '#db/organisations/entity.ts';
import { gateEm, systemEm, type Orm } from '#db/orm.ts';
import { Membership, Session, User } from '#db/users/entity.ts';
import { WorkOrder } from '#db/work-orders/entity.ts';
import { Workspace } from '#db/workspaces/entity.ts';
import { Asset } from '#db/assets/entity.ts';
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
    em.create(User, { email: `person-${newId()}@example.test`, name: `Person ${next()}`, createdAt: THEN, ...given }),
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
  const token = newToken();
  await gateEm(orm).transactional(async (em) =>
    em.create(Session, {
      userId,
      tokenHash: hashToken(token),
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
