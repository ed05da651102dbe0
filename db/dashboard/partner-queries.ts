import { sql, type FilterQuery } from '@mikro-orm/postgresql';
import type { PartnerActor } from '#domain/actors.ts';
import type { WorkOrderStatus } from '#domain/statuses.ts';
import type { Em } from '../orm.ts';
import { countCapped } from '../page.ts';
import { WorkOrder } from '../work-orders/entity.ts';
import { conditions, listWorkOrders, type WorkOrderFilter } from '../work-orders/queries.ts';
import { visibleTo } from '../work-orders/visibility.ts';
import { endOfWeek, type Asked } from './queries.ts';

const MOST_SHOWN = 10;
const AT_WORK: readonly WorkOrderStatus[] = ['accepted', 'in_progress', 'waiting'];
const TO_CHECK: readonly WorkOrderStatus[] = ['done'];

export type PartnerTiles = {
  readonly awaitingAnswer: { readonly count: number; readonly late: number };
  readonly overdue: { readonly count: number };
  readonly dueThisWeek: { readonly count: number; readonly today: number };
  readonly unassigned: { readonly count: number };
  readonly atWork: { readonly count: number };
  readonly toCheck: { readonly count: number };
};

/** What waits in a client's account for this person of the partner, each number of what the list shows under the same filter. */
export async function countPartnerTiles(em: Em, actor: PartnerActor, { scope, today, now }: Asked): Promise<PartnerTiles> {
  const within = (filter: WorkOrderFilter): FilterQuery<WorkOrder>[] => [visibleTo(actor), ...conditions(actor, { ...scope, ...filter }, today)];
  const count = async (filter: WorkOrderFilter): Promise<number> => countCapped(em, WorkOrder, { $and: within(filter) } as FilterQuery<WorkOrder>);
  const late = sql`(select work_order_id from assignments where organisation_id = ${actor.organisationId} and partnership_id = ${actor.partnershipId}
    and status = 'offered' and coalesce(answer_by_override, answer_by) < ${now})`;
  return {
    awaitingAnswer: {
      count: await count({ awaitingAnswer: true }),
      late: await countCapped(em, WorkOrder, { $and: [...within({}), { id: { $in: late } }] } as FilterQuery<WorkOrder>),
    },
    overdue: { count: await count({ overdue: true }) },
    dueThisWeek: { count: await count({ dueFrom: today, dueUntil: endOfWeek(today) }), today: await count({ dueFrom: today, dueUntil: today }) },
    unassigned: { count: await count({ unassigned: true }) },
    atWork: { count: await count({ status: AT_WORK }) },
    toCheck: { count: await count({ status: TO_CHECK }) },
  };
}

export type PartnerLists = Readonly<Record<'awaitingAnswer' | 'overdue' | 'dueThisWeek' | 'unassigned' | 'atWork' | 'toCheck', readonly WorkOrder[]>>;

/** The most pressing orders of each number. */
export async function findPartnerLists(em: Em, actor: PartnerActor, { scope, today }: Asked): Promise<PartnerLists> {
  const first = async (filter: WorkOrderFilter, by: string): Promise<WorkOrder[]> =>
    (await listWorkOrders(em, actor, { page: 1, perPage: MOST_SHOWN, sort: { by, order: 'ASC' }, filter: { ...scope, ...filter }, today })).data;
  return {
    awaitingAnswer: await first({ awaitingAnswer: true }, 'answerDueAt'),
    overdue: await first({ overdue: true }, 'dueOn'),
    dueThisWeek: await first({ dueFrom: today, dueUntil: endOfWeek(today) }, 'dueOn'),
    unassigned: await first({ unassigned: true }, 'dueOn'),
    atWork: await first({ status: AT_WORK }, 'dueOn'),
    toCheck: await first({ status: TO_CHECK }, 'dueOn'),
  };
}
