import { heartbeat } from '@temporalio/activity';
import { Organisation } from '#db/organisations/entity.ts';
import { systemEm } from '#db/orm.ts';
import { Installation } from '#db/processes/entity.ts';
import { wantedProcesses, type WantedProcess } from '#db/processes/queries-missing.ts';
import { openProcesses, type KnownProcess } from '#db/processes/queries.ts';
import { parseWorkflowId } from '#domain/processes.ts';
import type { ActivityDeps } from './deps.ts';
import { wakeProcess } from './temporal.ts';

/** What a round found and did; counts only. */
export type ReconcileReport = {
  /** Processes that Temporal has running. */
  readonly running: number;
  /** Started again, as a row needs them and they were gone. */
  readonly started: number;
  /** Woken, as they run for something that is over, or look stuck. */
  readonly woken: number;
};

/** Rows that changed so lately are in the courier's hands. */
const GRACE_MS = 120_000;

export function reconcilerActivities(deps: ActivityDeps) {
  return {
    /** Compares the rows with the running processes: starts what is missing, wakes what should have ended. */
    reconcile: async (now: string): Promise<ReconcileReport> => reconcile(deps, new Date(now), () => heartbeat()),
  };
}

/** One round; also run when a worker starts. */
export async function reconcile(deps: ActivityDeps, now: Date, tick: () => void): Promise<ReconcileReport> {
  const running = await runningProcesses(deps, tick);
  const known = await systemEm(deps.orm).transactional(openProcesses);
  const wanted = new Map<string, { organisationId: string | null; workOrderNumber: string | null }>();
  for (const organisationId of await organisationIds(deps)) {
    const found = await systemEm(deps.orm, organisationId).transactional((em) => wantedProcesses(em, organisationId, now));
    found.forEach((one: WantedProcess) => wanted.set(one.workflowId, { organisationId, workOrderNumber: one.workOrderNumber }));
    tick();
  }
  const started = await startMissing(deps, wanted, running, tick);
  const woken = await wakeLeftover(deps, { known, running, wanted, now }, tick);
  if (started + woken > 0) deps.log.warn({ started, woken, running: running.size }, 'reconciler repaired processes');
  return { running: running.size, started, woken };
}

async function organisationIds(deps: ActivityDeps): Promise<(string | null)[]> {
  const rows = await systemEm(deps.orm).transactional((em) => em.find(Organisation, {}, { fields: ['id'] }));
  return [null, ...rows.map((row) => row.id)];
}

/** Whose mail waits for an operator; the end of a pause wakes its mails, except one that looked in that very moment. */
async function pausedOrganisations(deps: ActivityDeps): Promise<{ everybody: boolean; ids: ReadonlySet<string> }> {
  return systemEm(deps.orm).transactional(async (em) => {
    const installation = await em.findOne(Installation, { id: 1 });
    const rows = await em.find(Organisation, { isMailPaused: true }, { fields: ['id'] });
    return { everybody: installation?.isMailPaused ?? false, ids: new Set(rows.map((row) => row.id)) };
  });
}

/** What Temporal's list knows; it may lag by some seconds, which the grace covers. */
async function runningProcesses(deps: ActivityDeps, tick: () => void): Promise<Set<string>> {
  const ids = new Set<string>();
  for await (const one of deps.temporal.workflow.list({ query: `ExecutionStatus = "Running"`, pageSize: 1000 })) {
    if (parseWorkflowId(one.workflowId)) ids.add(one.workflowId);
    if (ids.size % 1000 === 0) tick();
  }
  return ids;
}

type Subject = { readonly organisationId: string | null; readonly workOrderNumber: string | null };

async function startMissing(deps: ActivityDeps, wanted: ReadonlyMap<string, Subject>, running: ReadonlySet<string>, tick: () => void): Promise<number> {
  let started = 0;
  for (const [workflowId, subject] of wanted) {
    if (running.has(workflowId)) continue;
    await wakeProcess(deps.temporal, { workflowId, ...subject, eventId: null }, true);
    started += 1;
    tick();
  }
  return started;
}

type Found = {
  readonly known: readonly KnownProcess[];
  readonly running: ReadonlySet<string>;
  readonly wanted: ReadonlyMap<string, Subject>;
  readonly now: Date;
};

/** Runs but nothing needs it, or our row says it runs and Temporal knows none: a look puts both right. */
async function wakeLeftover(deps: ActivityDeps, found: Found, tick: () => void): Promise<number> {
  const rows = new Map(found.known.map((one) => [one.workflowId, one]));
  const isYoung = (one: KnownProcess): boolean => found.now.getTime() - one.updatedAt.getTime() < GRACE_MS;
  const stale = found.known.filter((one) => !found.wanted.has(one.workflowId) && !isYoung(one));
  const paused = await pausedOrganisations(deps);
  const isReleased = (one: KnownProcess): boolean => one.step === 'held' || (one.step === 'paused' && !paused.everybody && !paused.ids.has(one.organisationId ?? ''));
  const held = found.known.filter((one) => found.running.has(one.workflowId) && isReleased(one));
  const woken = new Set([...stale, ...held].map((one) => one.workflowId));
  for (const workflowId of woken) {
    const row = rows.get(workflowId);
    if (!row) continue;
    await wakeProcess(deps.temporal, { workflowId, organisationId: row.organisationId ?? null, workOrderNumber: row.workOrderNumber ?? null, eventId: null }, true);
    tick();
  }
  return woken.size;
}
