import type { MemberActor, PartnerActor } from '#domain/actors.ts';
import { DEFAULT_BUSINESS_HOURS } from '#domain/calendar/calendar.ts';
import { Asset } from '../../assets/entity.ts';
import { newId } from '../../columns.ts';
import { Firm, FirmContact } from '../../firms/entity.ts';
import { Organisation } from '../../organisations/entity.ts';
import { type Em, type Orm, systemEm } from '../../orm.ts';
import { Credential, Membership, User } from '../../users/entity.ts';
import { hashPassword } from '../../users/passwords.ts';
import { Workspace } from '../../workspaces/entity.ts';
import { DEMO_PASSWORD, type DemoAsset, type DemoFirm, type DemoUser, type DemoWorkspace } from './cast.ts';

/** An organisation of the demo with what it has before anything happens. */
export type OrganisationCast = {
  readonly organisation: { readonly name: string; readonly mailName: string } & Partial<Pick<Organisation, 'phone' | 'onCallPhone' | 'senderName' | 'legalUrl' | 'privacyUrl' | 'legalFooter' | 'holidayRegion'>>;
  readonly invoiceEmail: string;
  readonly users: readonly DemoUser[];
  readonly workspaces: readonly DemoWorkspace[];
  readonly assets: readonly DemoAsset[];
  readonly firms: readonly DemoFirm[];
};

/** A firm that works in the client's account, with its people by their keys; `office` answers for it. */
export type PartnerSide = { readonly partnershipId: string; readonly office: PartnerActor; readonly people: Readonly<Record<string, PartnerActor>> };

export type Stage = {
  readonly orm: Orm;
  readonly organisationId: string;
  readonly now: Date;
  readonly users: Readonly<Record<string, MemberActor>>;
  readonly workspaceIds: Readonly<Record<string, string>>;
  readonly assetIds: Readonly<Record<string, string>>;
  readonly firmIds: Readonly<Record<string, string>>;
  /** Grows as firms accept. */
  readonly partners: PartnerSide[];
};

/** Lays down an organisation, as it was `since`. */
export async function setStage(orm: Orm, cast: OrganisationCast, since: Date, now: Date): Promise<Stage> {
  const organisationId = newId();
  return systemEm(orm, organisationId).transactional(async (em) => {
    em.create(Organisation, { id: organisationId, ...cast.organisation, businessHours: DEFAULT_BUSINESS_HOURS, createdAt: since, updatedAt: since });
    const users = await addUsers(em, organisationId, cast.users, since);
    const workspaceIds = addWorkspaces(em, organisationId, cast, users, since);
    const assetIds: Record<string, string> = {};
    for (const { key, workspace, ...one } of cast.assets) {
      assetIds[key] = newId();
      em.create(Asset, { ...one, id: assetIds[key], organisationId, workspaceId: workspaceIds[workspace] ?? '', createdAt: since, updatedAt: since });
    }
    return { orm, organisationId, now, users, workspaceIds, assetIds, firmIds: addFirms(em, organisationId, cast.firms, since), partners: [] };
  });
}

/** Logins of an organisation that exists, all with the demo's password. */
export async function addUsers(em: Em, organisationId: string, people: readonly DemoUser[], since: Date): Promise<Record<string, MemberActor>> {
  const passwordHash = await hashPassword(DEMO_PASSWORD);
  const users: Record<string, MemberActor> = {};
  for (const { key, role, ...one } of people) {
    const userId = newId();
    em.create(User, { ...one, id: userId, emailProvenAt: since, createdAt: since });
    em.create(Credential, { userId, passwordHash, changedAt: since });
    em.create(Membership, { id: newId(), organisationId, userId, role, joinedAt: since, createdAt: since });
    users[key] = { kind: 'member', organisationId, userId, role, workspaceIds: null };
  }
  return users;
}

export function userOf(stage: Stage, key: string): MemberActor {
  const actor = stage.users[key];
  if (!actor) throw new Error(`The demo has no user ${key}`);
  return actor;
}

function addWorkspaces(em: Em, organisationId: string, cast: OrganisationCast, users: Readonly<Record<string, MemberActor>>, since: Date): Record<string, string> {
  const workspaceIds: Record<string, string> = {};
  for (const { key, responsible, ...one } of cast.workspaces) {
    workspaceIds[key] = newId();
    em.create(Workspace, {
      ...one, id: workspaceIds[key], organisationId, defaultResponsibleUserId: users[responsible]?.userId ?? null,
      billingRecipient: cast.organisation.name, invoiceEmail: cast.invoiceEmail, createdAt: since, updatedAt: since,
    });
  }
  return workspaceIds;
}

function addFirms(em: Em, organisationId: string, firms: readonly DemoFirm[], since: Date): Record<string, string> {
  const firmIds: Record<string, string> = {};
  for (const { key, contacts, ...one } of firms) {
    const firmId = newId();
    firmIds[key] = firmId;
    em.create(Firm, { ...one, id: firmId, organisationId, createdAt: since, updatedAt: since });
    contacts.forEach((contact, position) => em.create(FirmContact, { ...contact, id: newId(), organisationId, firmId, position, createdAt: since }));
  }
  return firmIds;
}
