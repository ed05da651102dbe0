import type { InviteeActor } from '#domain/actors.ts';
import { isInvitationOver } from '#domain/invitation/next-step.ts';
import { OPEN_ASSIGNMENT_STATUSES, RUNNING_WORK_ORDER_STATUSES } from '#domain/statuses.ts';
import { AccessLink, Assignment } from '../assignments/entity.ts';
import { Firm } from '../firms/entity.ts';
import type { Organisation } from '../organisations/entity.ts';
import { isMailPaused } from '../mails/sending.ts';
import { loadOrganisation } from '../organisations/rules.ts';
import { actAsSystem, type Em } from '../orm.ts';
import { hasPassword } from '../users/commands/passwords.ts';
import { User } from '../users/entity.ts';
import { WorkOrder } from '../work-orders/entity.ts';
import { Workspace } from '../workspaces/entity.ts';
import { AssetShare, WorkspaceShare, type Partnership } from './entity.ts';
import { findPartnership } from './load.ts';

/** `open` can be answered; `old`: a link of an earlier round, whatever has become of the invitation since. */
export type InvitationState = 'open' | 'old' | 'other_named' | 'accepted' | 'declined' | 'withdrawn' | 'expired' | 'ended';

export type SharedSite = { readonly name: string; /** null = all. */ readonly assetCount: number | null };

/** What lies behind an invitation's link; what of it may be said, the page decides. */
export type InvitationView = {
  readonly state: InvitationState;
  readonly partnership: Partnership;
  readonly organisation: Organisation;
  readonly inviter: User | null;
  readonly company: string;
  readonly sites: readonly SharedSite[];
  /** Names of workspaces that are shared besides, without assets, as orders by mail run there. */
  readonly addedSites: readonly string[];
  readonly isKnownContractor: boolean;
  readonly acceptedBy: User | null;
  /** Whether the invited address can sign in already. */
  readonly hasLogin: boolean;
  /** Whether mails wait at the moment, those of this invitation too. */
  readonly isMailPaused: boolean;
};

/** Found in the invitee's own eyes; around it the system looks, as they see no more than the invitation's own rows. */
export async function loadInvitationView(em: Em, actor: InviteeActor, now: Date): Promise<InvitationView> {
  const partnership = await findPartnership(em, actor, actor.partnershipId);
  const { organisationId } = partnership;
  const link = await em.findOneOrFail(AccessLink, { organisationId, id: actor.linkId });
  await actAsSystem(em, actor);
  const firm = await em.findOne(Firm, { organisationId, id: partnership.firmId });
  const login = await em.findOne(User, { email: partnership.invitedEmail });
  const sites = await sitesOf(em, partnership);
  const running = await runningOrders(em, partnership);
  const added = running.map((one) => one.workspaceId).filter((id) => !sites.some((site) => site.workspaceId === id));
  const organisation = await loadOrganisation(em, organisationId);
  const isPaused = await isMailPaused(em, organisation);
  const isOver = isInvitationOver({ validUntil: partnership.validUntil, isMailPaused: isPaused }, now);
  return {
    state: stateOf(partnership, link, isOver),
    partnership,
    organisation,
    inviter: await em.findOne(User, { id: partnership.invitedByUserId }),
    company: firm?.company ?? '',
    sites,
    addedSites: await listNames(em, organisationId, added),
    isKnownContractor: running.length > 0,
    acceptedBy: partnership.acceptedByUserId ? await em.findOne(User, { id: partnership.acceptedByUserId }) : null,
    hasLogin: login !== null && (await hasPassword(em, login.id)),
    isMailPaused: isPaused,
  };
}

function stateOf(partnership: Partnership, link: AccessLink, isOver: boolean): InvitationState {
  const { status } = partnership;
  // Whoever was invited before somebody else learns nothing of what that one has made of it.
  if (link.revokedAt) return 'old';
  if (status !== 'invited') return status;
  if (isOver) return 'expired';
  return partnership.otherEmail ? 'other_named' : 'open';
}

async function sitesOf(em: Em, { organisationId, id }: Partnership): Promise<(SharedSite & { readonly workspaceId: string })[]> {
  const shares = await em.find(WorkspaceShare, { organisationId, partnershipId: id });
  const workspaces = await em.find(Workspace, { organisationId, id: { $in: shares.map((one) => one.workspaceId) } }, { orderBy: { name: 'asc', id: 'asc' } });
  const assets = await em.find(AssetShare, { organisationId, partnershipId: id }, { fields: ['workspaceShareId'] });
  return workspaces.map((workspace) => {
    const share = shares.find((one) => one.workspaceId === workspace.id);
    const assetCount = share?.scope === 'chosen' ? assets.filter((one) => one.workspaceShareId === share.id).length : null;
    return { workspaceId: workspace.id, name: workspace.name, assetCount };
  });
}

/** Names of what the invitation shares, for a sentence; `except` those that are told apart. */
export async function sharedNames(em: Em, { organisationId, id }: Partnership, except: readonly string[] = []): Promise<string | null> {
  const shares = await em.find(WorkspaceShare, { organisationId, partnershipId: id });
  return (await namesOf(em, organisationId, shares.map((one) => one.workspaceId).filter((one) => !except.includes(one)))) || null;
}

/** `Ahornhof, Quellgasse` */
export async function namesOf(em: Em, organisationId: string, workspaceIds: readonly string[]): Promise<string> {
  return (await listNames(em, organisationId, workspaceIds)).join(', ');
}

/** Whether the company has been asked by mail for work that is not over. */
export async function hasRunningOrders(em: Em, partnership: Pick<Partnership, 'organisationId' | 'firmId'>): Promise<boolean> {
  return (await runningOrders(em, partnership)).length > 0;
}

async function runningOrders(em: Em, { organisationId, firmId }: Pick<Partnership, 'organisationId' | 'firmId'>): Promise<Pick<WorkOrder, 'workspaceId'>[]> {
  const asked = await em.find(Assignment, { organisationId, firmId, kind: 'email', status: { $in: [...OPEN_ASSIGNMENT_STATUSES] } }, { fields: ['workOrderId'] });
  const ids = asked.map((one) => one.workOrderId);
  return em.find(WorkOrder, { organisationId, id: { $in: ids }, status: { $in: [...RUNNING_WORK_ORDER_STATUSES] } }, { fields: ['workspaceId'] });
}

async function listNames(em: Em, organisationId: string, workspaceIds: readonly string[]): Promise<string[]> {
  if (workspaceIds.length === 0) return [];
  const workspaces = await em.find(Workspace, { organisationId, id: { $in: [...workspaceIds] } }, { orderBy: { name: 'asc', id: 'asc' } });
  return workspaces.map((one) => one.name);
}
