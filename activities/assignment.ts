import { loadSituation } from '#db/assignments/snapshot.ts';
import { afterDeclineKey, isHandedOnAfterDecline, offerNextAfterDecline, takeProcessStep } from '#db/assignments/process-steps.ts';
import type { Em } from '#db/orm.ts';
import { saveProcess } from '#db/processes/commands.ts';
import { ongoingOutage } from '#db/processes/queries.ts';
import type { SystemActor } from '#domain/actors.ts';
import { DomainError } from '#domain/errors.ts';
import { nextStep } from '#domain/escalation/next-step.ts';
import type { Plan } from '#domain/escalation/plan.ts';
import { toPlanMessage } from '#domain/escalation/plan-message.ts';
import { workflowIdOf } from '#domain/processes.ts';
import type { AssignmentPosition, DueStepMessage, ProcessInput } from '#workflows/contract.ts';
import type { ActivityDeps } from './deps.ts';
import { inOrganisation } from './organisation-em.ts';
import { gone, orderLink } from './position.ts';

/** What an assignment's process does: look, and take one step. */
export function assignmentActivities(deps: ActivityDeps) {
  return {
    /** Reads the assignment, reckons what is due and when, and notes where the process stands. */
    planAssignment: async (input: ProcessInput, now: string): Promise<AssignmentPosition> =>
      inOrganisation(deps, input.organisationId, (em) => position(deps, em, input, new Date(now))),

    /** Takes one due step, once, and looks again; an answer that came first wins. */
    takeAssignmentStep: async (input: ProcessInput, step: DueStepMessage, now: string): Promise<AssignmentPosition> => {
      const at = new Date(now);
      await takeStep(deps, input, step, at);
      return inOrganisation(deps, input.organisationId, (em) => position(deps, em, input, at));
    },
  };
}

async function takeStep(deps: ActivityDeps, input: ProcessInput, step: DueStepMessage, now: Date): Promise<void> {
  const { assignmentId, actor } = subject(input);
  try {
    await inOrganisation(deps, input.organisationId, async (em) => {
      if (step.key === afterDeclineKey(assignmentId)) await offerNextAfterDecline(em, actor, assignmentId, now);
      else await takeProcessStep(em, actor, assignmentId, { ...step, at: new Date(step.at) }, now);
    });
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    // The state has moved on between plan and step: the look that follows says what holds now.
    deps.log.warn({ workflowId: workflowIdOf('assignment', assignmentId), step: step.action, code: error.code }, 'step refused');
  }
}

async function position(deps: ActivityDeps, em: Em, input: ProcessInput, now: Date): Promise<AssignmentPosition> {
  const { assignmentId, workflowId } = subject(input);
  const situation = await loadSituation(em, assignmentId);
  if (!situation) return { ...gone(), due: [] };
  const { snapshot, policy, calendar, order } = situation;
  const outage = await ongoingOutage(em, deps.clock());
  const known = outage ? { ...snapshot, outages: [...snapshot.outages, outage] } : snapshot;
  const plan = nextStep(known, policy, calendar, now);
  const timer = timerOf(plan, snapshot.offeredAt, now);
  await saveProcess(em, {
    workflowId, organisationId: order.organisationId, kind: 'assignment', workOrderId: order.id, workOrderNumber: order.number,
    subjectId: assignmentId, step: statusOf(plan, snapshot.status), nextDueAt: timer?.at ?? null, nextAction: plan.next?.action ?? null,
    level: plan.level, needsAttention: plan.needsAttention, attentionReason: plan.needsAttention ? plan.waitsFor.code : null, isEnded: plan.isEnded,
  }, now);
  const { due, level, needsAttention, isEnded, summary, details } = toPlanMessage(plan);
  return {
    nextAt: timer?.at.toISOString() ?? null, nextStep: timer?.words ?? null, level, needsAttention, isEnded, summary, status: statusOf(plan, snapshot.status),
    due: isHandedOnAfterDecline(situation) ? [{ key: afterDeclineKey(assignmentId), action: 'offer_next', at: now.toISOString(), skip: null }] : due,
    details: `${orderLink(deps.settings, order)}\n\n${details}`,
  };
}

const FIRST_LOOK_MS = 600_000;

/**
 * When to look again by itself. News of the delivery wake the process; where none come, it looks after ten minutes, then
 * ever more rarely, so that a sent mail without such news is not waited for.
 */
function timerOf(plan: Plan, offeredAt: Date, now: Date): { at: Date; words: string } | null {
  const next = plan.next && { at: plan.next.at, words: plan.next.action.replaceAll('_', ' ') };
  if (plan.waitsFor.code !== 'sending') return next;
  const look = new Date(now.getTime() + Math.max(FIRST_LOOK_MS, now.getTime() - offeredAt.getTime()));
  return next && next.at <= look ? next : { at: look, words: 'see whether the mail was sent' };
}

/** What is waited for; of an ended one, how it ended. */
function statusOf(plan: Plan, status: string): string {
  return plan.isEnded ? status : plan.waitsFor.code;
}

function subject(input: ProcessInput): { assignmentId: string; workflowId: string; actor: SystemActor } {
  const assignmentId = input.ids[0] ?? '';
  const workflowId = workflowIdOf('assignment', assignmentId);
  return { assignmentId, workflowId, actor: { kind: 'system', organisationId: input.organisationId ?? '', process: workflowId } };
}
