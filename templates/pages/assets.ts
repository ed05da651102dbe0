import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

export type PageAsset = { readonly contentType: string; readonly body: string };

const TYPES = { 'page.css': 'text/css; charset=utf-8', 'page.js': 'text/javascript; charset=utf-8' } as const;
type AssetName = keyof typeof TYPES;

function load(name: AssetName): { path: string; asset: PageAsset } {
  const body = readFileSync(new URL(`./assets/${name}`, import.meta.url), 'utf8');
  const hash = createHash('sha256').update(body).digest('hex').slice(0, 12);
  const path = `/assets/pages/${name.replace('.', `.${hash}.`)}`;
  return { path, asset: { contentType: TYPES[name], body } };
}

const loaded = { 'page.css': load('page.css'), 'page.js': load('page.js') };

/** Style and script of the public pages by path; the path changes with the content, so they may be kept for ever. */
export const pageAssets: ReadonlyMap<string, PageAsset> = new Map(
  Object.values(loaded).map(({ path, asset }) => [path, asset]),
);

/** Path of an asset as pages link it. */
export function assetPath(name: string): string {
  return loaded[name as AssetName].path;
}
