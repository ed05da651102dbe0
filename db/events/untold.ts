import { systemEm, type Em, type Orm } from '../orm.ts';

const BATCH = 1_000;

/** A partner that works on the order, too, is told as its people choose. */
export const WATCHES = `b.partnership_id = p.id and not exists (select 1 from assignments a
  where a.organisation_id = b.organisation_id and a.work_order_id = b.work_order_id and a.partnership_id = p.id and a.status in ('offered', 'accepted', 'done'))`;

/** Who is told of an item: a membership, an observer, somebody of a partner or its mailbox; each may have left. */
const READERS = `left join memberships m on m.organisation_id = d.organisation_id and d.recipient = 'user:' || m.user_id and m.removed_at is null
  left join partnerships p on p.organisation_id = d.organisation_id and p.status = 'accepted' and d.recipient like 'partner:' || p.id || '%'
  left join observers b on b.organisation_id = d.organisation_id and b.left_at is null and b.work_order_id = d.work_order_id
       and (d.recipient = 'observer:' || b.id or d.recipient = 'user:' || b.user_id or ${WATCHES})
  left join memberships pm on pm.organisation_id = p.partner_organisation_id and pm.removed_at is null and d.recipient = 'partner:' || p.id || ':' || pm.user_id`;

/** A recipient with the orders of which they are to be told once a day. */
export type DailyReader = { readonly recipient: string; readonly workOrderIds: readonly string[] };

/**
 * The next readers, by their key after `after`, who want news once a day and have some that nobody has told them. Each
 * comes with all of their orders; an empty list is the end.
 */
export async function nextDailyReaders(em: Em, organisationId: string, after: string, limit: number): Promise<DailyReader[]> {
  const rows = await em.execute<{ recipient: string; work_order_ids: string[] }[]>(
    `select d.recipient, array_agg(distinct d.work_order_id::text) as work_order_ids from digest_items d ${READERS}
      where d.organisation_id = ? and d.mail_id is null and d.recipient > ? and coalesce(b.choice, m.notify_choice, pm.notify_choice) = 'daily'
        and (b.id is not null and d.recipient like 'observer:%' or m.user_id is not null or pm.user_id is not null or d.recipient = 'partner:' || p.id)
      group by d.recipient order by d.recipient limit ?`,
    [organisationId, after, limit],
  );
  return rows.map((row) => ({ recipient: row.recipient, workOrderIds: row.work_order_ids }));
}

/** Removes news for people who have left before they were told; returns how many. */
export async function forgetLeftReaders(orm: Orm, organisationId: string): Promise<number> {
  for (let forgotten = 0; ;) {
    const rows = await systemEm(orm, organisationId).transactional((em) => em.execute<unknown[]>(
      `delete from digest_items where id in (
         select d.id from digest_items d ${READERS}
          where d.organisation_id = ? and d.mail_id is null and (d.recipient like 'user:%' and m.user_id is null or d.recipient like 'observer:%' and b.id is null
            or d.recipient like 'partner:%' and pm.user_id is null and d.recipient is distinct from 'partner:' || p.id) limit ${BATCH})
       returning 1`,
      [organisationId],
    ));
    forgotten += rows.length;
    if (rows.length < BATCH) return forgotten;
  }
}
