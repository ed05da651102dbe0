import { nextStep } from '#domain/escalation/next-step.ts';
import type { SiteCalendar } from '#domain/calendar/calendar.ts';
import { FileRequest } from '../file-requests/entity.ts';
import { Firm, FirmContact } from '../firms/entity.ts';
import { Observer } from '../observers/entity.ts';
import type { Organisation } from '../organisations/entity.ts';
import { loadSiteRules } from '../organisations/rules.ts';
import type { Em } from '../orm.ts';
import { User } from '../users/entity.ts';
import { WorkOrder } from '../work-orders/entity.ts';
import type { Workspace } from '../workspaces/entity.ts';
import { Assignment } from './entity.ts';
import { linkState, type LinkState, type OpenedLink } from './links.ts';
import { loadSituation } from './snapshot.ts';

/** What lies behind a public link, whatever its state; what of it may be said, the page decides. */
export type LinkView = {
  readonly state: LinkState;
  readonly order: WorkOrder;
  readonly organisation: Organisation;
  readonly workspace: Workspace;
  readonly calendar: SiteCalendar;
  readonly assignment: Assignment | null;
  readonly firm: Firm | null;
  /** The firm's people, in the order of the directory. */
  readonly contacts: readonly FirmContact[];
  readonly observer: Observer | null;
  readonly fileRequest: FileRequest | null;
  /** Whom to ask: the responsible, else whoever handed the work out. */
  readonly coordinator: User | null;
  /** Whether the work is with another assignee by now. */
  readonly isGivenElsewhere: boolean;
};

/** Reads it all in the link's own eyes. */
export async function loadLinkView(em: Em, { link }: OpenedLink, now: Date): Promise<LinkView> {
  const own = { organisationId: link.organisationId };
  const order = await em.findOneOrFail(WorkOrder, { ...own, id: link.workOrderId });
  const { organisation, workspace, calendar } = await loadSiteRules(em, link.organisationId, order.workspaceId);
  const assignment = link.assignmentId ? await em.findOne(Assignment, { ...own, id: link.assignmentId }) : null;
  const firm = assignment?.firmId ? await em.findOne(Firm, { ...own, id: assignment.firmId }) : null;
  const coordinatorId = order.responsibleUserId ?? assignment?.offeredByUserId ?? workspace.defaultResponsibleUserId;
  const others = { ...own, workOrderId: order.id, id: { $ne: assignment?.id ?? order.id }, status: { $in: ['offered', 'accepted', 'done'] as const } };
  return {
    state: await linkState(em, link, now),
    order, organisation, workspace, calendar, assignment, firm,
    contacts: firm ? await em.find(FirmContact, { ...own, firmId: firm.id, archivedAt: null }, { orderBy: { position: 'asc', id: 'asc' } }) : [],
    observer: link.observerId ? await em.findOne(Observer, { ...own, id: link.observerId }) : null,
    fileRequest: link.fileRequestId ? await em.findOne(FileRequest, { ...own, id: link.fileRequestId }) : null,
    coordinator: coordinatorId ? await em.findOne(User, { id: coordinatorId }) : null,
    isGivenElsewhere: (await em.count(Assignment, others)) > 0,
  };
}

/** The deadline in force: late delivery, outages and a moved date count for the firm. */
export async function answerByInForce(em: Em, assignment: Assignment, now: Date): Promise<Date | null> {
  const situation = await loadSituation(em, assignment.id);
  return situation ? nextStep(situation.snapshot, situation.policy, situation.calendar, now).answerBy : null;
}
