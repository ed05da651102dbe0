import { answerAssignment } from '#db/assignments/answer.ts';
import { assignWork } from '#db/assignments/assign.ts';
import { decideDeputy } from '#db/assignments/deputy.ts';
import { findAssignment } from '#db/assignments/load.ts';
import { renewLink } from '#db/assignments/links.ts';
import { findAssignees } from '#db/assignments/queries.ts';
import { setPromisedDate } from '#db/assignments/promise.ts';
import { cancelAssignment, decideProposal, handOn, moveDeadline, requestReminder, undoAcceptance, withdrawAssignment } from '#db/assignments/steering.ts';
import type { Em } from '#db/orm.ts';
import type { AccountActor, MemberActor } from '#domain/actors.ts';
import type { z } from 'zod';
import { route, type Route } from '../route.ts';
import { IdParams } from '../schema.ts';
import { loadWorkOrderRecord } from '../work-orders/load.ts';
import { WorkOrderRecord } from '../work-orders/schema.ts';
import { presentAssignees } from './present.ts';
import { presentPreview } from './preview.ts';
import { AnswerInput, Assignees, AssigneesQuery, AssignInput, AssignPreview, CancellationInput, DeadlineInput, HandOnInput, PromiseInput, ProposalInput, UndoInput, WithdrawalInput } from './schema.ts';

const assign = route(
  { method: 'post', path: '/accounts/:accountId/work-orders/:id/assignments', access: 'work_order.assign', summary: 'Hand an order to a firm or an own person', params: IdParams, body: AssignInput, response: WorkOrderRecord, status: 201 },
  async (context) => {
    const { answerBy, ...body } = context.body;
    await assignWork(context.em, context.actor, { ...body, answerBy: answerBy ? new Date(answerBy) : null, workOrderId: context.params.id }, context.now);
    return loadWorkOrderRecord(context.em, context, context.params.id);
  },
);

const preview = route(
  { method: 'post', path: '/accounts/:accountId/work-orders/:id/assignments/preview', access: 'work_order.assign', summary: 'The mail as it would go, and what happens if nobody answers', params: IdParams, body: AssignInput, response: AssignPreview },
  async ({ em, actor, params, body, now, deps }) =>
    presentPreview(em, actor, { ...body, answerBy: timeOf(body.answerBy), workOrderId: params.id }, { now, publicUrl: deps.settings.PUBLIC_URL }),
);

const assignees = route(
  { method: 'get', path: '/accounts/:accountId/assignees', access: 'work_order.assign', summary: 'Whom an order may be given to: own people, and firms with how fast and often they say yes', query: AssigneesQuery, response: Assignees },
  async ({ em, actor, query, now }) => presentAssignees(await findAssignees(em, actor, query, now)),
);

type Steer<B, A = MemberActor> = (em: Em, actor: A, assignmentId: string, body: B, now: Date) => Promise<unknown>;

/** A command on one assignment that answers with the whole order, so that a screen shows the new state at once. */
function steering<S extends z.ZodType>(verb: string, summary: string, body: S, run: Steer<z.output<S>>): Route {
  return route(
    { method: 'post', path: `/accounts/:accountId/assignments/:id/${verb}`, access: 'assignment.steer', summary, params: IdParams, body, response: WorkOrderRecord },
    async (context) => {
      const assignment = await findAssignment(context.em, context.actor, context.params.id);
      await run(context.em, context.actor, assignment.id, context.body, context.now);
      return loadWorkOrderRecord(context.em, context, assignment.workOrderId);
    },
  );
}

/**
 * The same for what a partner does as well. With its refusal an order is gone from its eyes: it is shown as it last was,
 * with nothing more to be done.
 */
function answering<S extends z.ZodType>(verb: string, summary: string, body: S, run: Steer<z.output<S>, AccountActor>): Route {
  return route(
    { method: 'post', path: `/accounts/:accountId/assignments/:id/${verb}`, access: 'assignment.answer', summary, params: IdParams, body, response: WorkOrderRecord },
    async (context) => {
      const assignment = await findAssignment(context.em, context.actor, context.params.id);
      const before = context.actor.kind === 'partner' ? await loadWorkOrderRecord(context.em, context, assignment.workOrderId) : null;
      await run(context.em, context.actor, assignment.id, context.body, context.now);
      const isOver = before !== null && assignment.status === 'declined';
      return isOver ? withoutMore(before, assignment.id) : loadWorkOrderRecord(context.em, context, assignment.workOrderId);
    },
  );
}

function withoutMore(before: WorkOrderRecord, assignmentId: string): WorkOrderRecord {
  const assignments = before.assignments.map((one) => (one.id === assignmentId ? { ...one, status: 'declined' as const, steps: [], can: {} } : one));
  return { ...before, steps: [], can: {}, assignments };
}

/** An optional time of an input. */
function timeOf(value: string | null | undefined): Date | null {
  return value ? new Date(value) : null;
}

export const assignmentRoutes: readonly Route[] = [
  assignees,
  preview,
  assign,
  answering('answer', 'Take down an answer (given by phone), or answer for oneself', AnswerInput, (em, actor, assignmentId, body, now) =>
    answerAssignment(em, actor, { ...body, assignmentId, promisedFrom: timeOf(body.promisedFrom), promisedUntil: timeOf(body.promisedUntil) }, now)),
  steering('withdrawal', 'Take an unanswered request back', WithdrawalInput, (em, actor, assignmentId, body, now) => withdrawAssignment(em, actor, { assignmentId, ...body }, now)),
  steering('cancellation', 'Cancel accepted work, with the reason', CancellationInput, (em, actor, assignmentId, body, now) => cancelAssignment(em, actor, { assignmentId, ...body }, now)),
  steering('acceptance-undoing', 'Undo an acceptance that was a mistake', UndoInput, (em, actor, assignmentId, body, now) => undoAcceptance(em, actor, { assignmentId, ...body }, now)),
  steering('reminder', 'Remind now', UndoInput.pick({}), (em, actor, assignmentId, _body, now) => requestReminder(em, actor, { assignmentId }, now)),
  steering('deadline', 'Move the answer-by', DeadlineInput, (em, actor, assignmentId, body, now) => moveDeadline(em, actor, { assignmentId, answerBy: new Date(body.answerBy) }, now)),
  steering('hand-on', 'Give the work to the next firm', HandOnInput, (em, actor, assignmentId, body, now) => handOn(em, actor, { assignmentId, ...body }, now)),
  steering('proposal', 'Take a soft or late answer as what it suggests, or leave it a message', ProposalInput, (em, actor, assignmentId, body, now) => decideProposal(em, actor, { assignmentId, ...body }, now)),
  steering('deputy', 'Add the deputy whom a note of absence names and have them asked instead, or leave it', ProposalInput, (em, actor, assignmentId, body, now) => decideDeputy(em, actor, { assignmentId, ...body }, now)),
  answering('promised-date', 'Set or take back the promised date', PromiseInput, (em, actor, assignmentId, body, now) =>
    setPromisedDate(em, actor, { assignmentId, promisedFrom: timeOf(body.promisedFrom), promisedUntil: timeOf(body.promisedUntil) }, now)),
  steering('link-renewal', 'Send a fresh link to the address on file', UndoInput.pick({}), (em, actor, assignmentId, _body, now) => renewLink(em, actor, { assignmentId }, now)),
];
