import type { Router } from 'express';
import { accountRoutes } from './accounts/routes.ts';
import type { AppDeps } from './deps.ts';
import { meRoutes } from './me/routes.ts';
import type { Route } from './route.ts';
import { signInRoutes } from './sign-in/routes.ts';

/**
 * Every route of the API. A feature adds its list here and nowhere else:
 * `api/<feature>/routes.ts` exports `<feature>Routes: readonly Route[]`.
 */
export const ROUTES: readonly Route[] = [...signInRoutes, ...meRoutes, ...accountRoutes];

/** Plain Express routers outside `/api/v1`: their token or their basic auth is the proof. Mounted at the given path. */
export const ROUTERS: readonly { readonly path: string; readonly make: (deps: AppDeps) => Router }[] = [];
