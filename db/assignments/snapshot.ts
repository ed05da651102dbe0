import type { SiteCalendar } from '#domain/calendar/calendar.ts';
import { atLocalTime } from '#domain/calendar/local-time.ts';
import type { AssignmentSnapshot, SkipReason, TimeSpan } from '#domain/escalation/plan.ts';
import type { EscalationPolicy } from '#domain/escalation/policy.ts';
import { loadSiteRules } from '../organisations/rules.ts';
import type { Em } from '../orm.ts';
import { Installation, Outage } from '../processes/entity.ts';
import { WorkOrder } from '../work-orders/entity.ts';
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
  if (!assignment) return null;
  const order = await em.findOneOrFail(WorkOrder, { organisationId: assignment.organisationId, id: assignment.workOrderId });
  const rules = await loadSiteRules(em, assignment.organisationId, order.workspaceId);
  const steps = await em.find(AssignmentStepRow, { organisationId: assignment.organisationId, assignmentId }, { orderBy: { at: 'asc' } });
  const installation = await em.findOne(Installation, { id: 1 });
  const pausedSince = earliest(installation?.isMailPaused ? installation.mailPausedAt : null, rules.organisation.isMailPaused ? rules.organisation.mailPausedAt : null);
  const snapshot: AssignmentSnapshot = {
    assignmentId,
    kind: assignment.kind,
    status: assignment.status,
    needsAcceptance: assignment.needsAcceptance,
    priority: order.priority,
    isWarranty: order.isWarranty,
    orderStatus: order.status,
    onHoldUntil: order.waitingUntil ? atLocalTime(order.waitingUntil, '07:00', rules.calendar) : null,
    offeredAt: assignment.offeredAt,
    acceptedAt: assignment.acceptedAt ?? null,
    sentAt: assignment.sentAt ?? null,
    deliveredAt: assignment.deliveredAt ?? null,
    bouncedAt: assignment.bouncedAt ?? null,
    statedAnswerBy: assignment.answerBy ?? null,
    answerByOverride: assignment.answerByOverride ?? null,
    answerByOverrideSetAt: assignment.answerByOverrideSetAt ?? null,
    stepsDone: steps.map((one) => ({ key: one.key, at: one.at, skip: (one.skipReason as SkipReason | null) ?? null })),
    nextFirmsLeft: assignment.nextFirmIds.length,
    hasSiteContact: Boolean(order.onSiteEmail),
    promisedFrom: assignment.promisedFrom ?? null,
    promisedTo: assignment.promisedUntil ?? null,
    dueOn: order.dueOn ?? null,
    remindNowRequestedAt: assignment.remindRequestedAt ?? null,
    pause: pausedSince ? { since: pausedSince, until: null } : null,
    outages: await outagesSince(em, assignment.organisationId, assignment.offeredAt),
  };
  return { snapshot, policy: assignment.policy ?? rules.policy, calendar: rules.calendar, order, assignment };
}

/** When nobody could be reminded because courier or worker were away, or mail was paused. */
async function outagesSince(em: Em, organisationId: string, since: Date): Promise<TimeSpan[]> {
  const rows = await em.find(Outage, { endedAt: { $gt: since }, $or: [{ organisationId: null }, { organisationId }] }, { orderBy: { startedAt: 'asc' } });
  return rows.map((one) => ({ from: one.startedAt, to: one.endedAt }));
}

function earliest(...times: (Date | null | undefined)[]): Date | null {
  const known = times.flatMap((time) => (time ? [time.getTime()] : []));
  return known.length > 0 ? new Date(Math.min(...known)) : null;
}
