import { systemEm, type Orm } from '../orm.ts';

const DAY_MS = 86_400_000;
/** Mails that belong to no order, also those that were answered or discarded. */
const UNMATCHED_DAYS = 90;
/** Bodies that nobody can read: no use to anybody but who looks for the fault. */
const UNREADABLE_DAYS = 14;
const BATCH = 200;

/**
 * Takes the words of some old mails without an order; the row stays as a trace. Returns the keys of their originals, which
 * may be removed now that no row counts on them; none are left when it returns fewer than it can take at once.
 */
export async function dropOldMails(orm: Orm, organisationId: string | null, now: Date): Promise<{ rawKeys: string[]; isDone: boolean }> {
  const [unmatched, unreadable] = [UNMATCHED_DAYS, UNREADABLE_DAYS].map((days) => new Date(now.getTime() - days * DAY_MS));
  const rows = await systemEm(orm, organisationId).transactional((em) => em.execute<{ raw_key: string }[]>(
    `update inbound_mails set status = case when status = 'held' then 'rejected' else status end, reason = 'too_old', subject = null, suggestion = null, processed_at = ?
      where id in (select id from inbound_mails
        where ${organisationId ? 'organisation_id = ?' : 'organisation_id is null and ?::uuid is null'} and work_order_id is null and status <> 'stored' and reason is distinct from 'too_old'
          and (received_at < ? or (received_at < ? and status = 'rejected' and reason in ('no_json', 'no_message_id')))
        limit ${BATCH})
      returning raw_key`,
    [now, organisationId, unmatched, unreadable],
  ));
  return { rawKeys: rows.map((row) => row.raw_key), isDone: rows.length < BATCH };
}
