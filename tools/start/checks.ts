import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { requireBrowser } from './browser.ts';
import { portalBuild } from './builds.ts';
import { StartFault } from './fault.ts';
import { say } from './progress.ts';
import { ROOT, runTool } from './tool.ts';

interface Totals {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** A check that passes or fails as a whole; `output` is shown when it fails. */
interface Check {
  readonly name: string;
  readonly isThere?: () => boolean;
  run(): Promise<{ isGood: boolean; output: string }>;
}

const program = (file: string, ...args: string[]) => async (): Promise<{ isGood: boolean; output: string }> => {
  const done = await runTool([join(ROOT, file), ...args]);
  return { isGood: done.code === 0, output: done.output };
};

const has = (path: string) => () => existsSync(join(ROOT, path));

const CHECKS: readonly Check[] = [
  { name: 'typecheck', run: program('node_modules/typescript/bin/tsc', '-p', '.') },
  { name: 'typecheck of the portal', isThere: has('admin/main.tsx'), run: program('node_modules/typescript/bin/tsc', '-p', 'admin') },
  { name: 'lint with the rules of the rooms', run: program('node_modules/oxlint/bin/oxlint', '--type-aware', '--deny-warnings') },
  { name: 'migrations match the entities', isThere: has('db/check.ts'), run: program('db/check.ts') },
  { name: 'portal build', isThere: has('admin/main.tsx'), run: buildPortal },
];

async function buildPortal(): Promise<{ isGood: boolean; output: string }> {
  try {
    const folder = await portalBuild();
    if (folder !== undefined) process.env['PORTAL_DIR'] ??= folder;
    return { isGood: true, output: '' };
  } catch (error) {
    return { isGood: false, output: (error as Error).message };
  }
}

/** Folders whose tests open a browser. */
const BROWSER_FOLDERS = ['journeys', 'portal', 'templates', 'mailbox', 'faults'];

async function main(args: readonly string[]): Promise<number> {
  const totals = { passed: 0, failed: 0, skipped: 0 };
  if (args.length === 0) await runChecks(totals);
  await provideBrowser(args);
  const tests = await runJest(args);
  for (const key of ['passed', 'failed', 'skipped'] as const) totals[key] += tests[key];
  process.stdout.write(`\n${totals.passed} passed, ${totals.failed} failed${totals.skipped > 0 ? `, ${totals.skipped} skipped` : ''}\n`);
  return totals.failed === 0 ? 0 : 1;
}

async function runChecks(totals: { passed: number; failed: number }): Promise<void> {
  for (const check of CHECKS.filter((one) => one.isThere?.() ?? true)) {
    const started = Date.now();
    const { isGood, output } = await check.run();
    const took = `${((Date.now() - started) / 1000).toFixed(1)} s`;
    say(isGood ? `✓ ${check.name} (${took})` : `✗ ${check.name} (${took})\n${output.trim()}`);
    totals[isGood ? 'passed' : 'failed'] += 1;
  }
}

/** Tests that open a browser find it in CHROME_PATH; without one they fail, the others still run. */
async function provideBrowser(args: readonly string[]): Promise<void> {
  const folders = args.filter((arg) => !arg.startsWith('-')).map((arg) => relative(join(ROOT, 'test'), resolve(ROOT, arg)).split(/[/\\]/)[0] ?? '');
  const isNeeded = folders.length === 0 || folders.some((folder) => BROWSER_FOLDERS.includes(folder));
  if (!isNeeded) return;
  try {
    process.env['CHROME_PATH'] = await requireBrowser();
  } catch (error) {
    if (!(error instanceof StartFault)) throw error;
    say(`✗ ${error.message}`);
  }
}

/** A run that ended before its totals were written counts as one failure. */
async function runJest(args: readonly string[]): Promise<Totals> {
  const folder = await mkdtemp(join(tmpdir(), 'gewerk-totals-'));
  const file = join(folder, 'totals.json');
  const jest = ['--disable-warning=ExperimentalWarning', '--experimental-vm-modules', join(ROOT, 'node_modules/jest/bin/jest.js')];
  const code = await new Promise<number>((done, failed) => {
    const env = { ...process.env, NODE_ENV: 'test', GEWERK_TOTALS_FILE: file };
    const child = spawn(process.execPath, [...jest, ...args], { cwd: ROOT, env, stdio: 'inherit' });
    // Ctrl-C reaches Jest by itself; a signal to us alone is passed on, and the end is waited for.
    process.on('SIGINT', () => undefined);
    process.on('SIGTERM', () => child.kill('SIGINT'));
    child.once('error', failed);
    child.once('exit', (status) => done(status ?? 1));
  });
  const text = await readFile(file, 'utf8').catch(() => '{"passed":0,"failed":0,"skipped":0}');
  await rm(folder, { recursive: true, force: true });
  const totals = JSON.parse(text) as Totals;
  return code !== 0 && totals.failed === 0 ? { ...totals, failed: 1 } : totals;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  say(error instanceof StartFault ? error.message : String(error));
  process.stdout.write('\n0 passed, 1 failed\n');
  process.exitCode = 1;
}
