import { setTimeout as delay } from 'node:timers/promises';
import { step } from '#tools/start/progress.ts';
import { ALL_OPEN, growTo, layOpenAssignments, type Stage } from '../data.ts';
import { percentile, timed } from '../measure.ts';
import { ms, number, times, type Finding } from '../report.ts';
import type { Stack } from '../stack.ts';

const FEW = 10;
const CALLS = 40;
/** What a burst leaves behind is swept up after it. */
const SETTLE_MS = 20_000;

/** Many processes that wait: memory and restart of the worker, and how soon one of them answers a signal. */
export async function measureOpenAssignments(stack: Stack, stage: Stage, isLarge: boolean): Promise<Finding[]> {
  const count = isLarge ? 10_000 : 1_000;
  await growTo(stack.pool, stage, count + 1_000, ALL_OPEN);
  const first = await layOpenAssignments(stack.pool, stage, FEW);
  await stack.worker();
  await untilWaiting(stack, FEW);
  const few = await signalled(stack, stage, first);
  const more = await layOpenAssignments(stack.pool, stage, count - FEW);
  const startedIn = await timed(() => step(`${count.toLocaleString('en')} open assignments`, () => untilWaiting(stack, count)));
  await delay(SETTLE_MS);
  const full = await (await stack.worker()).usage();
  const many = await signalled(stack, stage, more);
  await stack.stop('worker');
  const worker = await stack.worker();
  await delay(SETTLE_MS);
  const again = await worker.usage();
  const growth = percentile(many, 50) / percentile(few, 50);
  const name = `${count.toLocaleString('en')} open assignments`;
  return [
    { what: `${name}: memory of the worker`, ours: `${number(full.rssMiB)} MiB; ${number(again.rssMiB)} after a restart`, goal: '≤ 500 MiB at 10,000', isMet: full.rssMiB <= 500 && again.rssMiB <= 500, figures: { count, rssMiB: full.rssMiB, rssAfterRestartMiB: again.rssMiB } },
    { what: `${name}: restart to ready`, ours: ms(worker.readyAfterMs), goal: '≤ 5 s', isMet: worker.readyAfterMs <= 5_000, figures: { readyAfterMs: worker.readyAfterMs } },
    { what: `${name}: a signal answered`, ours: `p50 ${ms(percentile(many, 50))}`, bare: `p50 ${ms(percentile(few, 50))} with ${FEW} open`, goal: `≤ 2 × with ${FEW} open (${times(growth)})`, isMet: growth <= 2, figures: { p50Ms: percentile(many, 50), fewP50Ms: percentile(few, 50), growth } },
    { what: `${name}: all started`, ours: `${number(count / (startedIn / 1000))}/s`, goal: 'told for information', isMet: null, figures: { startedInMs: startedIn } },
  ];
}

async function untilWaiting(stack: Stack, count: number): Promise<void> {
  const until = Date.now() + 1_800_000;
  for (;;) {
    const { rows } = await stack.pool.query<{ n: number }>(`select count(*)::int as n from processes where kind = 'assignment' and ended_at is null`);
    if ((rows[0]?.n ?? 0) >= count) return;
    if (Date.now() > until) throw new Error(`${rows[0]?.n} of ${count} processes came up`);
    await delay(250);
  }
}

/** From a wish in the outbox to the note that the process has looked, of processes picked over the whole range. */
async function signalled(stack: Stack, { organisationId }: Stage, ids: readonly string[]): Promise<number[]> {
  const taken: number[] = [];
  for (let n = 0; n < CALLS; n += 1) {
    const id = `assignment:${ids[Math.floor((n * ids.length) / CALLS)]}`;
    const before = await lookedAt(stack, id);
    taken.push(await timed(async () => {
      await stack.pool.query(`insert into outbox (id, organisation_id, kind, workflow_id, created_at) values (uuidv7(), $1, 'assignment', $2, now())`, [organisationId, id]);
      for (const until = Date.now() + 60_000; (await lookedAt(stack, id)) === before; await delay(3)) {
        if (Date.now() > until) throw new Error(`${id} did not look again`);
      }
    }));
  }
  return taken;
}

async function lookedAt(stack: Stack, workflowId: string): Promise<number> {
  const { rows } = await stack.pool.query<{ updated_at: Date }>('select updated_at from processes where workflow_id = $1', [workflowId]);
  return rows[0]?.updated_at.getTime() ?? 0;
}
