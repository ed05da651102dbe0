import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { RoundsAfterOutage } from '#activities/after-outage.ts';
import { carryRound } from '#activities/courier.ts';
import { reconcile } from '#activities/reconciler.ts';
import { ensureSchedules } from '#activities/schedules.ts';
import { wakeProcess } from '#activities/temporal.ts';
import { claimOutbox } from '#db/outbox.ts';
import { systemEm } from '#db/orm.ts';
import { beat } from '#db/processes/commands.ts';
import { newId } from '#db/columns.ts';
import { withdrawAssignment } from '#db/assignments/steering.ts';
import { asCoordinator, askFirm, endOf, openStage, reachesStep, type Stage, until } from './stage.ts';

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage?.close());

const later = (): Date => new Date(Date.now() + 5 * 60_000);
const tick = (): void => undefined;

async function planned(assignmentId: string): Promise<void> {
  await reachesStep(stage, `assignment:${assignmentId}`, 'answer');
}

async function listed(assignmentId: string): Promise<boolean> {
  const query = `ExecutionStatus = "Running" and WorkflowId = "assignment:${assignmentId}"`;
  for await (const _one of stage.temporal.client.workflow.list({ query })) return true;
  return false;
}

test('a process that somebody ended by hand is started again from its row', async () => {
  const { assignment } = await askFirm(stage);
  await planned(assignment.id);
  const handle = stage.temporal.client.workflow.getHandle(`assignment:${assignment.id}`);
  await handle.terminate('by hand');
  await until('the list to know it', async () => !(await listed(assignment.id)));
  expect(await reconcile(stage.deps, later(), tick)).toMatchObject({ started: 1 });
  await until('it to run', async () => (await handle.describe()).status.name === 'RUNNING');
});

test('what Temporal has lost is started again as soon as it answers after an outage', async () => {
  const { assignment } = await askFirm(stage);
  await planned(assignment.id);
  const handle = stage.temporal.client.workflow.getHandle(`assignment:${assignment.id}`);
  await handle.terminate('as if it were lost');
  await until('the list to know it', async () => !(await listed(assignment.id)));
  const rounds = new RoundsAfterOutage(async () => void (await reconcile(stage.deps, later(), tick)));
  const now = Date.now();
  rounds.look(true, new Date(now));
  await rounds.stop();
  expect((await handle.describe()).status.name).toBe('TERMINATED');
  rounds.look(false, new Date(now + 5_000));
  rounds.look(true, new Date(now + 10_000));
  await until('it to run', async () => (await handle.describe()).status.name === 'RUNNING');
  await rounds.stop();
});

test('after an outage rows and processes are compared at once and when the youngest rows count, then no more', async () => {
  const at = (seconds: number): Date => new Date(Date.UTC(2026, 10, 25, 9, 0, seconds));
  let compared = 0;
  const rounds = new RoundsAfterOutage(async () => void (compared += 1));
  const after = async (isReached: boolean, seconds: number): Promise<number> => {
    rounds.look(isReached, at(seconds));
    await rounds.stop();
    return compared;
  };
  expect([await after(true, 0), await after(false, 5), await after(false, 10), await after(true, 15), await after(true, 20)]).toEqual([0, 0, 0, 1, 1]);
  expect([await after(true, 164), await after(true, 165), await after(true, 170), await after(true, 600)]).toEqual([1, 2, 2, 2]);
});

test('a process that somebody ended by hand runs again with the next thing that happens to it', async () => {
  const { assignment } = await askFirm(stage);
  await planned(assignment.id);
  const handle = stage.temporal.client.workflow.getHandle(`assignment:${assignment.id}`);
  await handle.terminate('by hand');
  await asCoordinator(stage, (em) => withdrawAssignment(em, stage.coordinator, { assignmentId: assignment.id, reason: 'no_longer_needed' }, new Date()));
  await until('it to end as it should', async () => (await handle.describe()).status.name === 'COMPLETED');
  expect(await stage.query('select step from processes where workflow_id = $1', [handle.workflowId])).toEqual([{ step: 'withdrawn' }]);
});

