import { heartbeat } from '@temporalio/activity';
import { forgetOutdatedDeputies } from '#db/assignments/deputy.ts';
import { orphanFiles } from '#db/files-orphans.ts';
import { Upload } from '#db/attachments/entity.ts';
import { forgetLeftReaders } from '#db/events/untold.ts';
import { dropOldMails } from '#db/mails/drop-old.ts';
import { lostOriginals, takeInOriginal } from '#db/mails/originals.ts';
import { Organisation } from '#db/organisations/entity.ts';
import { systemEm, type Em } from '#db/orm.ts';
import type { ActivityDeps } from './deps.ts';

const DAY_MS = 86_400_000;
const LINK_DAYS = 400;

export type UpkeepReport = { uploads: number; keys: number; links: number; deputies: number; untold: number; oldMails: number; recoveredMails: number; files: number };

export function upkeepActivities(deps: ActivityDeps) {
  return {
    /** Ends what has outlived its time, organisation by organisation; a broken-off round is simply done again. */
    upkeep: async (now: string): Promise<UpkeepReport> => {
      const at = new Date(now);
      const report: UpkeepReport = { uploads: 0, keys: 0, links: 0, deputies: 0, untold: 0, oldMails: 0, recoveredMails: 0, files: 0 };
      const organisations = await systemEm(deps.orm).transactional((em) => em.find(Organisation, {}, { fields: ['id'] }));
      for (const { id } of organisations) {
        await tidyRows(deps, id, at, report);
        report.files += await tidyFiles(deps, id, at);
        heartbeat();
      }
      await dropMails(deps, null, at, report);
      await takeInLost(deps, at, report);
      return report;
    },
  };
}

async function tidyRows(deps: ActivityDeps, organisationId: string, now: Date, report: UpkeepReport): Promise<void> {
  const uploads = await systemEm(deps.orm, organisationId).transactional((em) =>
    em.find(Upload, { organisationId, expiresAt: { $lt: now } }, { fields: ['id', 'partsKey'] }));
  for (const upload of uploads) {
    await deps.files.removeAll(upload.partsKey);
    await systemEm(deps.orm, organisationId).transactional((em) => em.nativeDelete(Upload, { organisationId, id: upload.id }));
  }
  report.uploads += uploads.length;
  await systemEm(deps.orm, organisationId).transactional(async (em) => {
    report.keys += await count(em, 'delete from idempotency_keys where organisation_id = ? and created_at < ? returning 1', [organisationId, before(now, 2)]);
    // Old links stay known for a year: whoever opens one is told that it has expired and may ask for a new one.
    report.links += await count(em, 'delete from access_links where organisation_id = ? and created_at < ? and (revoked_at < ? or expires_at < ?) returning 1',
      [organisationId, before(now, LINK_DAYS), before(now, LINK_DAYS), before(now, LINK_DAYS)]);
  });
  report.deputies += await systemEm(deps.orm, organisationId).transactional((em) => forgetOutdatedDeputies(em, organisationId, now));
  report.untold += await forgetLeftReaders(deps.orm, organisationId);
  await dropMails(deps, organisationId, now, report);
}

/** Old mails without an order: first the rows, then the objects; what a broken-off round leaves is found as a lost original. */
async function dropMails(deps: ActivityDeps, organisationId: string | null, now: Date, report: UpkeepReport): Promise<void> {
  for (let isDone = false; !isDone;) {
    const dropped = await dropOldMails(deps.orm, organisationId, now);
    for (const key of dropped.rawKeys) await deps.files.remove(key);
    report.oldMails += dropped.rawKeys.length;
    isDone = dropped.isDone;
  }
}

/** No mail is lost between object and row: after a day an original without a row is taken in, or removed where its mail came another way. */
async function takeInLost(deps: ActivityDeps, now: Date, report: UpkeepReport): Promise<void> {
  for await (const original of lostOriginals(deps.files, deps.orm, before(now, 1))) {
    const outcome = await takeInOriginal(deps.files, deps.orm, original, now);
    report[outcome === 'recovered' ? 'recoveredMails' : 'files'] += 1;
    if (outcome === 'recovered') deps.log.warn({ inboundMailId: original.id }, 'a mail without a row was taken in');
    heartbeat();
  }
}

async function tidyFiles(deps: ActivityDeps, organisationId: string, now: Date): Promise<number> {
  const orphans = await orphanFiles(deps.files, systemEm(deps.orm, organisationId), organisationId, before(now, 1));
  for (const key of orphans) await deps.files.remove(key);
  return orphans.length;
}

function before(now: Date, days: number): Date {
  return new Date(now.getTime() - days * DAY_MS);
}

async function count(em: Em, sql: string, values: unknown[]): Promise<number> {
  return (await em.execute<unknown[]>(sql, values)).length;
}
