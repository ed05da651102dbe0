import type { z } from 'zod';
import { countHeldReminders } from '#db/mails/held-reminders.ts';
import { automationState, countAccount, getOrganisation, isInstallationMailPaused } from '#db/organisations/queries.ts';
import { chooseNotifications } from '#db/users/commands/memberships.ts';
import { getOwnMembership } from '#db/users/queries.ts';
import type { Em } from '#db/orm.ts';
import type { MemberActor } from '#domain/actors.ts';
import { ACTIONS, can } from '#domain/permissions.ts';
import { route, type Route } from '../route.ts';
import { iso } from '../schema.ts';
import { presentOrganisation } from './present.ts';
import { AccountRecord, MyMembershipInput } from './schema.ts';

const getAccount = route(
  {
    method: 'get',
    path: '/accounts/:accountId',
    access: 'account.read',
    summary: 'The account, my place in it, and the counts of the menu',
    response: AccountRecord,
  },
  async ({ em, actor, now, signedIn, deps }) => {
    const organisation = await getOrganisation(em, actor);
    const membership = await getOwnMembership(em, actor);
    const automation = await automationState(em, now);
    return {
      organisation: presentOrganisation(organisation),
      me: {
        userId: actor.userId,
        role: actor.role,
        workspaceIds: actor.workspaceIds ? [...actor.workspaceIds] : null,
        notifyChoice: membership.notifyChoice,
      },
      permissions: ACTIONS.filter((action) => can(actor, action)),
      counts: await countAccount(em, actor),
      automation: { isLate: automation.isLate, since: iso(automation.since) },
      isInstallationMailPaused: await isInstallationMailPaused(em),
      heldReminders: await heldRemindersFor(em, actor),
      temporalUi: signedIn.isOperator ? deps.settings.TEMPORAL_UI_URL : null,
    };
  },
);

/** null for who is not asked, and while nothing is held. */
async function heldRemindersFor(em: Em, actor: MemberActor): Promise<z.input<typeof AccountRecord>['heldReminders']> {
  if (!can(actor, 'reminders.decide')) return null;
  const { count, since } = await countHeldReminders(em, actor.organisationId);
  return count > 0 ? { count, since: iso(since) } : null;
}

const changeMine = route(
  {
    method: 'patch',
    path: '/accounts/:accountId/me',
    access: 'account.read',
    summary: 'How I want to be told of news in this account',
    body: MyMembershipInput,
    response: MyMembershipInput,
  },
  async ({ em, actor, body }) => chooseNotifications(em, actor, body),
);

export const accountRoutes: readonly Route[] = [getAccount, changeMine];
