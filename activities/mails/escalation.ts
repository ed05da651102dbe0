import { AssignmentStepRow } from '#db/assignments/entity.ts';
import { loadSituation } from '#db/assignments/snapshot.ts';
import { Firm, FirmContact } from '#db/firms/entity.ts';
import { nextStep } from '#domain/escalation/next-step.ts';
import { parseStepKey, stepKey, type Plan } from '#domain/escalation/plan.ts';
import { wordsOf } from '#domain/words/index.ts';
import { hasNeverLeft, undeliverableWord } from '#domain/words/mail-reasons.ts';
import type { EscalationMail } from '#templates/mails/data.ts';
import { orderUrl } from '../position.ts';
import { firmOf, orderWords, siteAddress, skip, type OrderContext, type Skip } from './context.ts';

/** Tells people inside that a firm is silent, or that a mail did not arrive, or that nobody is left to write to. `parameters`: cause, to, contactId, reason. */
export async function loadEscalationMail(context: OrderContext): Promise<EscalationMail | Skip> {
  const { em, mail, order, workspace, organisation, assignment, settings, now } = context;
  const reason = typeof mail.parameters['reason'] === 'string' ? mail.parameters['reason'] : null;
  if (!assignment) return skip('assignment_gone');
  const cause = causeOf(mail.parameters['cause'], reason);
  const isAnswered = assignment.status !== 'offered';
  if (isAnswered && (cause === 'no_answer' || (cause === 'nobody_reached' && assignment.status !== 'accepted'))) return skip(`assignment_${assignment.status}`);
  const situation = await loadSituation(em, assignment.id);
  const plan = situation ? nextStep(situation.snapshot, situation.policy, situation.calendar, now) : null;
  const [firm, contact, next] = [await firmOf(context), await contactOf(context), await nextFirm(context)];
  return {
    ...orderWords(context),
    siteAddress: siteAddress(workspace),
    cause,
    ...(await toldBefore(context)),
    firmName: firm?.company ?? '',
    firmEmail: contact?.email ?? null,
    firmPhone: contact?.phone ?? firm?.phone ?? null,
    onCallPhone: workspace.onCallPhone ?? organisation.onCallPhone ?? null,
    deliveredAt: assignment.deliveredAt ?? null,
    reminderCount: situation ? remindersOf(situation.snapshot.stepsDone) : 0,
    bounceReason: undeliverableWord(wordsOf(mail.locale), contact?.undeliverableReason ?? reason) || null,
    priority: order.priority,
    dueDate: order.dueOn ?? null,
    recordAnswerLink: isAnswered ? null : orderUrl(settings, order, 'answer'),
    nextFirmName: next?.company ?? null,
    handOnLink: next ? orderUrl(settings, order, 'hand-on') : null,
    extendLink: cause === 'no_answer' ? orderUrl(settings, order, 'extend') : null,
    ...comesThen(plan),
  };
}

function causeOf(named: unknown, reason: string | null): EscalationMail['cause'] {
  if (named === 'nobody_reached') return 'nobody_reached';
  if (named !== 'bounce') return 'no_answer';
  return hasNeverLeft(reason ?? '') ? 'not_sent' : 'bounce';
}

/** A mail to the administrators says whom it was told before. */
async function toldBefore(context: OrderContext): Promise<Pick<EscalationMail, 'responsibleName' | 'toldAt'>> {
  const { em, mail, assignment, coordinator, organisation } = context;
  if (mail.parameters['to'] !== 'admins' || !assignment || !coordinator) return { responsibleName: null, toldAt: null };
  const told = await em.findOne(AssignmentStepRow, { organisationId: organisation.id, key: stepKey(assignment.id, 'tell_responsible'), outcome: 'done' });
  return { responsibleName: told ? coordinator.name : null, toldAt: told?.at ?? null };
}

async function contactOf(context: OrderContext): Promise<FirmContact | null> {
  const { em, mail, assignment, organisation } = context;
  const id = mail.parameters['contactId'] ?? assignment?.contactId;
  return typeof id === 'string' ? em.findOne(FirmContact, { organisationId: organisation.id, id }) : null;
}

async function nextFirm(context: OrderContext): Promise<Firm | null> {
  const { em, assignment, organisation } = context;
  const id = assignment?.nextFirmIds[0];
  return id ? em.findOne(Firm, { organisationId: organisation.id, id }) : null;
}

function remindersOf(steps: readonly { readonly key: string; readonly skip?: unknown }[]): number {
  const isReminder = (key: string): boolean => ['remind', 'last_reminder', 'remind_now'].includes(parseStepKey(key)?.action ?? '');
  return steps.filter((one) => !one.skip && isReminder(one.key)).length;
}

function comesThen(plan: Plan | null): Pick<EscalationMail, 'nextStepAt' | 'nextStep'> {
  return { nextStepAt: plan?.next?.at ?? null, nextStep: plan?.next?.action ?? null };
}
