import type { MemberActor, OperatorActor, SystemActor } from '#domain/actors.ts';
import { DomainError } from '#domain/errors.ts';
import { RELEASE_MS } from '#domain/escalation/flood.ts';
import { can } from '#domain/permissions.ts';
import type { HeldRemindersDecision } from '#domain/statuses.ts';
import { recordEvent } from '../events/record.ts';
import { wake } from '../events/wake.ts';
import { loadOrganisation } from '../organisations/rules.ts';
import { systemEm, type Em, type Orm } from '../orm.ts';
import { Installation } from '../processes/entity.ts';
import type { OutboundMail } from './entity.ts';

/** Reminders that wait because there were unusually many; `since` is when the oldest of them was due. */
export type HeldReminders = { readonly count: number; readonly since: Date | null };

const HELD = `status = 'queued' and status_reason = 'flood'`;

/** What is held of an organisation. */
export async function countHeldReminders(em: Em, organisationId: string): Promise<HeldReminders> {
  const rows = await em.execute<{ count: number; since: Date | string | null }[]>(
    `select count(*)::int as count, min(created_at) as since from outbound_mails where organisation_id = ? and ${HELD}`, [organisationId]);
  return { count: rows[0]?.count ?? 0, since: rows[0]?.since ? new Date(rows[0].since) : null };
}

/** Holds one reminder; open screens learn of it when the first one is. */
export async function holdReminder(em: Em, actor: SystemActor, mail: OutboundMail, now: Date): Promise<void> {
  if (mail.statusReason === 'flood') return;
  const { count } = await countHeldReminders(em, actor.organisationId);
  mail.statusReason = 'flood';
  if (count === 0) await recordEvent(em, actor, { name: 'reminders.held', organisationId: actor.organisationId }, now);
}

/**
 * A person has looked at the reminders that an organisation holds: all are sent, and more for a while, or none of them.
 * Returns how many it were; asked again, it is none.
 */
export async function decideHeldReminders(em: Em, actor: MemberActor, decision: HeldRemindersDecision, now: Date): Promise<number> {
  if (!can(actor, 'reminders.decide')) throw new DomainError('forbidden', { action: 'reminders.decide' });
  if (decision === 'release') {
    const organisation = await loadOrganisation(em, actor.organisationId);
    organisation.remindersReleasedUntil = new Date(now.getTime() + RELEASE_MS);
    await em.flush();
  }
  return carryOut(em, actor, decision, now);
}

/** The operator decides for everybody; the worker carries it out, as the operator's role reaches no tenant's mails. */
export async function decideAllHeldReminders(em: Em, actor: OperatorActor, decision: HeldRemindersDecision, now: Date): Promise<void> {
  const installation = await em.findOneOrFail(Installation, { id: 1 });
  installation.heldRemindersDecision = decision;
  installation.heldRemindersDecidedByUserId = actor.userId;
  if (decision === 'release') installation.remindersReleasedUntil = new Date(now.getTime() + RELEASE_MS);
  await em.flush();
}

/** Does what an operator has decided, organisation by organisation, and forgets the decision; broken off, it is done again. */
export async function carryOutOperatorsDecision(orm: Orm, now: Date): Promise<number> {
  const { decision, organisationIds } = await systemEm(orm).transactional(async (em) => {
    const installation = await em.findOne(Installation, { id: 1, heldRemindersDecision: { $ne: null } });
    const rows = installation ? await em.execute<{ id: string }[]>(`select distinct organisation_id as id from processes where kind = 'mail' and step = 'held' and ended_at is null and organisation_id is not null`) : [];
    return { decision: installation?.heldRemindersDecision ?? null, organisationIds: rows.map((row) => row.id) };
  });
  if (!decision) return 0;
  let mails = 0;
  for (const organisationId of organisationIds) {
    const actor: SystemActor = { kind: 'system', organisationId, process: 'held-reminders' };
    mails += await systemEm(orm, organisationId).transactional((em) => carryOut(em, actor, decision, now));
  }
  await systemEm(orm).transactional((em) => em.nativeUpdate(Installation, { id: 1, heldRemindersDecision: decision }, { heldRemindersDecision: null }));
  return mails;
}

/** Their processes look again: what may go goes, what was dropped ends. */
async function carryOut(em: Em, actor: MemberActor | SystemActor, decision: HeldRemindersDecision, now: Date): Promise<number> {
  const { organisationId } = actor;
  const change = decision === 'drop' ? `update outbound_mails set status = 'skipped', status_reason = 'dropped'` : `update outbound_mails set status_reason = null`;
  const rows = await em.execute<{ id: string; number: string | null }[]>(
    `with held as (${change} where organisation_id = ? and ${HELD} returning id, work_order_id)
     select held.id, o.number from held left join work_orders o on o.organisation_id = ? and o.id = held.work_order_id`,
    [organisationId, organisationId],
  );
  if (rows.length === 0) return 0;
  for (const { id, number } of rows) wake(em, { kind: 'mail', ids: [id], organisationId, workOrderNumber: number }, now);
  await recordEvent(em, actor, { name: 'reminders.decided', organisationId, data: { decision, count: rows.length } }, now);
  return rows.length;
}
