import { loadOrganisation } from '#db/organisations/rules.ts';
import type { Em } from '#db/orm.ts';
import { type Conversation, loadConversation } from '#db/work-orders/conversation.ts';
import type { MemberActor } from '#domain/actors.ts';
import { localDate } from '#domain/calendar/local-time.ts';
import { presentAssignment } from '../assignments/present.ts';
import type { AppDeps } from '../deps.ts';
import type { SignedIn } from '../middleware/session.ts';
import { presentWorkOrder } from './present.ts';
import { subjectOfRow } from './present-row.ts';
import type { WorkOrderRecord } from './schema.ts';

export type Viewer = { readonly actor: MemberActor; readonly signedIn: SignedIn; readonly now: Date; readonly deps: AppDeps };

/** An order as its page shows it, read after whatever was changed in the same transaction. */
export async function loadWorkOrderRecord(em: Em, viewer: Viewer, workOrderId: string): Promise<WorkOrderRecord> {
  await em.flush();
  const found = await loadConversation(em, viewer.actor, workOrderId);
  const today = localDate(viewer.now, found.organisation);
  const subject = subjectOf(found, viewer.actor, today);
  const { settings } = viewer.deps;
  const assignments = [];
  for (const assignment of found.assignments) {
    assignments.push(await presentAssignment(em, assignment, {
      actor: viewer.actor, subject, people: found.people, mails: found.mails, now: viewer.now,
      temporal: viewer.signedIn.isOperator ? { ui: settings.TEMPORAL_UI_URL, namespace: settings.TEMPORAL_NAMESPACE } : null,
    }));
  }
  return presentWorkOrder(found, { actor: viewer.actor, today, assignments });
}

/** Today at the organisation, for "overdue". */
export async function todayOf(em: Em, actor: MemberActor, now: Date): Promise<string> {
  return localDate(now, await loadOrganisation(em, actor.organisationId));
}

function subjectOf(found: Conversation, actor: MemberActor, today: string) {
  return subjectOfRow(found.order, {
    actor, today, people: found.people, workspaceNames: new Map(), assignments: found.assignments,
    observerUserIds: found.observers.flatMap((one) => (one.userId ? [one.userId] : [])),
  });
}
