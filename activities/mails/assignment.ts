import { Attachment } from '#db/attachments/entity.ts';
import { loadSiteRules } from '#db/organisations/rules.ts';
import { WorkOrder } from '#db/work-orders/entity.ts';
import { answerBy } from '#domain/escalation/answer-by.ts';
import { CURRENCIES, type Currency } from '#domain/format/amounts.ts';
import type { AssignmentMail } from '#templates/mails/data.ts';
import { orderWords, pageLink, siteAddress, skip, type OrderContext, type Skip } from './context.ts';

const LATE_AFTER_MS = 3_600_000;

/** The order itself: skipped once it was answered, taken back, or goes to another contact. */
export async function loadAssignmentMail(context: OrderContext): Promise<AssignmentMail | Skip> {
  const { order, workspace, organisation, assignment, mail } = context;
  if (!assignment) return skip('assignment_gone');
  if (assignment.contactId !== mail.toContactId) return skip('contact_changed');
  if (assignment.status !== (assignment.needsAcceptance ? 'offered' : 'accepted')) return skip(`assignment_${assignment.status}`);
  const orderLink = pageLink(context);
  return {
    ...orderWords(context),
    kind: order.kind,
    wants: assignment.needsAcceptance ? 'answer' : 'date',
    isEmergency: order.priority === 'urgent',
    onCallPhone: workspace.onCallPhone ?? organisation.onCallPhone ?? organisation.phone ?? null,
    earlierOrderNumber: await earlierNumber(context),
    areSeveralAsked: false,
    description: order.description || null,
    message: assignment.message ?? null,
    siteAddress: siteAddress(workspace),
    locationText: order.locationText ?? null,
    onSiteContact: order.onSiteName ?? null,
    onSitePhone: order.onSitePhone ?? null,
    accessNote: order.accessNote ?? null,
    dueDate: order.dueOn ?? null,
    costLimit: order.costLimitCents == null ? null : { cents: order.costLimitCents, currency: currencyOf(organisation.currency) },
    fileCount: await countFiles(context),
    answerBy: await statedAnswerBy(context),
    orderLink,
    uploadLink: `${orderLink}/dateien`,
    billingRecipient: workspace.billingRecipient ?? null,
    invoiceEmail: workspace.invoiceEmail ?? null,
  };
}

async function earlierNumber(context: OrderContext): Promise<string | null> {
  const { em, order } = context;
  if (!order.isWarranty || !order.earlierOrderId) return null;
  const earlier = await em.findOne(WorkOrder, { organisationId: order.organisationId, id: order.earlierOrderId });
  return earlier?.number ?? null;
}

async function countFiles(context: OrderContext): Promise<number> {
  const { em, order } = context;
  return em.count(Attachment, { organisationId: order.organisationId, workOrderId: order.id, visibility: 'shared', isHidden: false, removedAt: null });
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

function currencyOf(code: string): Currency {
  return CURRENCIES.find((one) => one === code) ?? 'EUR';
}
