// `npm run bench`: measures beside the bare limit of the same run; `npm run bench -- lists pages` measures a part.
import { cpus, totalmem } from 'node:os';
import { say } from '#tools/start/progress.ts';
import { layStage, type Stage } from './data.ts';
import { tableOf, type Finding } from './report.ts';
import { measureHistory } from './sections/history.ts';
import { measureLists } from './sections/lists.ts';
import { measureOpenAssignments } from './sections/open-assignments.ts';
import { measurePages } from './sections/pages.ts';
import { measureProcesses } from './sections/processes.ts';
import { measureSizes } from './sections/sizes.ts';
import { measureStart } from './sections/start.ts';
import { measureWebhook } from './sections/webhook.ts';
import { Stack } from './stack.ts';

type Section = () => Promise<Finding[]>;

const HELP = `npm run bench [-- <sections>] [-- --large] [-- --json]
  sections  pages lists webhook processes history assignments sizes start; all when none is named
  --large   lists of 1,000,000 orders and 10,000 open assignments: takes half an hour and 4 GB of disk
  --json    prints the findings as JSON on standard output instead of a table`;

/** Each section lays its own data on a stack of its own, so that none finds another's leftovers. */
function sectionsFor(isLarge: boolean): Readonly<Record<string, Section>> {
  return {
    pages: onStage(measurePages),
    lists: onStage((stack, stage) => measureLists(stack, stage, isLarge)),
    webhook: onStage(measureWebhook),
    processes: onStage(measureProcesses),
    history: onStage(measureHistory),
    assignments: onStage((stack, stage) => measureOpenAssignments(stack, stage, isLarge)),
    sizes: measureSizes,
    start: measureStart,
  };
}

let open: Stack | null = null;

function onStage(measure: (stack: Stack, stage: Stage) => Promise<Finding[]>): Section {
  return async () => {
    open = await Stack.open();
    try {
      return await measure(open, await layStage(open.pool));
    } finally {
      await open.close();
      open = null;
    }
  };
}

async function main(args: readonly string[]): Promise<number> {
  const sections = sectionsFor(args.includes('--large'));
  const asked = args.filter((arg) => !arg.startsWith('--'));
  const unknown = [...asked.filter((name) => !(name in sections)), ...args.filter((arg) => arg.startsWith('--') && !['--large', '--json'].includes(arg))];
  if (unknown.length > 0) {
    say(args.includes('--help') ? HELP : `bench does not know ${unknown.join(', ')}.\n${HELP}`);
    return args.includes('--help') ? 0 : 1;
  }
  const findings: Finding[] = [];
  const failed: string[] = [];
  for (const [name, measure] of Object.entries(sections)) {
    if (asked.length > 0 && !asked.includes(name)) continue;
    say(`── ${name}`);
    // One section that can't be measured is no reason to lose the others.
    await measure().then((found) => {
      findings.push(...found);
      say(tableOf(found));
    }, (error: unknown) => {
      failed.push(name);
      say(`✗ ${name} could not be measured: ${error instanceof Error ? error.stack : String(error)}`);
    });
  }
  const machine = { date: new Date().toISOString().slice(0, 10), cores: cpus().length, cpu: cpus()[0]?.model ?? 'unknown', memoryGiB: Math.round(totalmem() / 2 ** 30), node: process.version };
  if (args.includes('--json')) console.log(JSON.stringify({ machine, findings, failed }, null, 2));
  else console.log(`${machine.date}, ${machine.cores} cores (${machine.cpu}), ${machine.memoryGiB} GiB, Node ${machine.node}\n\n${tableOf(findings)}`);
  return failed.length === 0 ? 0 : 1;
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    say('stopping');
    void Promise.resolve(open?.close()).finally(() => process.exit(1));
  });
}
process.exitCode = await main(process.argv.slice(2));
