import { DEFAULT_BUSINESS_HOURS, type SiteCalendar } from '#domain/calendar/calendar.ts';
import { DEFAULT_POLICY, type EscalationPolicy } from '#domain/escalation/policy.ts';
import { DomainError } from '#domain/errors.ts';
import type { Em } from '../orm.ts';
import { combined, readTogether, rowOf, rowsOf, type Reading } from '../together.ts';
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
  const rules = (await loadRulesOfSites(em, organisationId, [workspaceId])).get(workspaceId);
  if (!rules) throw new DomainError('not_found', { workspaceId });
  return rules;
}

/** The same for several workspaces of one organisation, by their ids. */
export async function loadRulesOfSites(em: Em, organisationId: string, workspaceIds: readonly string[]): Promise<Map<string, SiteRules>> {
  const [rules] = await readTogether(em, [rulesOfSites(em, organisationId, workspaceIds)]);
  return rules;
}

/** The same as a reading; those that are `known` are not read again. */
export function rulesOfSites(em: Em, organisationId: string, workspaceIds: readonly string[], known: readonly Workspace[] = []): Reading<Map<string, SiteRules>> {
  const unknown = workspaceIds.filter((id) => !known.some((one) => one.id === id));
  const readings = [
    rowOf(em, Organisation, { id: organisationId }), policyOf(em, organisationId), rowsOf(em, Workspace, unknown.length > 0 ? { organisationId, id: { $in: unknown } } : null),
  ] as const;
  return combined(readings, (organisation, policy, found) => {
    if (!organisation) throw new DomainError('not_found', { organisationId });
    return new Map([...known, ...found].map((workspace) => [workspace.id, { organisation, workspace, calendar: siteCalendar(organisation, workspace), policy }]));
  });
}

/** The organisation; throws `not_found`. */
export async function loadOrganisation(em: Em, organisationId: string): Promise<Organisation> {
  const organisation = await em.findOne(Organisation, { id: organisationId });
  if (!organisation) throw new DomainError('not_found', { organisationId });
  return organisation;
}

/** The escalation policy in force: the organisation's own, else the defaults. */
export async function loadPolicy(em: Em, organisationId: string): Promise<EscalationPolicy> {
  const [policy] = await readTogether(em, [policyOf(em, organisationId)]);
  return policy;
}

function policyOf(em: Em, organisationId: string): Reading<EscalationPolicy> {
  return combined([rowOf(em, EscalationPolicyRow, { organisationId })], (row) => (row ? (row.policy as EscalationPolicy) : DEFAULT_POLICY));
}

/** Time zone, open hours and holidays of a site. */
export function siteCalendar(organisation: Organisation, workspace?: Workspace | null): SiteCalendar {
  return {
    timeZone: workspace?.timeZone ?? organisation.timeZone,
    holidayRegion: workspace?.holidayRegion ?? organisation.holidayRegion,
    businessHours: organisation.businessHours ?? DEFAULT_BUSINESS_HOURS,
  };
}
