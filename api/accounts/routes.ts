import type { z } from 'zod';
import { countHeldReminders } from '#db/mails/held-reminders.ts';
import { countTroubledMails } from '#db/mails/log-queries.ts';
import { automationState, countAccount, getOrganisation, isInstallationMailPaused } from '#db/organisations/queries.ts';
import { chooseNotifications } from '#db/users/commands/memberships.ts';
import { getOwnMembership } from '#db/users/queries.ts';
import type { Em } from '#db/orm.ts';
import type { AccountActor, MemberActor } from '#domain/actors.ts';
import { ACTIONS, can } from '#domain/permissions.ts';
import { route, type Route } from '../route.ts';
import { iso } from '../schema.ts';
import { todayOf } from '../work-orders/load.ts';
import { presentAsPartner } from './as-partner.ts';
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
  async ({ em, actor, now, signedIn, deps }) => ({
    ...(actor.kind === 'partner' ? await presentAsPartner(em, actor, await todayOf(em, actor, now)) : await presentAsMember(em, actor, now)),
    permissions: ACTIONS.filter((action) => can(actor, action)),
    automation: await automationFor(em, actor, now),
    isInstallationMailPaused: actor.kind === 'member' && (await isInstallationMailPaused(em)),
    heldReminders: await heldRemindersFor(em, actor),
    temporalUi: signedIn.isOperator && actor.kind === 'member' ? deps.settings.TEMPORAL_UI_URL : null,
  }),
);

async function presentAsMember(em: Em, actor: MemberActor, now: Date) {
  const membership = await getOwnMembership(em, actor);
  return {
    kind: 'member' as const, clientName: null, partnerName: null, isEnded: false, endsOn: null, endedAt: null, can: {},
    organisation: presentOrganisation(await getOrganisation(em, actor)),
    me: { userId: actor.userId, role: actor.role, workspaceIds: actor.workspaceIds ? [...actor.workspaceIds] : null, notifyChoice: membership.notifyChoice },
    counts: { ...(await countAccount(em, actor)), mailProblems: await countTroubledMails(em, actor, now) },
  };
}

/** Whether the client's automation is late is for the client to know. */
async function automationFor(em: Em, actor: AccountActor, now: Date): Promise<z.input<typeof AccountRecord>['automation']> {
  if (actor.kind === 'partner') return { isLate: false, since: null };
  const { isLate, since } = await automationState(em, now);
  return { isLate, since: iso(since) };
}

/** null for who is not asked, and while nothing is held. */
async function heldRemindersFor(em: Em, actor: AccountActor): Promise<z.input<typeof AccountRecord>['heldReminders']> {
  if (actor.kind !== 'member' || !can(actor, 'reminders.decide')) return null;
  const { count, since } = await countHeldReminders(em, actor.organisationId);
  return count > 0 ? { count, since: iso(since) } : null;
}

const changeMine = route(
  {
    method: 'patch',
    path: '/accounts/:accountId/me',
    access: 'own_membership.change',
    summary: 'How I want to be told of news in this account',
    body: MyMembershipInput,
    response: MyMembershipInput,
  },
  async ({ em, actor, body }) => chooseNotifications(em, actor, body),
);

export const accountRoutes: readonly Route[] = [getAccount, changeMine];
