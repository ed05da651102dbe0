import type { FilterQuery } from '@mikro-orm/postgresql';
import type { PartnerActor } from '#domain/actors.ts';
import { RUNNING_WORK_ORDER_STATUSES } from '#domain/statuses.ts';
import type { Em } from '../orm.ts';
import { countCapped } from '../page.ts';
import { WorkOrder } from '../work-orders/entity.ts';
import { conditions, type WorkOrderFilter } from '../work-orders/queries.ts';
import { visibleTo } from '../work-orders/visibility.ts';

export type PartnerCounts = { readonly open: number; readonly late: number; readonly awaitingAnswer: number };

/** Of the orders in a client's account that exist for this person of the partner: running ones, overdue ones, unanswered ones. */
export async function countPartnerAccount(em: Em, actor: PartnerActor, today: string): Promise<PartnerCounts> {
  const count = async (filter: WorkOrderFilter): Promise<number> =>
    countCapped(em, WorkOrder, { $and: [visibleTo(actor), ...conditions(actor, filter, today)] } as FilterQuery<WorkOrder>);
  return {
    open: await count({ status: RUNNING_WORK_ORDER_STATUSES }),
    late: await count({ overdue: true }),
    awaitingAnswer: await count({ awaitingAnswer: true }),
  };
}
