import { sql, type FilterQuery } from '@mikro-orm/postgresql';
import type { AccountActor, PartnerActor } from '#domain/actors.ts';
import type { Em } from '../orm.ts';
import type { Sort } from '../page.ts';
import { sqlArray } from '../sql-array.ts';
import { WorkOrder } from './entity.ts';
import type { WorkOrderFilter } from './queries.ts';
import { visibleTo } from './visibility.ts';

/** What the filters about who does the work mean to a partner: its own assignments and its own people, nobody else's. */
export function partnerConditions(actor: PartnerActor, filter: WorkOrderFilter): FilterQuery<WorkOrder>[] {
  const found: FilterQuery<WorkOrder>[] = [];
  if (filter.awaitingAnswer) found.push(where(asked(actor)));
  if (filter.unassigned) found.push(where(givenToNobody(actor)));
  if (filter.inbox) found.push({ $or: [where(asked(actor)), where(givenToNobody(actor))] });
  if (filter.planned) found.push({ $or: [{ dueOn: { $gte: filter.planned.from, $lte: filter.planned.until } }, where(promised(actor, filter.planned))] });
  if (filter.firmId) found.push(where(sql`(select a.work_order_id from assignments a where ${own(actor)} and a.firm_id = ${filter.firmId})`));
  if (filter.assigneeUserId) found.push(where(sql`(select a.work_order_id ${withSide(actor)} where ${own(actor)} and i.member_user_id = ${filter.assigneeUserId})`));
  return found;
}

type Sub = ReturnType<typeof sql>;

function where(ids: Sub): FilterQuery<WorkOrder> {
  return { id: { $in: ids } } as FilterQuery<WorkOrder>;
}

function own({ organisationId, partnershipId }: PartnerActor): Sub {
  return sql`a.organisation_id = ${organisationId} and a.partnership_id = ${partnershipId}`;
}

/** Assignments with what the partner keeps of them for itself. */
function withSide({ partnerOrganisationId }: PartnerActor): Sub {
  return sql`from assignments a left join internal_assignments i on i.organisation_id = a.organisation_id and i.assignment_id = a.id and i.author_organisation_id = ${partnerOrganisationId}`;
}

function asked(actor: PartnerActor): Sub {
  return sql`(select a.work_order_id from assignments a where ${own(actor)} and a.status = 'offered')`;
}

/** Also what was given to somebody at the very moment they left. */
function givenToNobody(actor: PartnerActor): Sub {
  return sql`(select a.work_order_id ${withSide(actor)} where ${own(actor)} and a.status = 'accepted' and not exists (
    select 1 from memberships m where m.organisation_id = ${actor.partnerOrganisationId} and m.user_id = i.member_user_id and m.removed_at is null))`;
}

function promised(actor: PartnerActor, { fromAt, untilAt }: NonNullable<WorkOrderFilter['planned']>): Sub {
  return sql`(select a.work_order_id from assignments a where ${own(actor)} and a.status in ('offered', 'accepted', 'done') and a.promised_from >= ${fromAt} and a.promised_from < ${untilAt})`;
}

/** Orders are sorted by the answer that the partner itself owes, not by another's; null where the sort is the same for all. */
export function sortedForPartner(actor: AccountActor, by: string): Pick<Sort, 'expression' | 'parameters' | 'hasNulls'> | null {
  if (actor.kind !== 'partner' || by !== 'answerDueAt') return null;
  return {
    expression: (alias) => `(select min(coalesce(a.answer_by_override, a.answer_by)) from assignments a
      where a.organisation_id = ${alias}.organisation_id and a.work_order_id = ${alias}.id and a.partnership_id = ? and a.status = 'offered')`,
    parameters: [actor.partnershipId],
    hasNulls: true,
  };
}

/**
 * Ids of the visible orders whose words fit, best first: what another firm or the client among itself has said is not
 * searched. The database's function knows no policies, so that it is given what this actor sees.
 */
export async function searchAsPartner(em: Em, actor: PartnerActor, q: string, most: number): Promise<string[]> {
  const seen = await em.find(WorkOrder, visibleTo(actor), { fields: ['id'], disableIdentityMap: true });
  const assignments = await em.execute<{ id: string }[]>('select id from assignments where organisation_id = ? and partnership_id = ?', [actor.organisationId, actor.partnershipId]);
  const rows = await em.execute<{ work_order_id: string }[]>('select work_order_id from search_partner_orders(?, ?::uuid[], ?::uuid[], ?)', [
    q, sqlArray(seen.map((one) => one.id)), sqlArray(assignments.map((one) => one.id)), most,
  ]);
  return rows.map((row) => row.work_order_id);
}
