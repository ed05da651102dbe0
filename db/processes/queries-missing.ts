import type { Em } from '../orm.ts';
import { WATCHES } from '../events/untold.ts';
import { UNCLEAR_FOR_GOOD } from '../mails/sending.ts';
import { workflowIdOf } from '#domain/processes.ts';

/** A process that should run by what the rows of an organisation say. */
export type WantedProcess = { readonly workflowId: string; readonly workOrderNumber: string | null };

/** Young rows are the courier's: their outbox row is still on its way. */
const GRACE_MS = 120_000;

/** All that should be running for one organisation (null: for nobody's mails), except what has just been written. */
export async function wantedProcesses(em: Em, organisationId: string | null, now: Date): Promise<WantedProcess[]> {
  const before = new Date(now.getTime() - GRACE_MS);
  const mails = await idsOf(em, 'mail', `select m.id, o.number from outbound_mails m left join work_orders o on o.id = m.work_order_id
      where m.organisation_id is not distinct from ?::uuid and m.status in ('queued', 'sending', 'unclear') and m.created_at < ?
        and (m.status <> 'unclear' or m.status_reason is distinct from ?)`, [organisationId, before, UNCLEAR_FOR_GOOD]);
  const inbound = await idsOf(em, 'inbound', `select id, null as number from inbound_mails
      where organisation_id is not distinct from ?::uuid and status = 'stored' and received_at < ?`, [organisationId, before]);
  if (!organisationId) return [...mails, ...inbound];
  const assignments = await idsOf(em, 'assignment', `select a.id, o.number from assignments a join work_orders o on o.organisation_id = a.organisation_id and o.id = a.work_order_id
      where a.organisation_id = ? and a.status in ('offered', 'accepted', 'done') and o.status not in ('closed', 'cancelled') and a.offered_at < ?`, [organisationId, before]);
  const requests = await idsOf(em, 'file-request', `select r.id, o.number from file_requests r join work_orders o on o.organisation_id = r.organisation_id and o.id = r.work_order_id
      where r.organisation_id = ? and r.status = 'open' and r.created_at < ?`, [organisationId, before]);
  const invitations = await idsOf(em, 'invitation', `select id, null as number from partnerships where organisation_id = ? and round_started_at < ?
        and (status = 'invited' or (status = 'accepted' and ends_on is not null and updated_at < ?))`, [organisationId, before, before]);
  return [...mails, ...inbound, ...assignments, ...requests, ...invitations, ...(await digests(em, organisationId, before))];
}

async function idsOf(em: Em, kind: 'mail' | 'inbound' | 'assignment' | 'file-request' | 'invitation', sql: string, values: unknown[]): Promise<WantedProcess[]> {
  const rows = await em.execute<{ id: string; number: string | null }[]>(sql, values);
  return rows.map((row) => ({ workflowId: workflowIdOf(kind, row.id), workOrderNumber: row.number }));
}

/** News that nobody has told; those who want it once a day are left to the daily round, and who has left is told nothing. */
async function digests(em: Em, organisationId: string, before: Date): Promise<WantedProcess[]> {
  const rows = await em.execute<{ work_order_id: string; recipient: string; number: string }[]>(
    `select distinct d.work_order_id, d.recipient, o.number from digest_items d
       join work_orders o on o.organisation_id = d.organisation_id and o.id = d.work_order_id
       left join memberships m on m.organisation_id = d.organisation_id and d.recipient = 'user:' || m.user_id
       left join partnerships p on p.organisation_id = d.organisation_id and p.status = 'accepted' and d.recipient like 'partner:' || p.id || '%'
       left join observers b on b.organisation_id = d.organisation_id and b.left_at is null and b.work_order_id = d.work_order_id
            and (d.recipient = 'observer:' || b.id or d.recipient = 'user:' || b.user_id or ${WATCHES})
       left join memberships pm on pm.organisation_id = p.partner_organisation_id and pm.removed_at is null and d.recipient = 'partner:' || p.id || ':' || pm.user_id
      where d.organisation_id = ? and d.mail_id is null and d.created_at < ? and coalesce(b.choice, m.notify_choice, pm.notify_choice, 'at_once') <> 'daily'
        and (d.recipient like 'assignment:%' or pm.user_id is not null or d.recipient = 'partner:' || p.id or (b.id is not null and b.partnership_id is null) or (m.user_id is not null and m.removed_at is null))`,
    [organisationId, before],
  );
  return rows.map((row) => ({ workflowId: workflowIdOf('digest', row.work_order_id, ...row.recipient.split(':')), workOrderNumber: row.number }));
}
