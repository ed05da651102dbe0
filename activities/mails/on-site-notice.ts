import type { OnSiteNoticeMail } from '#templates/mails/data.ts';
import { firmOf, orderWords, siteAddress, skip, type OrderContext, type Skip } from './context.ts';

/** Tells the contact on site who comes and when. */
export async function loadOnSiteNoticeMail(context: OrderContext): Promise<OnSiteNoticeMail | Skip> {
  const { assignment, order, workspace, now } = context;
  if (assignment?.status !== 'accepted') return skip(assignment ? `assignment_${assignment.status}` : 'assignment_gone');
  if (!assignment.promisedFrom || assignment.promisedFrom < now) return skip('date_passed');
  const firm = await firmOf(context);
  return {
    ...orderWords(context),
    siteAddress: siteAddress(workspace),
    promisedFrom: assignment.promisedFrom,
    promisedTo: assignment.promisedUntil ?? null,
    firmName: firm?.company ?? '',
    firmPhone: firm?.phone ?? null,
    locationText: order.locationText ?? null,
    accessNote: order.accessNote ?? null,
  };
}
