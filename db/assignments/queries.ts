import type { MemberActor } from '#domain/actors.ts';
import { OPEN_ASSIGNMENT_STATUSES } from '#domain/statuses.ts';
import type { Firm, FirmContact } from '../firms/entity.ts';
import { contactsOf, findFirms, statisticsOf, type FirmStatistics } from '../firms/queries.ts';
import type { Em } from '../orm.ts';
import { Membership, User } from '../users/entity.ts';
import type { WorkOrder } from '../work-orders/entity.ts';
import { assertCan, findWorkOrder } from '../work-orders/load.ts';
import { Assignment } from './entity.ts';

export type AssigneeFirm = {
  readonly firm: Firm;
  readonly contacts: readonly FirmContact[];
  readonly statistics: FirmStatistics | null;
  /** Is asked, or works on the order already. */
  readonly hasOpenAssignment: boolean;
};

export type Assignees = {
  readonly members: readonly { readonly user: User; readonly membership: Membership }[];
  readonly firms: readonly AssigneeFirm[];
};

const MOST_FIRMS = 50;
const MOST_MEMBERS = 20;

/** Whom an order may be given to, preferred firms first; blocked ones are shown with their reason. A fixed number of statements. */
export async function findAssignees(em: Em, actor: MemberActor, asked: { workOrderId: string; q?: string | undefined }, now: Date): Promise<Assignees> {
  const order = await findWorkOrder(em, actor, asked.workOrderId);
  await assertCan(em, actor, 'work_order.assign', order);
  const firms = await chooseFirms(em, actor, asked.q);
  const ids = firms.map((one) => one.id);
  const contacts = await contactsOf(em, actor, ids);
  const statistics = await statisticsOf(em, actor, ids, now);
  const open = await em.find(Assignment, { organisationId: order.organisationId, workOrderId: order.id, status: { $in: [...OPEN_ASSIGNMENT_STATUSES] } });
  const busy = new Set(open.map((one) => one.firmId));
  return {
    members: await findMembers(em, order, asked.q),
    firms: firms.map((firm) => ({
      firm, contacts: contacts.get(firm.id) ?? [], statistics: statistics.get(firm.id) ?? null, hasOpenAssignment: busy.has(firm.id),
    })),
  };
}

async function chooseFirms(em: Em, actor: MemberActor, q?: string): Promise<Firm[]> {
  const page = { q, page: 1, perPage: MOST_FIRMS, sort: { by: 'company', order: 'ASC' as const }, includeArchived: false };
  const preferred = await findFirms(em, actor, { ...page, standing: ['preferred'] });
  const others = await findFirms(em, actor, { ...page, standing: ['normal', 'blocked'] });
  return [...preferred.data, ...others.data].slice(0, MOST_FIRMS);
}

/** Own people who see the order's workspace. */
async function findMembers(em: Em, order: WorkOrder, q?: string): Promise<{ user: User; membership: Membership }[]> {
  const memberships = await em.find(Membership, { organisationId: order.organisationId, removedAt: null, joinedAt: { $ne: null } });
  const here = memberships.filter((one) => !one.workspaceIds || one.workspaceIds.includes(order.workspaceId));
  const users = await em.find(User, { id: { $in: here.map((one) => one.userId) } }, { orderBy: { name: 'asc', id: 'asc' } });
  const words = (q ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  return users
    .filter((user) => words.every((word) => `${user.name} ${user.email}`.toLowerCase().includes(word)))
    .slice(0, MOST_MEMBERS)
    .flatMap((user) => here.filter((one) => one.userId === user.id).map((membership) => ({ user, membership })));
}
