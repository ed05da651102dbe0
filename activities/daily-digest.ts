import { heartbeat } from '@temporalio/activity';
import { DigestItem } from '#db/events/entity.ts';
import { Organisation } from '#db/organisations/entity.ts';
import { systemEm, type Em } from '#db/orm.ts';
import { localTime } from '#domain/format/dates.ts';
import type { ActivityDeps } from './deps.ts';
import { pendingItems, readerOf, writeDigest, type DigestOf } from './digest.ts';

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
        mails += await systemEm(deps.orm, id).transactional((em) => writeDailyDigests(em, id, at));
        heartbeat();
      }
      return { organisations: due.length, mails };
    },
  };
}

/** What is written is tied to its mail, so a round that is repeated writes nothing twice. */
async function writeDailyDigests(em: Em, organisationId: string, now: Date): Promise<number> {
  const items = await em.find(DigestItem, { organisationId, mailId: null }, { fields: ['workOrderId', 'recipient'] });
  const digests = new Map<string, DigestOf>();
  for (const { workOrderId, recipient } of items) digests.set(`${workOrderId} ${recipient}`, { organisationId, workOrderId, recipient });
  let mails = 0;
  for (const digest of digests.values()) {
    const reader = await readerOf(em, digest);
    if (reader?.choice !== 'daily') continue;
    await writeDigest(em, digest, reader, await pendingItems(em, digest), now);
    mails += 1;
  }
  return mails;
}
