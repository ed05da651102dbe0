import { newId } from '#db/columns.ts';
import { AssetShare, Partnership, WorkspaceShare } from '#db/partnerships/entity.ts';
import { systemEm, type Orm } from '#db/orm.ts';
import type { PartnerActor } from '#domain/actors.ts';
import type { Role } from '#domain/statuses.ts';
import { aFirm } from './builders.ts';
import { aCast, type Cast } from './cast.ts';

/** A client's partner with people of its own: Treppner Aufzüge unless named otherwise. */
export type PartnerCast = {
  readonly client: Cast;
  /** The partner's own organisation, with a person of each role. */
  readonly own: Cast;
  readonly partnership: Partnership;
};

const THEN = new Date('2026-11-01T08:00:00Z');

/** An accepted partnership; nothing is shared yet. */
export async function aPartner(orm: Orm, client: Cast, now: Date, given: Partial<Partnership> & { name?: string } = {}): Promise<PartnerCast> {
  const { name = 'Treppner Aufzüge', ...columns } = given;
  const own = await aCast(orm, now, name);
  const organisationId = client.organisation.id;
  const firm = await aFirm(orm, organisationId, { company: name, access: 'partner' });
  const partnership = await systemEm(orm, organisationId).transactional(async (em) =>
    em.create(Partnership, {
      id: newId(), organisationId, firmId: firm.id, partnerOrganisationId: own.organisation.id, status: 'accepted',
      invitedEmail: own.admin.user.email, locale: 'de-DE', invitedByUserId: client.admin.user.id, invitedAt: THEN, roundStartedAt: THEN,
      validUntil: new Date('2026-12-01T08:00:00Z'), acceptedAt: THEN, acceptedByUserId: own.admin.user.id, createdAt: THEN, updatedAt: THEN, ...columns,
    }),
  );
  return { client, own, partnership };
}

/** Shares a workspace: all of it, or the given assets. */
export async function aShare(orm: Orm, { partnership }: PartnerCast, workspaceId: string, assetIds?: readonly string[]): Promise<WorkspaceShare> {
  const of = { organisationId: partnership.organisationId, partnershipId: partnership.id, createdAt: THEN };
  return systemEm(orm, partnership.organisationId).transactional(async (em) => {
    const share = em.create(WorkspaceShare, { ...of, id: newId(), workspaceId, scope: assetIds ? 'chosen' : 'all' });
    for (const assetId of assetIds ?? []) em.create(AssetShare, { ...of, id: newId(), workspaceShareId: share.id, assetId });
    return share;
  });
}

/** One of the partner's people in the client's account. */
export function partnerActor({ own, partnership }: PartnerCast, role: Role = 'coordinator'): PartnerActor {
  const { organisationId, id: partnershipId, status } = partnership;
  const userId = own[role].user.id;
  return { kind: 'partner', organisationId, partnershipId, partnerOrganisationId: own.organisation.id, userId, role, isEnded: status === 'ended' };
}
