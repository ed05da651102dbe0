import { assignmentActivities } from './assignment.ts';
import { dailyDigestActivities } from './daily-digest.ts';
import type { ActivityDeps } from './deps.ts';
import { digestActivities } from './digest.ts';
import { fileRequestActivities } from './file-request.ts';
import { inboundActivities } from './inbound/process.ts';
import { invitationActivities } from './invitation.ts';
import { mailActivities } from './mails/send-mail.ts';
import { refusalsAreFinal } from './organisation-em.ts';
import { reconcilerActivities } from './reconciler.ts';
import { showsLife } from './shows-life.ts';
import { upkeepActivities } from './upkeep.ts';

/** All activities, by the names that workflows call. */
export function createActivities(deps: ActivityDeps) {
  return guarded({
    ...assignmentActivities(deps),
    ...mailActivities(deps),
    ...digestActivities(deps),
    ...fileRequestActivities(deps),
    ...invitationActivities(deps),
    ...inboundActivities(deps),
    ...reconcilerActivities(deps),
    ...upkeepActivities(deps),
    ...dailyDigestActivities(deps),
  });
}

export type Activities = ReturnType<typeof createActivities>;

type Activity = (...args: never[]) => Promise<unknown>;

function guarded<T extends Record<string, Activity>>(activities: T): T {
  const entries = Object.entries(activities).map(([name, activity]) => [name, showsLife(refusalsAreFinal(activity))]);
  return Object.fromEntries(entries) as T;
}
