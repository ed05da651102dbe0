import { newId } from '../columns.ts';
import { wake } from '../events/wake.ts';
import { Organisation } from '../organisations/entity.ts';
import { systemEm, type Em, type Orm } from '../orm.ts';
import { addOutage } from '../processes/commands.ts';
import { Installation } from '../processes/entity.ts';
import { sqlArray } from '../sql-array.ts';

/**
 * Lets go what waited for the end of a pause of outgoing mail, and writes the pause down as an outage, so that answer
 * times are extended by it. A pause that has ended keeps its beginning until this has run. Returns how many processes it woke.
 */
export async function releasePausedMails(orm: Orm, now: Date): Promise<number> {
  return systemEm(orm).transactional(async (em) => {
    const installation = await em.findOne(Installation, { id: 1, isMailPaused: false, mailPausedAt: { $ne: null } });
    const organisations = await em.find(Organisation, { isMailPaused: false, mailPausedAt: { $ne: null } });
    if (!installation && organisations.length === 0) return 0;
    if (installation?.mailPausedAt) {
      await addOutage(em, newId(), installation.mailPausedAt, now);
      installation.mailPausedAt = null;
    }
    for (const organisation of organisations) {
      if (organisation.mailPausedAt) await addOutage(em, newId(), organisation.mailPausedAt, now, organisation.id);
      organisation.mailPausedAt = null;
    }
    return wakeHeld(em, installation ? null : organisations.map((one) => one.id), now);
  });
}

/** Mails that wait, and assignments and invitations whose steps the pause held back; null = of everybody. */
async function wakeHeld(em: Em, organisationIds: readonly string[] | null, now: Date): Promise<number> {
  const among = organisationIds && sqlArray(organisationIds);
  const rows = await em.execute<{ workflow_id: string; organisation_id: string | null; work_order_number: string | null }[]>(
    `select workflow_id, organisation_id, work_order_number from processes
      where ended_at is null and kind in ('mail', 'assignment', 'invitation') and step = 'paused' and (?::uuid[] is null or organisation_id = any(?::uuid[]))`,
    [among, among],
  );
  for (const row of rows) {
    const [kind, ...ids] = row.workflow_id.split(':') as ['mail' | 'assignment' | 'invitation', ...string[]];
    wake(em, { kind, ids, organisationId: row.organisation_id, workOrderNumber: row.work_order_number }, now);
  }
  return rows.length;
}
