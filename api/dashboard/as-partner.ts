import type { z } from 'zod';
import { countPartnerTiles, findPartnerLists } from '#db/dashboard/partner-queries.ts';
import type { Asked } from '#db/dashboard/queries.ts';
import type { Em } from '#db/orm.ts';
import { loadRowsAround } from '#db/work-orders/rows.ts';
import type { PartnerActor } from '#domain/actors.ts';
import { presentRows } from '../work-orders/present-row.ts';
import type { PartnerDashboardRecord } from './schema.ts';

/** What waits for a partner in a client's account: an answer, work that is due or that none of its people has; and what the client is to check. */
export async function presentPartnerDashboard(em: Em, actor: PartnerActor, asked: Asked): Promise<z.input<typeof PartnerDashboardRecord>> {
  const tiles = await countPartnerTiles(em, actor, asked);
  const lists = await findPartnerLists(em, actor, asked);
  const around = await loadRowsAround(em, actor, [...new Set(Object.values(lists).flat())]);
  const rows = (of: keyof typeof lists) => presentRows(lists[of], { actor, today: asked.today, around });
  return {
    kind: 'partner', tiles,
    awaitingAnswer: rows('awaitingAnswer'), overdue: rows('overdue'), dueThisWeek: rows('dueThisWeek'), unassigned: rows('unassigned'),
    atWork: rows('atWork'), toCheck: rows('toCheck'),
  };
}
