import { localDate } from '#domain/calendar/local-time.ts';
import type { WorkOrderKind } from '#domain/statuses.ts';
import type { Organisation } from '../organisations/entity.ts';
import type { Em } from '../orm.ts';

const FEWEST_DIGITS = 5;

/** The next number of an organisation, kind and local year, `M-2026-00042`; taken in the transaction that creates the order. */
export async function takeNumber(em: Em, organisation: Organisation, kind: WorkOrderKind, now: Date): Promise<string> {
  const year = localDate(now, organisation).slice(0, 4);
  const rows = await em.execute<{ last: number }[]>(
    `insert into work_order_counters (organisation_id, kind, year, last) values (?, ?, ?, 1)
     on conflict (organisation_id, kind, year) do update set last = work_order_counters.last + 1 returning last`,
    [organisation.id, kind, Number(year)],
  );
  const letter = kind === 'ticket' ? organisation.ticketLetter : organisation.maintenanceLetter;
  return `${letter}-${year}-${String(rows[0]?.last ?? 1).padStart(FEWEST_DIGITS, '0')}`;
}
