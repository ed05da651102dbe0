import type { MemberActor } from '#domain/actors.ts';
import { DomainError } from '#domain/errors.ts';
import type { Em } from '../orm.ts';
import { Heartbeat, Installation } from '../processes/entity.ts';
import { sqlArray } from '../sql-array.ts';
import { Organisation } from './entity.ts';

/** The actor's own organisation. */
export async function getOrganisation(em: Em, actor: { readonly organisationId: string }): Promise<Organisation> {
  const found = await em.findOne(Organisation, { id: actor.organisationId });
  if (!found) throw new DomainError('not_found');
  return found;
}

export type AccountCounts = {
  readonly openTickets: number;
  readonly toReview: number;
  readonly awaitingAnswer: number;
};

const COUNTED = 1000;

/** The menu's numbers of orders and held mails, each counted no further than 1,000, in one statement. */
export async function countAccount(em: Em, actor: MemberActor): Promise<AccountCounts> {
  const own = actor.role === 'technician' ? 'and (o.reporter_user_id = ? or exists (select 1 from assignments a where a.organisation_id = o.organisation_id and a.work_order_id = o.id and a.member_user_id = ?))' : '';
  const shared = actor.workspaceIds ? 'and o.workspace_id = any(?::uuid[])' : '';
  const narrow = [...(own ? [actor.userId, actor.userId] : []), ...(actor.workspaceIds ? [sqlArray(actor.workspaceIds)] : [])];
  const isOffice = actor.role !== 'technician';
  const rows = await em.execute<AccountCounts[]>(
    `select
       (select count(*)::int from (select 1 from work_orders o where o.organisation_id = ? and o.kind = 'ticket' and o.status in ('open','assigned','accepted','in_progress','waiting','done') ${own} ${shared} limit ${COUNTED}) t) as "openTickets",
       (select count(*)::int from (select 1 from work_orders o where o.organisation_id = ? and o.answer_due_at is not null ${own} ${shared} limit ${COUNTED}) t) as "awaitingAnswer",
       (select count(*)::int from (select 1 from inbound_mails m where m.organisation_id = ? and m.status = 'held' and ? limit ${COUNTED}) t) as "toReview"`,
    [actor.organisationId, ...narrow, actor.organisationId, ...narrow, actor.organisationId, isOffice],
  );
  return rows[0] ?? { openTickets: 0, toReview: 0, awaitingAnswer: 0 };
}

/** A sign of life older than this means that reminders and mails wait. */
export const LATE_AFTER_MS = 60_000;

/** Since when the automation is silent; null while it works. `since` is null where it never gave a sign. */
export async function automationState(em: Em, now: Date): Promise<{ isLate: boolean; since: Date | null }> {
  const beats = await em.find(Heartbeat, {}, { orderBy: { at: 'asc' } });
  const oldest = beats[0]?.at ?? null;
  const isLate = !oldest || now.getTime() - oldest.getTime() > LATE_AFTER_MS;
  return { isLate, since: isLate ? oldest : null };
}

/** Whether an operator has stopped all outgoing mail. */
export async function isInstallationMailPaused(em: Em): Promise<boolean> {
  const row = await em.findOne(Installation, { id: 1 });
  return row?.isMailPaused ?? false;
}
