import type { Router } from 'express';
import { accountRoutes } from './accounts/routes.ts';
import { assignmentRoutes } from './assignments/routes.ts';
import { attachmentRoutes } from './attachments/routes.ts';
import { commentRoutes } from './comments/routes.ts';
import { workspaceRoutes } from './workspaces/routes.ts';
import { assetRoutes } from './assets/routes.ts';
import { firmRoutes } from './firms/routes.ts';
import { userRoutes } from './users/routes.ts';
import { settingsRoutes } from './settings/routes.ts';
import { ownPartnershipRoutes } from './partnerships/own-routes.ts';
import { shareRoutes } from './partnerships/shares-routes.ts';
import { operatorRoutes } from './operator/routes.ts';
import { liveRoutes } from './live/routes.ts';
import { dashboardRoutes } from './dashboard/routes.ts';
import type { AppDeps } from './deps.ts';
import { mailRoutes } from './mails/routes.ts';
import { myAccountRoutes } from './me/accounts.ts';
import { meRoutes } from './me/routes.ts';
import { observerRoutes } from './observers/routes.ts';
import { publicPages } from './public/routes.ts';
import { endingRoutes } from './partnerships/ending-routes.ts';
import { partnershipRoutes } from './partnerships/routes.ts';
import type { Route } from './route.ts';
import { toReviewRoutes } from './to-review/routes.ts';
import { signInRoutes } from './sign-in/routes.ts';
import { webhooks } from './webhooks/routes.ts';
import { workOrderRoutes } from './work-orders/routes.ts';

/**
 * Every route of the API. A feature adds its list here and nowhere else:
 * `api/<feature>/routes.ts` exports `<feature>Routes: readonly Route[]`.
 */
export const ROUTES: readonly Route[] = [
  ...signInRoutes,
  ...meRoutes,
  ...myAccountRoutes,
  ...accountRoutes,
  ...userRoutes,
  ...liveRoutes,
  ...operatorRoutes,
  ...settingsRoutes,
  ...firmRoutes,
  ...assetRoutes,
  ...workspaceRoutes,
  ...shareRoutes,
  ...ownPartnershipRoutes,
  ...workOrderRoutes,
  ...assignmentRoutes,
  ...commentRoutes,
  ...attachmentRoutes,
  ...dashboardRoutes,
  ...toReviewRoutes,
  ...mailRoutes,
  ...observerRoutes,
  ...partnershipRoutes,
  ...endingRoutes,
];

/** Plain Express routers outside `/api/v1`: their token or their basic auth is the proof. Mounted at the given path. */
export const ROUTERS: readonly { readonly path: string; readonly make: (deps: AppDeps) => Router }[] = [
  { path: '/webhooks', make: (deps) => webhooks(deps) },
  { path: '/', make: publicPages },
];
