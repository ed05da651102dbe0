import type { SiteCalendar } from '#domain/calendar/calendar.ts';
import { atLocalTime } from '#domain/calendar/local-time.ts';
import type { AssignmentSnapshot, SkipReason, TimeSpan } from '#domain/escalation/plan.ts';
import type { EscalationPolicy } from '#domain/escalation/policy.ts';
import { rulesOfSites, type SiteRules } from '../organisations/rules.ts';
import type { Em } from '../orm.ts';
import { passedOn } from '../partnerships/passed-on.ts';
import { Installation, Outage } from '../processes/entity.ts';
import { combined, readTogether, rowOf, rowsOf, type Reading } from '../together.ts';
import { WorkOrder } from '../work-orders/entity.ts';
import type { Workspace } from '../workspaces/entity.ts';
import { Assignment, AssignmentStepRow } from './entity.ts';

export type SituationOfAssignment = {
  readonly snapshot: AssignmentSnapshot;
  readonly policy: EscalationPolicy;
  readonly calendar: SiteCalendar;
  readonly order: WorkOrder;
  readonly assignment: Assignment;
};

/** All that `nextStep` needs to know of an assignment, as it is now; null when it is not there. */
export async function loadSituation(em: Em, assignmentId: string): Promise<SituationOfAssignment | null> {
  const assignment = await em.findOne(Assignment, { id: assignmentId });
  return assignment ? ((await loadSituations(em, assignment.organisationId, [assignment])).get(assignmentId) ?? null) : null;
}

/** The same for many assignments of one organisation, by their ids: each kind of thing is read once, what is `known` not at all. */
export async function loadSituations(
  em: Em, organisationId: string, assignments: readonly Assignment[], known?: { readonly orders: readonly WorkOrder[]; readonly workspaces: readonly Workspace[] },
): Promise<Map<string, SituationOfAssignment>> {
  if (assignments.length === 0) return new Map();
  const ids = assignments.map((one) => one.id);
  const orders = known?.orders ?? await em.find(WorkOrder, { organisationId, id: { $in: [...new Set(assignments.map((one) => one.workOrderId))] } });
  const [rules, rows, installation, outages] = await readTogether(em, [
    rulesOfSites(em, organisationId, [...new Set(orders.map((one) => one.workspaceId))], known?.workspaces),
    rowsOf(em, AssignmentStepRow, { organisationId, assignmentId: { $in: ids } }, { orderBy: { at: 'asc' } }),
    rowOf(em, Installation, { id: 1 }),
    outagesSince(em, organisationId, new Date(Math.min(...assignments.map((one) => one.offeredAt.getTime())))),
  ]);
  const steps = Map.groupBy(rows, (one) => one.assignmentId);
  const given = await passedOn(em, organisationId, assignments);
  const situations = assignments.flatMap((assignment): [string, SituationOfAssignment][] => {
    const order = orders.find((one) => one.id === assignment.workOrderId);
    const site = order ? rules.get(order.workspaceId) : undefined;
    if (!order || !site) return [];
    const around = { order, site, steps: steps.get(assignment.id) ?? [], hasPerson: given.has(assignment.id), installation, outages };
    return [[assignment.id, { snapshot: snapshotOf(assignment, around), policy: assignment.policy ?? site.policy, calendar: site.calendar, order, assignment }]];
  });
  return new Map(situations);
}

type Around = {
  readonly order: WorkOrder;
  readonly site: SiteRules;
  readonly steps: readonly AssignmentStepRow[];
  readonly hasPerson: boolean;
  readonly installation: Installation | null;
  readonly outages: readonly TimeSpan[];
};

function snapshotOf(assignment: Assignment, { order, site, steps, hasPerson, installation, outages }: Around): AssignmentSnapshot {
  const { organisation } = site;
  const pausedSince = earliest(installation?.isMailPaused ? installation.mailPausedAt : null, organisation.isMailPaused ? organisation.mailPausedAt : null);
  return {
    assignmentId: assignment.id,
    kind: assignment.kind,
    status: assignment.status,
    needsAcceptance: assignment.needsAcceptance,
    priority: order.priority,
    isWarranty: order.isWarranty,
    orderStatus: order.status,
    onHoldUntil: order.waitingUntil ? atLocalTime(order.waitingUntil, '07:00', site.calendar) : null,
    offeredAt: assignment.offeredAt,
    acceptedAt: assignment.acceptedAt ?? null,
    sentAt: assignment.sentAt ?? null,
    deliveredAt: assignment.deliveredAt ?? null,
    bouncedAt: assignment.bouncedAt ?? null,
    statedAnswerBy: assignment.answerBy ?? null,
    answerByOverride: assignment.answerByOverride ?? null,
    answerByOverrideSetAt: assignment.answerByOverrideSetAt ?? null,
    stepsDone: steps.map((one) => ({ key: one.key, at: one.at, skip: (one.skipReason as SkipReason | null) ?? null })),
    hasPerson,
    nextFirmsLeft: assignment.nextFirmIds.length,
    hasSiteContact: Boolean(order.onSiteEmail),
    promisedFrom: assignment.promisedFrom ?? null,
    promisedTo: assignment.promisedUntil ?? null,
    dueOn: order.dueOn ?? null,
    remindNowRequestedAt: assignment.remindRequestedAt ?? null,
    pause: pausedSince ? { since: pausedSince, until: null } : null,
    outages: outages.filter((one) => one.to > assignment.offeredAt),
  };
}

/** When nobody could be reminded because courier or worker were away, or mail was paused. */
function outagesSince(em: Em, organisationId: string, since: Date): Reading<TimeSpan[]> {
  const outages = rowsOf(em, Outage, { endedAt: { $gt: since }, $or: [{ organisationId: null }, { organisationId }] }, { orderBy: { startedAt: 'asc' } });
  return combined([outages], (rows) => rows.map((one) => ({ from: one.startedAt, to: one.endedAt })));
}

function earliest(...times: (Date | null | undefined)[]): Date | null {
  const known = times.flatMap((time) => (time ? [time.getTime()] : []));
  return known.length > 0 ? new Date(Math.min(...known)) : null;
}
