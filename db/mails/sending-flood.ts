import type { FloodCounts } from '#domain/escalation/flood.ts';
import type { Organisation } from '../organisations/entity.ts';
import type { Em } from '../orm.ts';
import { Installation } from '../processes/entity.ts';
import { sqlArray } from '../sql-array.ts';

/** Mails that time alone brings: only these can be a flood that nobody wanted. */
export const REMINDER_TEMPLATES: readonly string[] = ['reminder', 'last-reminder', 'done-question'];

const HOUR_MS = 3_600_000;
const DAYS = 28;

/** How many reminders an organisation has sent in the last hour, and in the same hour of each of the last days; and until when they were let go. */
export async function countReminders(em: Em, organisation: Pick<Organisation, 'id' | 'remindersReleasedUntil'>, now: Date): Promise<FloodCounts> {
  const rows = await em.execute<{ days: number; count: number }[]>(
    `select floor(extract(epoch from ?::timestamptz - sending_since) / 86400)::int as days, count(*)::int as count
       from outbound_mails
      where organisation_id = ? and template = any(?::text[]) and sending_since > ? and sending_since <= ?
        and mod(extract(epoch from ?::timestamptz - sending_since)::bigint, 86400) < 3600
      group by 1`,
    [now, organisation.id, sqlArray(REMINDER_TEMPLATES), new Date(now.getTime() - (DAYS * 24 + 1) * HOUR_MS), now, now],
  );
  const installation = await em.findOne(Installation, { id: 1 });
  return {
    sentLastHour: rows.find((row) => row.days === 0)?.count ?? 0,
    sameHourBefore: rows.filter((row) => row.days > 0).map((row) => row.count),
    releasedUntil: later(organisation.remindersReleasedUntil ?? null, installation?.remindersReleasedUntil ?? null),
  };
}

function later(one: Date | null, other: Date | null): Date | null {
  if (!one || !other) return one ?? other;
  return one > other ? one : other;
}
