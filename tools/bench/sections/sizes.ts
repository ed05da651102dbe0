import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { portalBuild, workflowBundle } from '#tools/start/builds.ts';
import type { Finding } from '../report.ts';

const BUNDLE_LIMIT_MB = 2;
const PORTAL_LIMIT_KB = 350;

/** What workers and browsers load before they can begin. */
export async function measureSizes(): Promise<Finding[]> {
  return [...(await bundle()), ...(await portal())];
}

async function bundle(): Promise<Finding[]> {
  const file = await workflowBundle();
  if (file === undefined) return [];
  const megabytes = (await stat(file)).size / 1024 / 1024;
  return [{ what: 'workflow bundle', ours: `${megabytes.toFixed(2)} MB`, goal: `< ${BUNDLE_LIMIT_MB} MB`, isMet: megabytes < BUNDLE_LIMIT_MB, figures: { megabytes } }];
}

/** The scripts that the page names itself: its entry and what that imports at once. Screens come later, each in a file of its own. */
async function portal(): Promise<Finding[]> {
  const folder = await portalBuild();
  if (folder === undefined) return [];
  const html = await readFile(join(folder, 'index.html'), 'utf8');
  const scripts = [...html.matchAll(/<(?:script[^>]+src|link[^>]+rel="modulepreload"[^>]+href)="([^"]+\.js)"/g)].map((match) => match[1] ?? '');
  const sizes = await Promise.all(scripts.map(async (path) => gzipSync(await readFile(join(folder, path))).length));
  const kilobytes = sizes.reduce((sum, size) => sum + size, 0) / 1024;
  const all = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.js')).length;
  return [{
    what: 'portal, initial JavaScript', ours: `${kilobytes.toFixed(0)} KB gzip in ${scripts.length} of ${all} files`, goal: `≤ ${PORTAL_LIMIT_KB} KB gzip`, isMet: kilobytes <= PORTAL_LIMIT_KB,
    figures: { kilobytes, initialFiles: scripts.length, files: all },
  }];
}