test('a process that nobody needs is woken and ends', async () => {
  const { assignment } = await askFirm(stage);
  await planned(assignment.id);
  await stage.query(`update assignments set status = 'withdrawn', ended_at = now() where id = $1`, [assignment.id]);
  await stage.query(`update processes set updated_at = now() - interval '1 hour' where workflow_id = $1`, [`assignment:${assignment.id}`]);
  await reconcile(stage.deps, later(), tick);
  expect(await endOf(stage, `assignment:${assignment.id}`)).toEqual({ status: 'withdrawn' });
});

test('when rows and processes agree, nothing is done', async () => {
  const { assignment } = await askFirm(stage);
  await planned(assignment.id);
  await until('everything to be listed', async () => {
    const report = await reconcile(stage.deps, later(), tick);
    return report.started === 0 && report.woken === 0;
  });
});

test('an outbox row that is sent twice has no effect, and a process that ran once is not started again', async () => {
  const { assignment } = await askFirm(stage);
  await planned(assignment.id);
  const wake = { workflowId: `assignment:${assignment.id}`, organisationId: stage.cast.organisation.id, workOrderNumber: null, eventId: null };
  expect(await wakeProcess(stage.temporal.client, wake)).toBe('woken');
  await asCoordinator(stage, (em) => withdrawAssignment(em, stage.coordinator, { assignmentId: assignment.id, reason: 'no_longer_needed' }, new Date()));
  await endOf(stage, wake.workflowId);
  expect(await wakeProcess(stage.temporal.client, wake)).toBe('ended');
});

test('two couriers never hold the same row; one that died loses it by time; a failed one is put off and kept', async () => {
  await stage.stopWorkers();
  await stage.query('delete from outbox');
  await askFirm(stage);
  const now = new Date();
  const claim = (at: Date): Promise<string[]> => systemEm(stage.orm).transactional(async (em) => (await claimOutbox(em, 100, 30_000, at)).map((row) => row.id));
  const [a, b] = await Promise.all([claim(now), claim(now)]);
  expect([...a, ...b].length).toBeGreaterThan(0);
  expect(a.filter((id) => b.includes(id))).toEqual([]);
  expect(await claim(new Date(now.getTime() + 1000))).toEqual([]);
  expect(await claim(new Date(now.getTime() + 31_000))).toHaveLength([...a, ...b].length);
  const away = async (): Promise<never> => Promise.reject(new Error('Temporal is away'));
  const client = Object.create(stage.temporal.client, { withDeadline: { value: away } }) as typeof stage.temporal.client;
  await carryRound({ ...stage.deps, client, clock: () => new Date(now.getTime() + 120_000) });
  expect(await stage.query('select 1 from outbox')).toHaveLength([...a, ...b].length);
  // What Temporal takes too long to answer is put off once more.
  let hours = 0;
  await until('an empty outbox', async () => {
    hours += 1;
    await carryRound({ ...stage.deps, client: stage.temporal.client, clock: () => new Date(now.getTime() + hours * 3_600_000) });
    return (await stage.query('select 1 from outbox')).length === 0;
  });
  await stage.startWorkers();
});

test('a silence of courier or worker becomes an outage once, and only when it was long', async () => {
  const at = (minutes: number): Date => new Date(Date.UTC(2026, 10, 25, 9, minutes));
  const sign = (minutes: number): Promise<unknown> => systemEm(stage.orm).transactional((em) => beat(em, 'courier', at(minutes), newId()));
  expect(await sign(0)).toBeNull();
  expect(await sign(1)).toBeNull();
  expect(await sign(31)).toEqual({ from: at(1), to: at(31) });
  expect(await sign(32)).toBeNull();
  expect(await stage.query('select started_at, ended_at from outages')).toEqual([{ started_at: at(1), ended_at: at(31) }]);
  await stage.query('delete from heartbeats');
});

test('Schedules are made once, by however many workers', async () => {
  await Promise.all([ensureSchedules(stage.temporal.client), ensureSchedules(stage.temporal.client)]);
  const ids: string[] = [];
  await until('three schedules', async () => {
    ids.length = 0;
    for await (const one of stage.temporal.client.schedule.list()) ids.push(one.scheduleId);
    return ids.length === 3;
  });
  expect(ids.toSorted()).toEqual(['daily-digest', 'reconciler', 'upkeep']);
});
