import type { MeasuredProcess } from './measured-process.ts';

/** Something that is asked again and again, and the process that answers. */
export type Target = {
  readonly server: MeasuredProcess;
  readonly ask: () => Promise<unknown>;
};

export type Reading = {
  readonly p50Ms: number;
  readonly p95Ms: number;
  /** CPU of the answering process per request; the database's is not in it. */
  readonly cpuMs: number;
};

export type Comparison = { readonly ours: Reading; readonly bare: Reading };

export type Plan = { readonly warmUp?: number; readonly rounds?: number; readonly each?: number };

/** Measures ours and the bare limit by turns, one request at a time, so that what else the machine does strikes both. */
export async function compare(ours: Target, bare: Target, { warmUp = 200, rounds = 6, each = 50 }: Plan = {}): Promise<Comparison> {
  for (const target of [ours, bare]) for (let n = 0; n < warmUp; n += 1) await target.ask();
  const readings = { ours: [] as Round[], bare: [] as Round[] };
  for (let round = 0; round < rounds; round += 1) {
    readings.ours.push(await oneRound(ours, each));
    readings.bare.push(await oneRound(bare, each));
  }
  return { ours: summary(readings.ours), bare: summary(readings.bare) };
}

type Round = { readonly times: readonly number[]; readonly cpuMs: number };

async function oneRound({ server, ask }: Target, each: number): Promise<Round> {
  const before = await server.usage();
  const times: number[] = [];
  for (let n = 0; n < each; n += 1) times.push(await timed(ask));
  const after = await server.usage();
  return { times, cpuMs: (after.cpuMs - before.cpuMs) / each };
}

/** Milliseconds that something takes. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

/** The median round's CPU: a garbage collection or a neighbour's burst in one of them does not count. */
function summary(rounds: readonly Round[]): Reading {
  const times = rounds.flatMap((round) => round.times);
  return { p50Ms: percentile(times, 50), p95Ms: percentile(times, 95), cpuMs: percentile(rounds.map((round) => round.cpuMs), 50) };
}

export function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? Number.NaN;
}

/** Runs `count` pieces of work, `atOnce` of them at the same time; returns how many were done in a second. */
export async function perSecond(count: number, atOnce: number, work: (n: number) => Promise<unknown>): Promise<number> {
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < count) await work(next++);
  };
  const ms = await timed(() => Promise.all(Array.from({ length: atOnce }, lane)));
  return (count * 1000) / ms;
}
