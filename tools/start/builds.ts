import { createHash, type Hash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { StartFault } from './fault.ts';
import { ROOT, runTool } from './tool.ts';

const CACHE = join(ROOT, 'node_modules/.cache/gewerk');
const KEPT = 3;
/** An older build may still be served by an installation that runs beside this one. */
const KEPT_MS = 14 * 24 * 60 * 60_000;

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
  return target;
}

async function forgetOld(prefix: string): Promise<void> {
  const names = (await readdir(CACHE)).filter((name) => name.startsWith(prefix));
  const ages = await Promise.all(
    names.map(async (name) => ({ name, at: await stat(join(CACHE, name)).then((file) => file.mtimeMs, () => 0) })),
  );
  const old = ages.sort((a, b) => b.at - a.at).slice(KEPT).filter(({ at }) => at < Date.now() - KEPT_MS);
  await Promise.all(old.map(({ name }) => rm(join(CACHE, name), { recursive: true, force: true })));
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
