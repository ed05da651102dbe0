import type { MemberActor } from '#domain/actors.ts';
import { businessHoursBetween } from '#domain/calendar/business-time.ts';
import { loadOrganisation, loadRulesOfSites } from '../organisations/rules.ts';
import type { Em } from '../orm.ts';
import type { Scope } from './queries.ts';

export type AnswerTime = { readonly week: string; readonly medianBusinessHours: number | null; readonly answers: number };

const WEEKS = 8;
/** More answers of a week would not move its median much. */
const MOST_PER_WEEK = 200;

type Row = { week: string; answers: number; workspace_id: string | null; from_at: Date | string; until_at: Date | string };

/**
 * Median time from delivery to answer of the last eight weeks, in open hours of each site, the present week last. For the
 * office only: it is about firms.
 */
export async function findAnswerTimes(em: Em, actor: MemberActor, scope: Scope, now: Date): Promise<AnswerTime[]> {
  if (actor.role === 'technician') return [];
  const { timeZone } = await loadOrganisation(em, actor.organisationId);
  const rows = await em.execute<Row[]>(
    `with weeks as (select generate_series(date_trunc('week', ?::timestamptz at time zone ?) - ?::int * interval '1 week', date_trunc('week', ?::timestamptz at time zone ?), interval '1 week') as monday),
     answers as (
       select date_trunc('week', coalesce(a.accepted_at, a.ended_at) at time zone ?) as monday, o.workspace_id, a.id,
              coalesce(a.delivered_at, a.sent_at, a.offered_at) as from_at, coalesce(a.accepted_at, a.ended_at) as until_at
         from assignments a join work_orders o on o.organisation_id = a.organisation_id and o.id = a.work_order_id
        where a.organisation_id = ? and a.status in ('accepted', 'done', 'declined', 'cancelled') and a.offered_at > ?::timestamptz - ?::int * interval '1 week'
          and a.firm_id is not null and a.needs_acceptance and (a.accepted_at is not null or a.status = 'declined')
          and (?::uuid is null or o.workspace_id = ?::uuid) and (?::uuid is null or o.responsible_user_id = ?::uuid)
          and (?::jsonb is null or o.workspace_id in (select jsonb_array_elements_text(?::jsonb)::uuid))),
     newest as (select *, row_number() over (partition by monday order by id desc) as n, count(*) over (partition by monday) as answers from answers)
     select to_char(w.monday, 'IYYY-"W"IW') as week, coalesce(s.answers, 0)::int as answers, s.workspace_id, s.from_at, s.until_at
       from weeks w left join newest s on s.monday = w.monday and s.n <= ${MOST_PER_WEEK} order by w.monday`,
    [
      now, timeZone, WEEKS - 1, now, timeZone, timeZone, actor.organisationId, now, WEEKS + 4,
      scope.workspaceId ?? null, scope.workspaceId ?? null, scope.responsibleUserId ?? null, scope.responsibleUserId ?? null,
      ...(actor.workspaceIds ? [JSON.stringify(actor.workspaceIds), JSON.stringify(actor.workspaceIds)] : [null, null]),
    ],
  );
  const sites = await loadRulesOfSites(em, actor.organisationId, [...new Set(rows.flatMap((row) => (row.workspace_id ? [row.workspace_id] : [])))]);
  return [...Map.groupBy(rows, (row) => row.week)].map(([week, some]) => ({
    week,
    answers: some[0]?.answers ?? 0,
    medianBusinessHours: medianOf(some.flatMap((row) => {
      const site = row.workspace_id ? sites.get(row.workspace_id) : undefined;
      return site ? [businessHoursBetween(new Date(row.from_at), new Date(row.until_at), site.calendar)] : [];
    })),
  }));
}

function medianOf(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const sorted = values.toSorted((one, other) => one - other);
  const half = Math.floor(sorted.length / 2);
  const median = sorted.length % 2 === 1 ? sorted[half] : ((sorted[half - 1] ?? 0) + (sorted[half] ?? 0)) / 2;
  return Math.round((median ?? 0) * 10) / 10;
}
