import type { Em } from '#db/orm.ts';
import { loadOrganisation, loadPolicy, loadSiteRules, siteCalendar } from '#db/organisations/rules.ts';
import { changeSettings, findOwnPolicy, pauseMail, setPolicy } from '#db/organisations/settings.ts';
import { getWorkspace } from '#db/workspaces/queries.ts';
import type { MemberActor } from '#domain/actors.ts';
import type { SiteCalendar } from '#domain/calendar/calendar.ts';
import type { EscalationPolicy } from '#domain/escalation/policy.ts';
import { can } from '#domain/permissions.ts';
import { route, type Route } from '../route.ts';
import { iso } from '../schema.ts';
import { presentPreview } from './preview.ts';
import { presentSettings } from './present.ts';
import { PauseInput, PauseRecord, PolicyInput, PolicyRecord, PreviewInput, PreviewRecord, SettingsChange, SettingsRecord } from './schema.ts';

const SETTINGS = '/accounts/:accountId/settings';
const POLICY = '/accounts/:accountId/escalation-policy';

const show = route(
  { method: 'get', path: SETTINGS, access: 'settings.read', summary: 'Settings of the organisation', response: SettingsRecord },
  async ({ em, actor, deps, locale }) =>
    presentSettings(await loadOrganisation(em, actor.organisationId), actor, deps.settings.INBOUND_DOMAIN, locale),
);

const change = route(
  {
    method: 'patch',
    path: SETTINGS,
    access: 'settings.manage',
    summary: 'Change settings of the organisation',
    body: SettingsChange,
    response: SettingsRecord,
  },
  async ({ em, actor, body, now, deps, locale }) =>
    presentSettings(await changeSettings(em, actor, body, now), actor, deps.settings.INBOUND_DOMAIN, locale),
);

const pause = route(
  {
    method: 'post',
    path: '/accounts/:accountId/mail-pause',
    access: 'settings.manage',
    summary: 'Stop or resume all outgoing mail of the organisation',
    body: PauseInput,
    response: PauseRecord,
  },
  async ({ em, actor, body, now }) => {
    const organisation = await pauseMail(em, actor, body.isPaused, now);
    return { isMailPaused: organisation.isMailPaused, mailPausedAt: organisation.isMailPaused ? iso(organisation.mailPausedAt ?? null) : null };
  },
);

const showPolicy = route(
  { method: 'get', path: POLICY, access: 'settings.read', summary: 'The escalation policy in force', response: PolicyRecord },
  async ({ em, actor }) => {
    const row = await findOwnPolicy(em, actor);
    return presentPolicy(await loadPolicy(em, actor.organisationId), row?.updatedAt ?? null, actor);
  },
);

const putPolicy = route(
  {
    method: 'put',
    path: POLICY,
    access: 'settings.manage',
    summary: 'Set the escalation policy for requests from now on',
    body: PolicyInput,
    response: PolicyRecord,
  },
  async ({ em, actor, body, now }) => {
    const row = await setPolicy(em, actor, body.policy, now);
    return presentPolicy(body.policy, row.updatedAt, actor);
  },
);

function presentPolicy(policy: EscalationPolicy, updatedAt: Date | null, actor: MemberActor) {
  return { policy: structuredClone(policy) as never, isDefault: updatedAt === null, updatedAt: iso(updatedAt), can: { edit: can(actor, 'settings.manage') } };
}

const preview = route(
  {
    method: 'post',
    path: '/accounts/:accountId/escalation-policy/preview',
    access: 'settings.read',
    summary: 'What a policy does to a firm that never answers; nothing is written',
    body: PreviewInput,
    response: PreviewRecord,
  },
  async ({ em, actor, body, now, locale }) => {
    const organisation = await loadOrganisation(em, actor.organisationId);
    return presentPreview({
      policy: body.policy ?? (await loadPolicy(em, actor.organisationId)),
      priority: body.priority,
      start: body.start ? new Date(body.start) : now,
      calendar: await calendarAt(em, actor, body.workspaceId ?? null),
      locale,
      mailLocale: organisation.locale,
    });
  },
);

async function calendarAt(em: Em, actor: MemberActor, workspaceId: string | null): Promise<SiteCalendar> {
  if (!workspaceId) return siteCalendar(await loadOrganisation(em, actor.organisationId));
  await getWorkspace(em, actor, workspaceId);
  return (await loadSiteRules(em, actor.organisationId, workspaceId)).calendar;
}

export const settingsRoutes: readonly Route[] = [show, change, pause, showPolicy, putPolicy, preview];
