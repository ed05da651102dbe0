import type { Assignment } from '#db/assignments/entity.ts';
import type { SituationOfAssignment } from '#db/assignments/snapshot.ts';
import type { WorkOrder } from '#db/work-orders/entity.ts';
import type { RowsAround } from '#db/work-orders/rows.ts';
import type { MemberActor } from '#domain/actors.ts';
import { comesNext } from '#domain/escalation/plan.ts';
import { permissionsOf, planOf } from '../assignments/present.ts';
import { plain } from '../present.ts';
import { iso } from '../schema.ts';
import { assigneeName, subjectOfRow } from '../work-orders/present-row.ts';
import type { OwedAnswer } from './schema.ts';

export type OwedContext = {
  readonly actor: MemberActor;
  readonly today: string;
  readonly now: Date;
  readonly around: RowsAround;
  readonly situations: ReadonlyMap<string, SituationOfAssignment>;
};

/** A row of "who owes me an answer": the deadline in force, and what happens if nobody does anything. */
export function presentOwed(assignment: Assignment, order: WorkOrder, { actor, today, now, around, situations }: OwedContext): OwedAnswer {
  const row = plain(assignment);
  const situation = situations.get(assignment.id);
  const plan = situation ? planOf(situation, now) : null;
  const next = plan ? comesNext(plan, now) : null;
  const answerBy = plan?.answerBy ?? row.answerByOverride ?? row.answerBy;
  const { people, workspaceNames } = around;
  const contact = row.contactId ? people.contacts.get(row.contactId) : undefined;
  const firm = row.firmId ? people.firms.get(row.firmId) : undefined;
  const subject = subjectOfRow(order, {
    actor, today, people, workspaceNames, assignments: around.assignmentsOf(order.id), observerUserIds: around.observerUserIdsOf(order.id),
  });
  return {
    assignmentId: row.id,
    workOrder: { id: order.id, number: order.number, title: order.title, workspaceName: workspaceNames.get(order.workspaceId) ?? '' },
    assigneeName: assigneeName(assignment, people), assigneePhone: contact?.phone ?? firm?.phone ?? null,
    deliveredAt: iso(row.deliveredAt), sentAt: iso(row.sentAt), answerBy: iso(answerBy), isLate: answerBy !== null && answerBy < now,
    nextStep: next?.at ? { at: iso(next.at), action: next.action } : null,
    proposedAnswer: row.proposedAnswer, can: permissionsOf(assignment, { actor, subject, people }),
  };
}
