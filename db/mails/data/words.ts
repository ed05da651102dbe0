import type { Organisation } from '../../organisations/entity.ts';
import type { User } from '../../users/entity.ts';
import type { WorkOrder } from '../../work-orders/entity.ts';
import type { Workspace } from '../../workspaces/entity.ts';

/** Whom a mail is about and who writes to whom, from rows at hand; links are added by whoever may make them. */
export type MailRows = {
  readonly organisation: Organisation | null;
  readonly workspace?: Workspace | undefined;
  readonly coordinator?: User | null | undefined;
  readonly contactName: string | null;
  readonly threadSubject: string | null;
  /** Of a partner's people. */
  readonly hasAccount?: boolean | undefined;
  /** Where this mail's cause is told; none of an account's own mails has one. */
  readonly whyLink?: string | null | undefined;
};

/** What every mail says of its sender and its reader. */
export function baseWords({ organisation, workspace, coordinator, contactName, threadSubject, hasAccount, whyLink }: MailRows) {
  return {
    contactName,
    clientName: organisation?.name ?? 'Gewerk',
    coordinatorName: coordinator?.name ?? null,
    coordinatorPhone: coordinator?.phone ?? organisation?.phone ?? null,
    legalFooter: organisation?.legalFooter ?? null,
    hasAccount: hasAccount ?? false,
    whyLink: whyLink ?? null,
    privacyLink: organisation?.privacyUrl ?? null,
    logo: null,
    threadSubject,
    // A mail of no organisation says no times of day: nothing is known of where it is read.
    timeZone: workspace?.timeZone ?? organisation?.timeZone ?? 'UTC',
  };
}

/** Number, title and site of an order, as subjects and first lines say them. */
export function orderTitle(order: WorkOrder, workspace: Workspace) {
  return { orderNumber: order.number, title: order.title, siteShort: workspace.shortName };
}

/** `Ahornweg 3, 80331 München` */
export function siteAddress(workspace: Workspace): string | null {
  const city = [workspace.postalCode, workspace.city].filter(Boolean).join(' ');
  return [workspace.street, city].filter(Boolean).join(', ') || null;
}
