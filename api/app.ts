import express, { type Express } from 'express';
import helmet from 'helmet';
import { openDirectPool } from '#db/live/direct.ts';
import { appDatabaseUrl } from '#db/login.ts';
import { automationState } from '#db/organisations/queries.ts';
import { gateEm } from '#db/orm.ts';
import { DomainError } from '#domain/errors.ts';
import type { AppDeps } from './deps.ts';
import { gate } from './gate.ts';
import { openLiveStreams } from './live/streams.ts';
import { BODY_MS, bodyDeadline, depthCap, noStore, PACE, sameOriginOnly, steadyBody } from './middleware/guards.ts';
import { localeOf } from './middleware/language.ts';
import { createLimits } from './middleware/limits.ts';
import { requestLog } from './middleware/log.ts';
import { problemHandler } from './middleware/problem.ts';
import { openApiDocument } from './openapi.ts';
import { portalFiles } from './portal/static.ts';
import type { Route } from './route.ts';
import { ROUTERS, ROUTES } from './routes.ts';

export type App = {
  readonly express: Express;
  readonly deps: AppDeps;
  /** Ends the open live streams, so that a stop need not wait for their readers. */
  readonly endStreams: () => void;
  /** Ends the connections that the app itself opened; the pool of `orm` belongs to whoever made it. */
  readonly close: () => Promise<void>;
};

/** The whole first process but its port: API, public pages, webhooks, portal. */
export async function createApp(given: Omit<AppDeps, 'limits' | 'streams'>): Promise<App> {
  const url = appDatabaseUrl(given.settings);
  const pool = openDirectPool(url);
  const streams = await openLiveStreams(url, given.log);
  const deps: AppDeps = { ...given, limits: createLimits(pool), streams };
  const close = async (): Promise<void> => {
    await Promise.all([streams.close(), pool.end()]);
  };
  return { express: assemble(deps, ROUTES), deps, endStreams: streams.endAll, close };
}

/** Puts guards, routes and error answers in their order. */
export function assemble(deps: AppDeps, routes: readonly Route[]): Express {
  const { settings } = deps;
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', settings.TRUST_PROXY.length > 0 ? settings.TRUST_PROXY : false);
  app.set('etag', false);
  app.use(requestLog(deps.log));
  app.use(steadyBody(PACE));
  app.use(securityHeaders(settings.PUBLIC_URL));
  addProbes(app, deps);
  for (const { path, make } of ROUTERS) app.use(path, make(deps));
  app.use('/api', noStore, sameOriginOnly(settings.PUBLIC_URL));
  addRoutes(app, routes, deps);
  app.use('/api', (_req, _res, next) => next(new DomainError('not_found')));
  app.use(portalFiles(settings.PORTAL_DIR));
  app.use((_req, _res, next) => next(new DomainError('not_found')));
  app.use(problemHandler((req) => localeOf(req.headers['accept-language'])));
  return app;
}

function addRoutes(app: Express, routes: readonly Route[], deps: AppDeps): void {
  const document = openApiDocument(routes, deps.settings.PUBLIC_URL);
  app.get('/api/v1/openapi.json', (_req, res) => void res.json(document));
  const json = express.json({ limit: '256kb', strict: true });
  const taken = new Set<string>();
  for (const route of routes) {
    const { method, path } = route.spec;
    const name = `${method} ${path}`;
    if (taken.has(name)) throw new Error(`Route ${name} is declared twice.`);
    taken.add(name);
    const parsers = route.kind !== 'stream' && method !== 'get' ? [bodyDeadline(BODY_MS), json, depthCap] : [];
    app[method](`/api/v1${path}`, ...parsers, gate(route, deps));
  }
}

/** Everything comes from this origin; nothing may frame us. Public pages add their own stricter headers. */
function securityHeaders(publicUrl: string) {
  const isTls = publicUrl.startsWith('https:');
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        // The portal's component library writes its styles into the page.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        frameSrc: ["'self'"],
        workerSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        ...(isTls ? { upgradeInsecureRequests: [] } : {}),
      },
    },
    strictTransportSecurity: isTls ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    referrerPolicy: { policy: 'same-origin' },
    frameguard: { action: 'deny' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
  });
}

/** `/live`: the process answers. `/ready`: the database does, too; a late automation is told, but is no reason to stop. */
function addProbes(app: Express, deps: AppDeps): void {
  app.get('/live', (_req, res) => void res.json({ status: 'live' }));
  app.get('/ready', async (req, res) => {
    try {
      const automation = await gateEm(deps.orm).transactional((em) => automationState(em, deps.clock()));
      res.json({ status: 'ready', database: 'ok', temporal: automation.isLate ? 'degraded' : 'ok' });
    } catch (error) {
      req.log.error({ err: error }, 'not ready');
      res.status(503).json({ status: 'unavailable', database: 'away' });
    }
  });
}
