import type { FilterQuery } from '@mikro-orm/postgresql';
import type { AccountActor } from '#domain/actors.ts';
import { RUNNING_WORK_ORDER_STATUSES } from '#domain/statuses.ts';
import type { Em } from '../orm.ts';
import { countCapped, MOST_COUNTED } from '../page.ts';
import { WorkOrder } from './entity.ts';
import { visibleTo } from './visibility.ts';

/** How many running orders this actor sees, counted as far as lists are. */
export async function countRunning(em: Em, actor: AccountActor): Promise<number> {
  const running = { status: { $in: [...RUNNING_WORK_ORDER_STATUSES] } };
  return Math.min(MOST_COUNTED, await countCapped(em, WorkOrder, { $and: [visibleTo(actor), running] } as FilterQuery<WorkOrder>));
}
