import { heartbeat } from '@temporalio/activity';
import { DigestItem } from '#db/events/entity.ts';
import { queueMail } from '#db/mails/queue.ts';
import { Organisation } from '#db/organisations/entity.ts';
import { systemEm, type Em } from '#db/orm.ts';
import { localTime } from '#domain/format/dates.ts';
import type { ActivityDeps } from './deps.ts';
import { pendingItems, readerOf, writeDigest, type DigestOf, type Reader } from './digest.ts';

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

type Due = { readonly digest: DigestOf; readonly reader: Reader };

/** What is written is tied to its mail, so a round that is repeated writes nothing twice. */
async function writeDailyDigests(em: Em, organisationId: string, now: Date): Promise<number> {
  const byRecipient = new Map<string, Due[]>();
  for (const digest of await pendingDigests(em, organisationId)) {
    const reader = await readerOf(em, digest);
    if (reader?.choice === 'daily') byRecipient.set(digest.recipient, [...(byRecipient.get(digest.recipient) ?? []), { digest, reader }]);
  }
  for (const dues of byRecipient.values()) await writeTo(em, organisationId, dues, now);
  return byRecipient.size;
}

async function pendingDigests(em: Em, organisationId: string): Promise<DigestOf[]> {
  const items = await em.find(DigestItem, { organisationId, mailId: null }, { fields: ['workOrderId', 'recipient'], orderBy: { createdAt: 'asc', id: 'asc' } });
  const digests = new Map<string, DigestOf>();
  for (const { workOrderId, recipient } of items) digests.set(`${workOrderId} ${recipient}`, { organisationId, workOrderId, recipient });
  return [...digests.values()];
}

/** People inside get one mail over all orders; whoever follows one order from outside gets it in that order's thread. */
async function writeTo(em: Em, organisationId: string, dues: readonly Due[], now: Date): Promise<void> {
  const [first] = dues;
  if (!first) return;
  if (!first.reader.to.userId) {
    for (const { digest, reader } of dues) await writeDigest(em, digest, reader, await pendingItems(em, digest), now);
    return;
  }
  const mail = await queueMail(em, { template: 'daily-digest', organisationId, to: first.reader.to, party: null, cause: 'digest.daily' }, now);
  for (const { digest } of dues) {
    for (const item of await pendingItems(em, digest)) item.mailId = mail?.id ?? null;
  }
}
