import { isToWhomIsAsked } from '#db/assignments/delivery.ts';
import { assignmentWords, countSharedFiles } from '#db/mails/data/assignment.ts';
import { loadSiteRules } from '#db/organisations/rules.ts';
import { answerBy } from '#domain/escalation/answer-by.ts';
import type { AssignmentMail } from '#templates/mails/data.ts';
import { isPartners, orderWords, pageLink, skip, type OrderContext, type Skip } from './context.ts';

const LATE_AFTER_MS = 3_600_000;

/** The order itself: skipped once it was answered, taken back, or goes to another contact. */
export async function loadAssignmentMail(context: OrderContext): Promise<AssignmentMail | Skip> {
  const { em, order, workspace, organisation, assignment, mail } = context;
  if (!assignment) return skip('assignment_gone');
  if (!isToWhomIsAsked(assignment, mail)) return skip('contact_changed');
  if (assignment.status !== (assignment.needsAcceptance ? 'offered' : 'accepted')) return skip(`assignment_${assignment.status}`);
  const orderLink = pageLink(context);
  const facts = { order, workspace, organisation, needsAcceptance: assignment.needsAcceptance, message: assignment.message ?? null };
  return {
    ...orderWords(context),
    ...(await assignmentWords(em, facts)),
    fileCount: await countSharedFiles(em, order),
    answerBy: await statedAnswerBy(context),
    orderLink,
    uploadLink: isPartners(mail) ? orderLink : `${orderLink}/dateien`,
  };
}

/** The stated date; a mail that leaves late (mail was paused, the contact changed) states the one that will be in force. */
async function statedAnswerBy(context: OrderContext): Promise<Date> {
  const { em, order, assignment, now } = context;
  if (!assignment) return now;
  const stated = assignment.answerByOverride ?? assignment.answerBy;
  if (assignment.answerByOverride || !assignment.needsAcceptance) return stated ?? now;
  if (stated && now.getTime() - assignment.offeredAt.getTime() < LATE_AFTER_MS) return stated;
  const { policy, calendar } = await loadSiteRules(em, order.organisationId, order.workspaceId);
  const reckoned = answerBy(assignment.policy ?? policy, order.priority, now, calendar);
  if (stated && stated >= reckoned) return stated;
  assignment.answerBy = reckoned;
  return reckoned;
}
