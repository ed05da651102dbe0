import type { FilterQuery } from '@mikro-orm/postgresql';
import type { MemberActor } from '#domain/actors.ts';
import { DomainError } from '#domain/errors.ts';
import { can } from '#domain/permissions.ts';
import { Assignment } from '../assignments/entity.ts';
import { NO_ID } from '../columns.ts';
import type { Em } from '../orm.ts';
import { findPage, type Page, type PageAsked, type Sort } from '../page.ts';
import { wordsWithin } from '../search/words.ts';
import { loadPeople, type People } from '../work-orders/people.ts';
import { WorkOrder } from '../work-orders/entity.ts';
import { findWorkOrder } from '../work-orders/load.ts';
import { visibleTo } from '../work-orders/visibility.ts';
import { Workspace } from '../workspaces/entity.ts';
import { InboundMail } from './entity.ts';

/** Mails that wait for a person: the organisation's, for whoever may decide them. Throws `forbidden`. */
export function heldFor(actor: MemberActor): FilterQuery<InboundMail> {
  if (!can(actor, 'to_review.read')) throw new DomainError('forbidden', { action: 'to_review.read' });
  return { organisationId: actor.organisationId, status: 'held' };
}

export type HeldFilter = PageAsked & {
  readonly sort: Sort;
  readonly q?: string | undefined;
  readonly ids?: readonly string[] | undefined;
};

export async function findHeldMails(em: Em, actor: MemberActor, asked: HeldFilter): Promise<Page<InboundMail>> {
  const where = { $and: [heldFor(actor), asked.ids ? { id: { $in: [...asked.ids] } } : {}, wordsWithin(asked.q, ['from_name', 'from_email', 'subject'])] };
  return findPage(em, InboundMail, where as FilterQuery<InboundMail>, asked);
}

/** One mail that waits or waited; of a decided one whoever may see where it went. */
export async function findReviewedMail(em: Em, actor: MemberActor, id: string): Promise<InboundMail> {
  const mail = await em.findOne(InboundMail, { organisationId: actor.organisationId, id, isInternal: false });
  return known(em, actor, mail);
}

/** The mail, where it waits or its order is seen: what was decided about is known to whoever sees where it went. Throws `not_found`. */
export async function known(em: Em, actor: MemberActor, mail: InboundMail | null): Promise<InboundMail> {
  const goneTo = mail?.status === 'held' ? null : mail ? mail.workOrderId : NO_ID;
  if (goneTo) await findWorkOrder(em, actor, goneTo);
  if (!mail || !can(actor, 'to_review.read')) throw new DomainError('not_found', { inboundMailId: mail?.id ?? null });
  return mail;
}

/** One mail that waits; what was decided meanwhile says so: throws `mail_already_decided`. */
export async function getHeldMail(em: Em, actor: MemberActor, id: string): Promise<InboundMail> {
  const mail = await findReviewedMail(em, actor, id);
  if (mail.status !== 'held') throw new DomainError('mail_already_decided', { decision: mail.decision ?? mail.status });
  return mail;
}

/** What the suggestions of some mails name, each kind of thing read once; orders that the actor does not see stay out. */
export type Suggested = {
  readonly orders: ReadonlyMap<string, WorkOrder>;
  readonly workspaceNames: ReadonlyMap<string, string>;
  readonly assignments: ReadonlyMap<string, Assignment>;
  readonly people: People;
};

export async function loadSuggested(em: Em, actor: MemberActor, mails: readonly InboundMail[]): Promise<Suggested> {
  const { organisationId } = actor;
  const found = mails.flatMap((one) => (one.suggestion ? [one.suggestion] : []));
  const orders = found.length > 0 ? await em.find(WorkOrder, { $and: [visibleTo(actor), { id: { $in: found.map((one) => one.workOrderId) } }] }) : [];
  const assignmentIds = found.flatMap((one) => (one.assignmentId ? [one.assignmentId] : []));
  const assignments = assignmentIds.length > 0 ? await em.find(Assignment, { organisationId, id: { $in: assignmentIds } }) : [];
  const workspaces = orders.length > 0 ? await em.find(Workspace, { organisationId, id: { $in: orders.map((one) => one.workspaceId) } }) : [];
  return {
    orders: new Map(orders.map((one) => [one.id, one])),
    workspaceNames: new Map(workspaces.map((one) => [one.id, one.name])),
    assignments: new Map(assignments.map((one) => [one.id, one])),
    people: await loadPeople(em, organisationId, { userIds: assignments.map((one) => one.memberUserId), firmIds: assignments.map((one) => one.firmId), contactIds: [] }),
  };
}
