import { heartbeat } from '@temporalio/activity';
import { DigestItem } from '#db/events/entity.ts';
import { nextDailyReaders, type DailyReader } from '#db/events/untold.ts';
import { queueMail } from '#db/mails/queue.ts';
import { Organisation } from '#db/organisations/entity.ts';
import { systemEm, type Em } from '#db/orm.ts';
import { localTime } from '#domain/format/dates.ts';
import type { ActivityDeps } from './deps.ts';
import { pendingItems, readerOf, writeDigest } from './digest.ts';

const HOUR = '07';

export function dailyDigestActivities(deps: ActivityDeps) {
  return {
    /** Where it is seven in the morning: writes to those who want to know once a day what has happened. */
    queueDailyDigests: async (now: string): Promise<{ organisations: number; mails: number }> => {
      const at = new Date(now);
      const all = await systemEm(deps.orm).transactional((em) => em.find(Organisation, {}, { fields: ['id', 'timeZone'] }));
      const due = all.filter((one) => localTime(at, one.timeZone).startsWith(`${HOUR}:`));
      let mails = 0;
      for (const { id } of due) {
        mails += await writeDailyDigests(deps, id, at);
      }
      return { organisations: due.length, mails };
    },
  };
}

/** So many readers are written to in one transaction. */
const AT_ONCE = 50;

/** Page by page; what is written is tied to its mail, so a round that is repeated writes nothing twice. */
async function writeDailyDigests(deps: ActivityDeps, organisationId: string, now: Date): Promise<number> {
  let mails = 0;
  for (let after = ''; ;) {
    const readers = await systemEm(deps.orm, organisationId).transactional(async (em) => {
      const found = await nextDailyReaders(em, organisationId, after, AT_ONCE);
      for (const one of found) mails += (await writeTo(em, organisationId, one, now)) ? 1 : 0;
      return found;
    });
    heartbeat();
    const last = readers.at(-1);
    if (!last) return mails;
    after = last.recipient;
  }
}

/** People inside get one mail over all orders; whoever follows from outside, and a shared mailbox, gets each order's in its thread. */
async function writeTo(em: Em, organisationId: string, { recipient, workOrderIds }: DailyReader, now: Date): Promise<boolean> {
  const [first = ''] = workOrderIds;
  const reader = await readerOf(em, { organisationId, workOrderId: first, recipient });
  if (!reader) return false;
  if (!reader.to.userId) {
    for (const workOrderId of workOrderIds) {
      const digest = { organisationId, workOrderId, recipient };
      await writeDigest(em, digest, reader, await pendingItems(em, digest), now);
    }
    return true;
  }
  const mail = await queueMail(em, { template: 'daily-digest', organisationId, partnershipId: reader.partnershipId, to: reader.to, party: null, cause: 'digest.daily' }, now);
  await em.flush();
  await em.nativeUpdate(DigestItem, { organisationId, recipient, workOrderId: { $in: [...workOrderIds] }, mailId: null }, { mailId: mail?.id ?? null });
  return true;
}
