import { createHash, type Hash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { StartFault } from './fault.ts';
import { COMPILE_CACHE } from './parts.ts';
import { ROOT, runTool } from './tool.ts';

const CACHE = join(ROOT, 'node_modules/.cache/gewerk');
const HOUR_MS = 60 * 60_000;
const DAY_MS = 24 * HOUR_MS;
/** Some 120 MB; one version of the code with its packages makes 2,500. */
const MOST_COMPILED = 20_000;

/** The workflow bundle that workers load, built when its sources have changed; undefined while there are no workflows. */
export async function workflowBundle(): Promise<string | undefined> {
  const entry = join(ROOT, 'workflows/index.ts');
  if (!existsSync(entry)) return undefined;
  const hash = await hashOf(['workflows', 'domain', 'package-lock.json']);
  return cached(`workflows-${hash}.js`, async (draft) => {
    const { bundleWorkflowCode } = await import('@temporalio/worker');
    const quiet = { trace() {}, debug() {}, info() {}, warn() {}, error() {}, log() {} };
    const { code } = await bundleWorkflowCode({ workflowsPath: entry, logger: quiet });
    await writeFile(draft, code);
  });
}

/** The folder of the built portal, built when its sources have changed; undefined while there is no portal. */
export async function portalBuild(): Promise<string | undefined> {
  if (!existsSync(join(ROOT, 'admin/index.html'))) return undefined;
  const hash = await hashOf(['admin', 'domain', 'api', 'package-lock.json']);
  return cached(`portal-${hash}`, async (draft) => {
    const vite = join(ROOT, 'node_modules/vite/bin/vite.js');
    const built = await runTool([vite, 'build', 'admin', '--outDir', draft, '--emptyOutDir', '--logLevel', 'warn'], { ...process.env, NO_COLOR: '1' });
    if (built.code !== 0) throw new StartFault(`The portal could not be built:\n${built.output.trim()}`);
  });
}

/** Made under another name first: a build that was cut off is no build. */
async function cached(name: string, build: (draft: string) => Promise<void>): Promise<string> {
  const target = join(CACHE, name);
  if (existsSync(target)) {
    const now = new Date();
    await utimes(target, now, now);
    return target;
  }
  await mkdir(CACHE, { recursive: true });
  const draft = `${target}.${process.pid}.new`;
  await build(draft);
  await rename(draft, target).catch(() => rm(draft, { recursive: true, force: true }));
  await forgetOld(name.replace(/-.*/, '-'));
  await forgetCompiled(COMPILE_CACHE, MOST_COMPILED);
  return target;
}

/** Node adds what it has compiled and never takes anything away; without it the next start compiles once more. */
export async function forgetCompiled(folder: string, most: number): Promise<void> {
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  if (names.length > most) await rm(folder, { recursive: true, force: true });
}

async function forgetOld(prefix: string): Promise<void> {
  const names = (await readdir(CACHE)).filter((name) => name.startsWith(prefix));
  const builds = await Promise.all(
    names.map(async (name) => ({ name, usedAt: await stat(join(CACHE, name)).then((file) => file.mtimeMs, () => 0) })),
  );
  await Promise.all(forgettable(builds, Date.now()).map((name) => rm(join(CACHE, name), { recursive: true, force: true })));
}

/**
 * The builds of one kind to remove. An older one may still be served by an installation that runs beside this one, so it
 * is kept for 14 days after its last start; but never more than 20 (some 35 MB), nor a draft that was cut off an hour ago.
 */
export function forgettable(builds: readonly { readonly name: string; readonly usedAt: number }[], now: number): string[] {
  const isDraft = (name: string): boolean => name.endsWith('.new');
  const drafts = builds.filter(({ name, usedAt }) => isDraft(name) && usedAt < now - HOUR_MS);
  const finished = builds.filter(({ name }) => !isDraft(name)).toSorted((one, other) => other.usedAt - one.usedAt);
  const old = finished.filter(({ usedAt }, at) => at >= 20 || (at >= 3 && usedAt < now - 14 * DAY_MS));
  return [...drafts, ...old].map(({ name }) => name);
}

async function hashOf(paths: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const path of paths) await addTo(hash, join(ROOT, path));
  return hash.digest('hex').slice(0, 16);
}

async function addTo(hash: Hash, path: string): Promise<void> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) return;
  if (found.isFile()) {
    hash.update(relative(ROOT, path)).update('\0').update(await readFile(path));
    return;
  }
  const names = (await readdir(path)).filter((name) => name !== 'node_modules' && name !== 'dist');
  for (const name of names.sort()) await addTo(hash, join(path, name));
}
