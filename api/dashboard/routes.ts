import { z } from 'zod';
import { findAnswerTimes } from '#db/dashboard/answer-times.ts';
import { countOpenWork, countTiles, findMailNews, findOverdue, findOwed, type Asked } from '#db/dashboard/queries.ts';
import { loadSuggested } from '#db/mails/review-queries.ts';
import type { Em } from '#db/orm.ts';
import { loadRowsAround } from '#db/work-orders/rows.ts';
import type { MemberActor } from '#domain/actors.ts';
import { loadRowContext } from '../mails/load.ts';
import { presentMailRow } from '../mails/present.ts';
import { route, type Route } from '../route.ts';
import { presentHeldRow } from '../to-review/present.ts';
import { todayOf } from '../work-orders/load.ts';
import { presentRows } from '../work-orders/present-row.ts';
import { presentOwed } from './owed.ts';
import { presentPartnerDashboard } from './as-partner.ts';
import { DashboardQuery, DashboardRecord, PartnerDashboardRecord } from './schema.ts';

const DAY_MS = 86_400_000;

const show = route(
  { method: 'get', path: '/accounts/:accountId/dashboard', access: 'dashboard.read', summary: 'Who owes an answer, what is overdue, what must be decided', query: DashboardQuery, response: z.union([PartnerDashboardRecord, DashboardRecord]) },
  async ({ em, actor, query, now }) => {
    const asked: Asked = { scope: query, today: await todayOf(em, actor, now), now };
    if (actor.kind === 'partner') return presentPartnerDashboard(em, actor, asked);
    const tiles = await countTiles(em, actor, asked);
    const orders = await presentOrders(em, actor, asked);
    const news = await findMailNews(em, actor, asked);
    const suggested = await loadSuggested(em, actor, news.held);
    const logged = await loadRowContext(em, actor, news.troubled);
    return {
      tiles: {
        ...tiles,
        overdue: { ...tiles.overdue, oldestDays: daysSince(orders.overdue[0]?.dueOn ?? null, asked.today) },
        toReview: { count: news.heldCount, withSuggestion: news.withSuggestion },
        bounced: { count: news.troubledCount },
      },
      ...orders,
      toReview: news.held.map((one) => presentHeldRow(one, actor, suggested)),
      bounced: news.troubled.map((one) => presentMailRow(one, logged)),
      answerTimes: await findAnswerTimes(em, actor, query, now),
      openWork: await countOpenWork(em, actor, asked),
    };
  },
);

async function presentOrders(em: Em, actor: MemberActor, asked: Asked): Promise<Pick<DashboardRecord, 'owesAnswer' | 'overdue'>> {
  const { today, now } = asked;
  const owed = await findOwed(em, actor, asked);
  const overdue = await findOverdue(em, actor, asked);
  const byId = new Map([...owed.orders, ...overdue].map((one) => [one.id, one]));
  const around = await loadRowsAround(em, actor, [...byId.values()]);
  return {
    owesAnswer: owed.assignments.flatMap((one) => {
      const order = byId.get(one.workOrderId);
      return order ? [presentOwed(one, order, { actor, today, now, around, situations: owed.situations })] : [];
    }),
    overdue: presentRows(overdue, { actor, today, around }),
  };
}

function daysSince(day: string | null, today: string): number | null {
  return day ? Math.round((Date.parse(today) - Date.parse(day)) / DAY_MS) : null;
}

export const dashboardRoutes: readonly Route[] = [show];
