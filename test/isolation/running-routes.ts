import type { Router } from 'express';
import { assemble } from '#api/app.ts';
import { isAction } from '#api/route.ts';
import { ROUTERS, ROUTES } from '#api/routes.ts';
import type { TestApi } from '../support/api.ts';

/** Who a route is for; a route of no kind fails the tests that ask for it. */
export type Kind = 'account' | 'session' | 'operator' | 'public' | 'link' | 'webhook' | 'installation';
export type Running = { readonly method: string; readonly path: string; readonly kind: Kind };

type Layer = { readonly route?: { readonly path: string; readonly methods: Readonly<Record<string, boolean>> }; readonly handle: { readonly stack?: readonly Layer[] } };

/** The same for everybody: probes, the API's own document, style and script of the pages. */
const OF_THE_INSTALLATION = ['/live', '/ready', '/api/v1/openapi.json', '/assets/pages/:name'];

/** Every route that the running router has, read from the router itself. */
export function runningRoutes({ deps }: TestApi): Running[] {
  const app = assemble(deps, ROUTES) as unknown as { router: Router };
  const mounted = ROUTERS.flatMap(({ path, make }) => routesOf(make(deps), path === '/' ? '' : path));
  const own = layersOf(app.router).flatMap((layer) => (layer.route ? namesOf(layer, '') : []));
  return [...own, ...mounted].map(([method, path]) => ({ method, path, kind: kindOf(method, path) }));
}

function layersOf(router: Router): readonly Layer[] {
  return (router as unknown as { stack: readonly Layer[] }).stack;
}

function routesOf(router: Router, prefix: string): [method: string, path: string][] {
  return layersOf(router).flatMap((layer) => (layer.route ? namesOf(layer, prefix) : (layer.handle.stack ?? []).flatMap((inner) => namesOf(inner, prefix))));
}

function namesOf({ route }: Layer, prefix: string): [method: string, path: string][] {
  return route ? Object.keys(route.methods).map((method) => [method, `${prefix}${route.path}`]) : [];
}

function kindOf(method: string, path: string): Kind {
  if (OF_THE_INSTALLATION.includes(path)) return 'installation';
  if (path.startsWith('/webhooks/')) return 'webhook';
  if (/^\/[aofi]\/:token/.test(path)) return 'link';
  const { access } = ROUTES.find(({ spec }) => spec.method === method && `/api/v1${spec.path}` === path)?.spec ?? {};
  if (!access) throw new Error(`The isolation tests don't know who ${method} ${path} is for: say so in running-routes.ts.`);
  return isAction(access) ? 'account' : access;
}
