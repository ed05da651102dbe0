import type { AccountActor, MemberActor, PartnerActor } from '#domain/actors.ts';
import { DomainError } from '#domain/errors.ts';
import { parseStepKey } from '#domain/escalation/plan.ts';
import type { EscalationPolicy, StepDelay } from '#domain/escalation/policy.ts';
import { can } from '#domain/permissions.ts';
import type { Priority } from '#domain/statuses.ts';
import { Assignment } from '../assignments/entity.ts';
import type { Em } from '../orm.ts';
import { WorkOrder } from '../work-orders/entity.ts';
import { findWorkOrder } from '../work-orders/load.ts';
import { OutboundMail } from './entity.ts';
import { findMail } from './log-queries.ts';

export type CausedMail = {
  readonly mail: OutboundMail;
  readonly order: WorkOrder | null;
  /** How long nobody had answered, where a rule of the request sent it. */
  readonly after: StepDelay | null;
};

/** Why a mail was sent: for whoever received it, and for the office as far as its log goes. Throws `not_found`. */
export async function findMailCause(em: Em, actor: AccountActor, id: string): Promise<CausedMail> {
  const mail = actor.kind === 'partner' ? await ofPartner(em, actor, id) : ((await em.findOne(OutboundMail, { organisationId: actor.organisationId, id, toUserId: actor.userId })) ?? (await ofLog(em, actor, id)));
  if (!mail) throw new DomainError('not_found', { mailId: id });
  const order = mail.workOrderId ? await em.findOne(WorkOrder, { organisationId: actor.organisationId, id: mail.workOrderId }) : null;
  return { mail, order, after: order ? await findRule(em, mail, order.priority) : null };
}

/** One's own; of the shared mailbox, the office reads, too. Not for longer than its order is seen, where it has one. */
async function ofPartner(em: Em, actor: PartnerActor, id: string): Promise<OutboundMail | null> {
  const { organisationId, partnershipId, userId, role } = actor;
  const mail = await em.findOne(OutboundMail, { organisationId, partnershipId, id, $or: [{ toUserId: userId }, ...(role === 'technician' ? [] : [{ toUserId: null }])] });
  if (mail?.workOrderId) await findWorkOrder(em, actor, mail.workOrderId);
  return mail;
}

async function ofLog(em: Em, actor: MemberActor, id: string): Promise<OutboundMail | null> {
  if (!can(actor, 'mail_log.read')) return null;
  const { logged } = await findMail(em, actor, id);
  return logged.direction === 'out' ? logged.mail : null;
}

/** The delay of the rule that the request ran under, for what its process sent by itself; null for everything else. */
export async function findRule(em: Em, mail: OutboundMail, priority: Priority): Promise<StepDelay | null> {
  if (!mail.assignmentId || !mail.organisationId || !parseStepKey(mail.cause)) return null;
  const assignment = await em.findOne(Assignment, { organisationId: mail.organisationId, id: mail.assignmentId });
  return assignment ? ruleOf(assignment.policy, priority, mail.cause) : null;
}

function ruleOf(policy: EscalationPolicy | null | undefined, priority: Priority, cause: string): StepDelay | null {
  const step = parseStepKey(cause);
  const same = policy?.perPriority[priority].filter((one) => one.action === step?.action) ?? [];
  const number = step?.action === 'remind' ? Number(step.detail) || 1 : 1;
  return same[number - 1]?.after ?? null;
}
