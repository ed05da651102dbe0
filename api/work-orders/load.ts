import { openDeputies } from '#db/assignments/deputy.ts';
import { loadSituations } from '#db/assignments/snapshot.ts';
import { loadOrganisation } from '#db/organisations/rules.ts';
import type { Assignment } from '#db/assignments/entity.ts';
import { asSystem, type Em } from '#db/orm.ts';
import { ProcessRow } from '#db/processes/entity.ts';
import { combined, readTogether, rowsOf, type Reading } from '#db/together.ts';
import { type Conversation, loadConversation } from '#db/work-orders/conversation.ts';
import type { AccountActor } from '#domain/actors.ts';
import { localDate } from '#domain/calendar/local-time.ts';
import { workflowIdOf } from '#domain/processes.ts';
import { OPEN_ASSIGNMENT_STATUSES } from '#domain/statuses.ts';
import { type AssignmentContext, presentAssignment } from '../assignments/present.ts';
import type { AppDeps } from '../deps.ts';
import type { SignedIn } from '../middleware/session.ts';
import { presentWorkOrder } from './present.ts';
import { subjectOfRow } from './present-row.ts';
import type { WorkOrderRecord } from './schema.ts';

export type Viewer = { readonly actor: AccountActor; readonly signedIn: SignedIn; readonly now: Date; readonly deps: AppDeps };

/** An order as its page shows it, read after whatever was changed in the same transaction. */
export async function loadWorkOrderRecord(em: Em, viewer: Viewer, workOrderId: string): Promise<WorkOrderRecord> {
  await em.flush();
  const found = await loadConversation(em, viewer.actor, workOrderId);
  const today = localDate(viewer.now, found.organisation);
  const subject = subjectOf(found, viewer.actor, today);
  const { settings } = viewer.deps;
  const running = found.assignments.filter((one) => (OPEN_ASSIGNMENT_STATUSES as readonly string[]).includes(one.status));
  const [processes, deputies] = await readTogether(em, [
    processesOf(em, running.map((one) => one.id)),
    openDeputies(em, viewer.actor.organisationId, viewer.actor.kind === 'member' ? running : []),
  ]);
  const context: AssignmentContext = {
    actor: viewer.actor, subject, people: found.people, mails: found.mails, now: viewer.now, sides: found.sides, shown: found.shown,
    situations: await situationsFor(em, viewer.actor, running, found),
    processes, deputies,
    temporal: viewer.signedIn.isOperator ? { ui: settings.TEMPORAL_UI_URL, namespace: settings.TEMPORAL_NAMESPACE } : null,
  };
  const assignments = found.assignments.map((one) => presentAssignment(one, context));
  return presentWorkOrder(found, { actor: viewer.actor, today, assignments });
}

/** What comes next is reckoned from the client's rules, which a partner doesn't read; of its own assignments it sees what concerns it. */
async function situationsFor(em: Em, actor: AccountActor, running: readonly Assignment[], { order, workspace }: Conversation) {
  const load = async () => loadSituations(em, actor.organisationId, running, { orders: [order], workspaces: [workspace] });
  return actor.kind === 'partner' ? asSystem(em, load) : load();
}

function processesOf(em: Em, assignmentIds: readonly string[]): Reading<Map<string, ProcessRow>> {
  const workflowIds = assignmentIds.map((id) => workflowIdOf('assignment', id));
  const rows = rowsOf(em, ProcessRow, workflowIds.length > 0 ? { workflowId: { $in: workflowIds } } : null);
  return combined([rows], (found) => new Map(found.map((row) => [row.workflowId, row])));
}

/** Today at the organisation, for "overdue". */
export async function todayOf(em: Em, actor: AccountActor, now: Date): Promise<string> {
  return localDate(now, await loadOrganisation(em, actor.organisationId));
}

function subjectOf(found: Conversation, actor: AccountActor, today: string) {
  return subjectOfRow(found.order, {
    actor, today, people: found.people, workspaceNames: new Map(), assignments: found.assignments,
    observerUserIds: found.observers.flatMap((one) => (one.userId ? [one.userId] : [])),
  });
}
