import { RUNNING_WORK_ORDER_STATUSES } from '#domain/statuses.ts';
import type { Em } from '../orm.ts';
import { sqlArray } from '../sql-array.ts';
import type { Partnership } from './entity.ts';

export type RunningOrder = { readonly id: string; readonly number: string; readonly title: string; readonly workspaceId: string; readonly assetId: string | null };

/** Orders of some workspaces that are not over and in which the partner takes part, by number. */
export async function runningOrdersIn(em: Em, { organisationId, id }: Pick<Partnership, 'organisationId' | 'id'>, workspaceIds: readonly string[]): Promise<RunningOrder[]> {
  return em.execute<RunningOrder[]>(
    `select o.id, o.number, o.title, o.workspace_id as "workspaceId", o.asset_id as "assetId" from work_orders o
      where o.organisation_id = ? and o.workspace_id = any(?::uuid[]) and o.status = any(?::text[])
        and exists (select 1 from participations p where p.organisation_id = o.organisation_id and p.work_order_id = o.id and p.partnership_id = ?)
      order by o.number, o.id`,
    [organisationId, sqlArray(workspaceIds), sqlArray(RUNNING_WORK_ORDER_STATUSES), id],
  );
}
