import { DEFAULT_BUSINESS_HOURS, type SiteCalendar } from '#domain/calendar/calendar.ts';
import { DEFAULT_POLICY, type EscalationPolicy } from '#domain/escalation/policy.ts';
import { DomainError } from '#domain/errors.ts';
import type { Em } from '../orm.ts';
import { Workspace } from '../workspaces/entity.ts';
import { EscalationPolicyRow, Organisation } from './entity.ts';

export type SiteRules = {
  readonly organisation: Organisation;
  readonly workspace: Workspace;
  readonly calendar: SiteCalendar;
  readonly policy: EscalationPolicy;
};

/** The clock and the rules that hold at a workspace: its own time zone and holidays, else the organisation's. */
export async function loadSiteRules(em: Em, organisationId: string, workspaceId: string): Promise<SiteRules> {
  const organisation = await loadOrganisation(em, organisationId);
  const workspace = await em.findOne(Workspace, { organisationId, id: workspaceId });
  if (!workspace) throw new DomainError('not_found', { workspaceId });
  const policy = await loadPolicy(em, organisationId);
  return { organisation, workspace, calendar: siteCalendar(organisation, workspace), policy };
}

/** The same for several workspaces of one organisation, by their ids; those that are `known` are not read again. */
export async function loadRulesOfSites(em: Em, organisationId: string, workspaceIds: readonly string[], known: readonly Workspace[] = []): Promise<Map<string, SiteRules>> {
  const organisation = await loadOrganisation(em, organisationId);
  const policy = await loadPolicy(em, organisationId);
  const unknown = workspaceIds.filter((id) => !known.some((one) => one.id === id));
  const workspaces = [...known, ...(unknown.length > 0 ? await em.find(Workspace, { organisationId, id: { $in: unknown } }) : [])];
  return new Map(workspaces.map((workspace) => [workspace.id, { organisation, workspace, calendar: siteCalendar(organisation, workspace), policy }]));
}

/** The organisation; throws `not_found`. */
export async function loadOrganisation(em: Em, organisationId: string): Promise<Organisation> {
  const organisation = await em.findOne(Organisation, { id: organisationId });
  if (!organisation) throw new DomainError('not_found', { organisationId });
  return organisation;
}

/** The escalation policy in force: the organisation's own, else the defaults. */
export async function loadPolicy(em: Em, organisationId: string): Promise<EscalationPolicy> {
  const row = await em.findOne(EscalationPolicyRow, { organisationId });
  return row ? (row.policy as EscalationPolicy) : DEFAULT_POLICY;
}

/** Time zone, open hours and holidays of a site. */
export function siteCalendar(organisation: Organisation, workspace?: Workspace | null): SiteCalendar {
  return {
    timeZone: workspace?.timeZone ?? organisation.timeZone,
    holidayRegion: workspace?.holidayRegion ?? organisation.holidayRegion,
    businessHours: organisation.businessHours ?? DEFAULT_BUSINESS_HOURS,
  };
}
