import type { MemberActor } from '#domain/actors.ts';
import { answerBy } from '#domain/escalation/answer-by.ts';
import type { EscalationPolicy } from '#domain/escalation/policy.ts';
import { OPEN_ASSIGNMENT_STATUSES, type Locale } from '#domain/statuses.ts';
import { FirmContact } from '../firms/entity.ts';
import { MailThread } from '../mails/entity.ts';
import { loadSiteRules, type SiteRules } from '../organisations/rules.ts';
import type { Em } from '../orm.ts';
import { isServed } from '../partnerships/people.ts';
import { Installation } from '../processes/entity.ts';
import { User } from '../users/entity.ts';
import type { WorkOrder } from '../work-orders/entity.ts';
import { assertCan, findWorkOrder } from '../work-orders/load.ts';
import { planAssignment, type AssignInput, type PlannedAssignment } from './assign.ts';
import { Assignment } from './entity.ts';

/** Nothing that stops anybody, but worth knowing before the mail goes. */
export const ASSIGN_WARNINGS = ['already_assigned', 'emergency', 'address_known', 'contact_away', 'mail_paused', 'due_before_answer', 'no_due_date', 'no_on_site_contact', 'workspace_not_shared'] as const;
export type AssignWarning = (typeof ASSIGN_WARNINGS)[number];

/** Who would be asked by which mail, before anything is written. */
export type AssignmentPreview = {
  readonly order: WorkOrder;
  readonly rules: SiteRules;
  readonly coordinator: User | null;
  /** null for own people, who get no mail of this kind. */
  readonly to: { readonly name: string; /** null for a partner, whose people are none of ours. */ readonly email: string | null; readonly locale: Locale } | null;
  /** The firm works as a partner; whether the order's workspace is shared with it and served by it. */
  readonly partner: { readonly isShared: boolean } | null;
  readonly member: User | null;
  readonly needsAcceptance: boolean;
  readonly answerBy: Date | null;
  readonly policy: EscalationPolicy;
  readonly threadSubject: string | null;
  readonly warnings: readonly AssignWarning[];
};

/** Plans an assignment as `assignWork` would. Throws what that throws, except `already_assigned`, which is a warning here. */
export async function previewAssignment(em: Em, actor: MemberActor, input: AssignInput, now: Date): Promise<AssignmentPreview> {
  const order = await findWorkOrder(em, actor, input.workOrderId);
  await assertCan(em, actor, 'work_order.assign', order);
  const rules = await loadSiteRules(em, order.organisationId, order.workspaceId);
  const known = input.newFirm ? await em.findOne(FirmContact, { organisationId: order.organisationId, email: input.newFirm.email, archivedAt: null }) : null;
  const planned = input.newFirm && !known ? planNewFirm(rules, order, input, now) : await planAssignment(em, order, known ? { ...input, firmId: known.firmId } : input, now);
  const to = addressee(planned, input, rules);
  return {
    order, rules, to,
    partner: planned.partnership ? { isShared: await isServed(em, planned.partnership, order.workspaceId) } : null,
    coordinator: await em.findOne(User, { id: order.responsibleUserId ?? actor.userId }),
    member: planned.memberUserId ? await em.findOne(User, { id: planned.memberUserId }) : null,
    needsAcceptance: planned.needsAcceptance, answerBy: planned.answerBy, policy: planned.policy,
    threadSubject: planned.firm && !planned.partnership ? await subjectWith(em, order, planned.firm.id) : null,
    warnings: await warningsOf(em, order, planned, { isKnown: known !== null, rules, now }),
  };
}

/** A firm that the directory does not know yet: nothing is added before it is really asked. */
function planNewFirm(rules: SiteRules, order: WorkOrder, input: AssignInput, now: Date): PlannedAssignment {
  return {
    firm: null, contact: null, partnership: null, memberUserId: null, needsAcceptance: true, policy: rules.policy,
    answerBy: input.answerBy ?? answerBy(rules.policy, order.priority, now, rules.calendar),
  };
}

function addressee(planned: PlannedAssignment, { newFirm }: AssignInput, { organisation }: SiteRules): AssignmentPreview['to'] {
  const { firm, contact, partnership } = planned;
  if (firm && partnership) return { name: firm.company, email: null, locale: partnership.locale };
  if (firm && contact) return { name: contact.name, email: contact.email, locale: firm.locale ?? organisation.locale };
  return newFirm ? { name: newFirm.contactName, email: newFirm.email, locale: newFirm.locale ?? organisation.locale } : null;
}

/** The subject never changes within the conversation of an order with a firm. */
async function subjectWith(em: Em, order: WorkOrder, firmId: string): Promise<string | null> {
  const thread = await em.findOne(MailThread, { organisationId: order.organisationId, workOrderId: order.id, party: `firm:${firmId}` });
  return thread?.subject ?? null;
}

async function warningsOf(em: Em, order: WorkOrder, planned: PlannedAssignment, around: { isKnown: boolean; rules: SiteRules; now: Date }): Promise<AssignWarning[]> {
  const open = await em.find(Assignment, { organisationId: order.organisationId, workOrderId: order.id, status: { $in: [...OPEN_ASSIGNMENT_STATUSES] } });
  const isTaken = planned.memberUserId ? open.some((one) => one.memberUserId === planned.memberUserId) : open.some((one) => one.firmId);
  const installation = await em.findOne(Installation, { id: 1 });
  const isAway = planned.contact?.awayUntil && planned.contact.awayUntil > around.now;
  const isLate = order.dueOn && planned.answerBy && order.dueOn < planned.answerBy.toISOString().slice(0, 10);
  const found: [AssignWarning, unknown][] = [
    ['already_assigned', isTaken],
    ['emergency', order.priority === 'urgent'],
    ['address_known', around.isKnown],
    ['contact_away', isAway],
    ['mail_paused', !planned.memberUserId && (installation?.isMailPaused || around.rules.organisation.isMailPaused)],
    ['due_before_answer', isLate],
    ['no_due_date', !order.dueOn],
    ['no_on_site_contact', !planned.memberUserId && !order.onSiteName && !order.onSitePhone],
    ['workspace_not_shared', planned.partnership && !(await isServed(em, planned.partnership, order.workspaceId))],
  ];
  return found.flatMap(([code, isSo]) => (isSo ? [code] : []));
}
