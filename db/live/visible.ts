import type { FilterQuery } from '@mikro-orm/postgresql';
import type { MemberActor } from '#domain/actors.ts';
import type { Em } from '../orm.ts';
import { WorkOrder } from '../work-orders/entity.ts';
import { visibleTo } from '../work-orders/visibility.ts';

/** Those of the orders that exist for this actor, by id. */
export async function findVisible(em: Em, actor: MemberActor, ids: readonly string[]): Promise<Set<string>> {
  const where = { $and: [visibleTo(actor), { id: { $in: [...ids] } }] } as FilterQuery<WorkOrder>;
  const found = await em.find(WorkOrder, where, { fields: ['id'] });
  return new Set(found.map((one) => one.id));
}
