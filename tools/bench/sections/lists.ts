import { say, step } from '#tools/start/progress.ts';
import { growTo, type Stage } from '../data.ts';
import { ask } from '../http-client.ts';
import { compare, percentile, timed, type Comparison } from '../measure.ts';
import { ms, times, type Finding } from '../report.ts';
import type { Stack } from '../stack.ts';

/** The first page of the list, filtered by status, as the portal asks for it; then every filter, sort and search at the largest size. */
export async function measureLists(stack: Stack, stage: Stage, isLarge: boolean): Promise<Finding[]> {
  const found: Finding[] = [];
  let small: Comparison | undefined;
  for (const count of isLarge ? [1_000, 100_000, 1_000_000] : [1_000, 100_000]) {
    await step(`${count.toLocaleString('en')} orders`, () => growTo(stack.pool, stage, count));
    const { ours, bare } = await firstPage(stack, stage);
    small ??= { ours, bare };
    const name = `list, first page by status, ${count.toLocaleString('en')} orders`;
    const figures = { count, p50Ms: ours.p50Ms, p95Ms: ours.p95Ms, cpuMs: ours.cpuMs, bareP50Ms: bare.p50Ms, bareCpuMs: bare.cpuMs };
    const words = { ours: `${ms(ours.cpuMs)} CPU, p50 ${ms(ours.p50Ms)}`, bare: `${ms(bare.cpuMs)} CPU, p50 ${ms(bare.p50Ms)}` };
    if (count === 1_000) {
      const ratio = ours.cpuMs / bare.cpuMs;
      found.push({ what: name, ...words, goal: `CPU ≤ 8 × bare (${times(ratio)})`, isMet: ratio <= 8, figures });
    } else {
      const growth = ours.p50Ms / small.ours.p50Ms;
      const allowed = count === 100_000 ? 1.2 : 2;
      found.push({ what: name, ...words, goal: `p50 ≤ ${allowed} × own at 1,000 (${times(growth)})`, isMet: growth <= allowed, figures: { ...figures, growth } });
    }
  }
  if (small) found.push(...(await everyWish(stack, stage, small.ours.p50Ms)));
  return found;
}

function listUrl(stack: Stack, stage: Stage, query: string): string {
  return `${stack.apiUrl}/api/v1/accounts/${stage.organisationId}/work-orders?${query}`;
}

async function firstPage(stack: Stack, stage: Stage): Promise<Comparison> {
  const url = listUrl(stack, stage, 'status=open&sort=createdAt&order=DESC&perPage=25');
  const bareUrl = `${stack.bareUrl}/list?organisation=${stage.organisationId}&status=open`;
  return compare(
    { server: await stack.api(), ask: () => ask(url, { headers: { cookie: stage.cookie } }) },
    { server: await stack.bareServer(), ask: () => ask(bareUrl) },
  );
}

const SORTS = ['createdAt', 'number', 'title', 'dueOn', 'answerDueAt', 'priority', 'status', 'updatedAt'];

/** Every offered filter, sort and search, slowest first on standard error; the goal is for the worst. */
async function everyWish(stack: Stack, stage: Stage, ownSmallMs: number): Promise<Finding[]> {
  const filters = [
    'status=closed', 'status=open,assigned,accepted,in_progress,waiting,done', 'kind=maintenance', `workspaceId=${stage.workspaceId}`, 'priority=urgent', 'priority=high,urgent',
    `firmId=${stage.firmId}`, `assigneeUserId=${stage.technicianId}`, `responsibleUserId=${stage.coordinatorId}`, 'overdue=true', 'awaitingAnswer=true',
    'q=Aufzug', 'q=Rohrbruch+Haus+42', 'q=M-2025-0000777', `q=Heizung&status=open&workspaceId=${stage.workspaceId}`,
  ];
  const sorts = SORTS.flatMap((sort) => ['ASC', 'DESC'].map((order) => `sort=${sort}&order=${order}`));
  const wishes = [...filters.map((filter) => `${filter}&sort=createdAt&order=DESC`), ...sorts, ...sorts.map((sort) => `${sort}&status=closed`), 'page=40&sort=createdAt&order=DESC'];
  const measured: { wish: string; p50Ms: number }[] = [];
  for (const wish of wishes) {
    const taken: number[] = [];
    for (let n = 0; n < 9; n += 1) taken.push(await timed(() => ask(listUrl(stack, stage, wish), { headers: { cookie: stage.cookie } })));
    measured.push({ wish: wish.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '…'), p50Ms: percentile(taken.slice(2), 50) });
  }
  const sorted = measured.toSorted((a, b) => b.p50Ms - a.p50Ms);
  say(sorted.map(({ wish, p50Ms }) => `    ${ms(p50Ms).padStart(9)}  ${wish}`).join('\n'));
  const allowed = Math.min(200, 2 * ownSmallMs);
  const over = sorted.filter(({ p50Ms }) => p50Ms > allowed);
  const worst = sorted[0] ?? { wish: '', p50Ms: Number.NaN };
  return [{
    what: `any of ${wishes.length} filters, sorts and searches at the largest size`,
    ours: `worst p50 ${ms(worst.p50Ms)} (${worst.wish}); ${over.length} over`,
    goal: `p50 ≤ 2 × own at 1,000 (${ms(2 * ownSmallMs)}), none above 200 ms`,
    isMet: over.length === 0,
    figures: Object.fromEntries(sorted.map(({ wish, p50Ms }) => [wish, p50Ms])),
  }];
}
