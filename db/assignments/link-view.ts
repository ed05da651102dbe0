import { sql, type FilterQuery } from '@mikro-orm/postgresql';
import { nextStep } from '#domain/escalation/next-step.ts';
import type { SiteCalendar } from '#domain/calendar/calendar.ts';
import { DomainError } from '#domain/errors.ts';
import type { Attachment } from '../attachments/entity.ts';
import { sharedFiles } from '../comments/shared.ts';
import { FileRequest } from '../file-requests/entity.ts';
import { Firm, FirmContact } from '../firms/entity.ts';
import { Observer } from '../observers/entity.ts';
import type { Organisation } from '../organisations/entity.ts';
import { rulesOfSites } from '../organisations/rules.ts';
import type { Em } from '../orm.ts';
import { numberOf, readTogether, rowOf, rowsOf } from '../together.ts';
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
  /** What the client shared with this side beside messages. */
  readonly files: readonly Attachment[];
  /** Whether the work is with another assignee by now. */
  readonly isGivenElsewhere: boolean;
};

/** Reads it all in the link's own eyes. */
export async function loadLinkView(em: Em, { link }: OpenedLink, now: Date): Promise<LinkView> {
  const { organisationId } = link;
  const [order, assignment, observer, fileRequest] = await readTogether(em, [
    rowOf(em, WorkOrder, { organisationId, id: link.workOrderId }),
    rowOf(em, Assignment, link.assignmentId ? { organisationId, id: link.assignmentId } : null),
    rowOf(em, Observer, link.observerId ? { organisationId, id: link.observerId } : null),
    rowOf(em, FileRequest, link.fileRequestId ? { organisationId, id: link.fileRequestId } : null),
  ]);
  if (!order) throw new DomainError('not_found', { workOrderId: link.workOrderId });
  const firmId = assignment?.firmId;
  const [sites, firm, contacts, coordinator, files, others] = await readTogether(em, [
    rulesOfSites(em, organisationId, [order.workspaceId]),
    rowOf(em, Firm, firmId ? { organisationId, id: firmId } : null),
    rowsOf(em, FirmContact, firmId ? { organisationId, firmId, archivedAt: null } : null, { orderBy: { position: 'asc', id: 'asc' } }),
    rowOf(em, User, coordinatorOf(order, assignment)),
    sharedFiles(em, { organisationId, workOrderId: order.id, assignmentId: link.assignmentId ?? null }),
    numberOf(em, Assignment, { organisationId, workOrderId: order.id, id: { $ne: assignment?.id ?? order.id }, status: { $in: ['offered', 'accepted', 'done'] } }, 1),
  ]);
  const site = sites.get(order.workspaceId);
  if (!site) throw new DomainError('not_found', { workspaceId: order.workspaceId });
  const { organisation, workspace, calendar } = site;
  const state = linkState(link, { order, assignment, observer, fileRequest }, now);
  return { state, order, organisation, workspace, calendar, assignment, firm, contacts: firm ? contacts : [], observer, fileRequest, coordinator, files, isGivenElsewhere: others > 0 };
}

function coordinatorOf(order: WorkOrder, assignment: Assignment | null): FilterQuery<User> {
  const ofSite = sql`(select default_responsible_user_id from workspaces where organisation_id = ${order.organisationId} and id = ${order.workspaceId})`;
  return { id: order.responsibleUserId ?? assignment?.offeredByUserId ?? ofSite } as FilterQuery<User>;
}

/** The deadline in force: late delivery, outages and a moved date count for the firm. */
export async function answerByInForce(em: Em, assignment: Assignment, now: Date): Promise<Date | null> {
  const situation = await loadSituation(em, assignment.id);
  return situation ? nextStep(situation.snapshot, situation.policy, situation.calendar, now).answerBy : null;
}
