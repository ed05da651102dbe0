import { CURRENCIES, type Currency } from '#domain/format/amounts.ts';
import { Attachment } from '../../attachments/entity.ts';
import type { Organisation } from '../../organisations/entity.ts';
import type { Em } from '../../orm.ts';
import { WorkOrder } from '../../work-orders/entity.ts';
import type { Workspace } from '../../workspaces/entity.ts';
import { siteAddress } from './words.ts';

export type AssignmentFacts = {
  readonly order: WorkOrder;
  readonly workspace: Workspace;
  readonly organisation: Organisation;
  readonly needsAcceptance: boolean;
  readonly message: string | null;
};

/** What the order's mail says of the work; the mail itself and its preview before it goes say the same. */
export async function assignmentWords(em: Em, { order, workspace, organisation, needsAcceptance, message }: AssignmentFacts) {
  return {
    kind: order.kind,
    wants: needsAcceptance ? ('answer' as const) : ('date' as const),
    isEmergency: order.priority === 'urgent',
    onCallPhone: workspace.onCallPhone ?? organisation.onCallPhone ?? organisation.phone ?? null,
    earlierOrderNumber: await earlierNumber(em, order),
    areSeveralAsked: false,
    description: order.description || null,
    message,
    siteAddress: siteAddress(workspace),
    locationText: order.locationText ?? null,
    onSiteContact: order.onSiteName ?? null,
    onSitePhone: order.onSitePhone ?? null,
    accessNote: order.accessNote ?? null,
    dueDate: order.dueOn ?? null,
    costLimit: order.costLimitCents == null ? null : { cents: order.costLimitCents, currency: currencyOf(organisation.currency) },
    billingRecipient: workspace.billingRecipient ?? null,
    invoiceEmail: workspace.invoiceEmail ?? null,
  };
}

/** Files that whoever is asked sees, so none of another firm; `chosen`: those that are about to be. */
export async function countSharedFiles(em: Em, order: WorkOrder, chosen?: readonly string[]): Promise<number> {
  const which = chosen ? { id: { $in: [...chosen] } } : { visibility: 'shared' as const, assignmentId: null };
  return em.count(Attachment, { organisationId: order.organisationId, workOrderId: order.id, isHidden: false, removedAt: null, ...which });
}

async function earlierNumber(em: Em, order: WorkOrder): Promise<string | null> {
  if (!order.isWarranty || !order.earlierOrderId) return null;
  const earlier = await em.findOne(WorkOrder, { organisationId: order.organisationId, id: order.earlierOrderId });
  return earlier?.number ?? null;
}

function currencyOf(code: string): Currency {
  return CURRENCIES.find((one) => one === code) ?? 'EUR';
}
