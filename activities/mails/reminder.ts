import { isToWhomIsAsked } from '#db/assignments/delivery.ts';
import { loadSituation } from '#db/assignments/snapshot.ts';
import { nextStep } from '#domain/escalation/next-step.ts';
import { handsOn } from '#domain/escalation/policy.ts';
import type { LastReminderMail, ReminderMail } from '#templates/mails/data.ts';
import { orderWords, pageLink, siteAddress, skip, type OrderContext, type Skip } from './context.ts';

/** Skipped once somebody has answered, or the mail would state a date that has passed. */
export async function loadReminderMail(context: OrderContext): Promise<ReminderMail | Skip> {
  const { assignment, mail, workspace, em, now } = context;
  if (!assignment) return skip('assignment_gone');
  if (assignment.status !== 'offered') return skip(`assignment_${assignment.status}`);
  if (!isToWhomIsAsked(assignment, mail)) return skip('contact_changed');
  const situation = await loadSituation(em, assignment.id);
  if (!situation) return skip('assignment_gone');
  const inForce = nextStep(situation.snapshot, situation.policy, situation.calendar, now).answerBy;
  const answerBy = inForce ?? assignment.answerBy ?? now;
  if (answerBy <= now && !mail.cause.includes(':remind_now:')) return skip('deadline_passed');
  return { ...orderWords(context), siteAddress: siteAddress(workspace), answerBy, orderLink: pageLink(context) };
}

/** The same, saying whether silence gives the work to another firm. */
export async function loadLastReminderMail(context: OrderContext): Promise<LastReminderMail | Skip> {
  const found = await loadReminderMail(context);
  if ('skip' in found) return found;
  const { assignment, em } = context;
  const situation = assignment ? await loadSituation(em, assignment.id) : null;
  const isHandedOn = situation !== null && handsOn(situation.policy, situation.snapshot);
  return { ...found, handsOn: isHandedOn };
}
