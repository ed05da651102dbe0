import { Assignment } from '#db/assignments/entity.ts';
import { mintLink } from '#db/assignments/links.ts';
import { Firm } from '#db/firms/entity.ts';
import { baseWords, orderTitle } from '#db/mails/data/words.ts';
import type { OutboundMail } from '#db/mails/entity.ts';
import { Observer } from '#db/observers/entity.ts';
import type { Organisation } from '#db/organisations/entity.ts';
import type { Em } from '#db/orm.ts';
import { isStillTold, mayAnswerFor } from '#db/partnerships/people.ts';
import { User } from '#db/users/entity.ts';
import { WorkOrder } from '#db/work-orders/entity.ts';
import { Workspace } from '#db/workspaces/entity.ts';
import type { Settings } from '#domain/settings.ts';
import type { MailBase, OrderWords } from '#templates/mails/data.ts';
import { mailUrl, orderUrl } from '../position.ts';

export { siteAddress } from '#db/mails/data/words.ts';

/** Their own words say why, and not everybody who gets one has a way into the portal. */
const ACCOUNT_MAILS: readonly string[] = ['reset-password', 'user-invitation'];

/** What every loader may read of the mail it fills; the rows are as they are now, in the sending transaction. */
export type MailContext = {
  readonly em: Em;
  readonly mail: OutboundMail;
  readonly settings: Settings;
  readonly now: Date;
  readonly threadSubject: string | null;
  readonly organisation: Organisation | null;
  /** Tokens that were minted for this mail; blanked in the copy that is kept. */
  readonly tokens: string[];
  /** Links that were made for this mail, so that everything in it leads to the same: address by door. */
  readonly links: Map<'a' | 'o', string>;
};

/** The same with an order behind it. */
export type OrderContext = MailContext & {
  readonly organisation: Organisation;
  readonly order: WorkOrder;
  readonly workspace: Workspace;
  readonly assignment: Assignment | null;
  readonly coordinator: User | null;
};

/** The mail is not sent: what it would say no longer holds. */
export type Skip = { readonly skip: string };
export const skip = (reason: string): Skip => ({ skip: reason });

/** Adds the order's rows; null where the mail has no order. */
export async function withOrder(context: MailContext): Promise<OrderContext | null> {
  const { mail, organisation } = context;
  return organisation && mail.workOrderId ? orderContext(context, organisation, mail.workOrderId) : null;
}

/** The rows around one order. */
export async function orderContext(context: MailContext, organisation: Organisation, workOrderId: string): Promise<OrderContext> {
  const { em, mail } = context;
  const own = { organisationId: organisation.id };
  const order = await em.findOneOrFail(WorkOrder, { ...own, id: workOrderId });
  const workspace = await em.findOneOrFail(Workspace, { ...own, id: order.workspaceId });
  const assignment = mail.assignmentId ? await em.findOneOrFail(Assignment, { ...own, id: mail.assignmentId }) : null;
  const coordinatorId = order.responsibleUserId ?? assignment?.offeredByUserId ?? workspace.defaultResponsibleUserId;
  const coordinator = coordinatorId ? await em.findOne(User, { id: coordinatorId }) : null;
  return { ...context, organisation, order, workspace, assignment, coordinator };
}

/** Whether a mail goes to somebody of a partner (or to their shared mailbox), who work in the portal. */
export function isPartners({ partnershipId, workOrderId, template }: OutboundMail): boolean {
  return Boolean(partnershipId) && (Boolean(workOrderId) || template === 'daily-digest');
}

/** Whether the reader of a mail may say yes or no: of a partner its office and its shared mailbox, of a firm every contact. */
export async function mayAnswer({ em, mail }: MailContext): Promise<boolean> {
  const { organisationId, partnershipId, toUserId } = mail;
  return !organisationId || !partnershipId || !toUserId || mayAnswerFor(em, { organisationId, partnershipId, userId: toUserId });
}

/** The account in which the reader of a mail looks at it; null for whoever has none, or is told of a partnership that may be over. */
function portalAccountOf(mail: OutboundMail): string | null {
  if (mail.template === 'partnership-ending' && mail.parameters['side'] === 'partner') return null;
  if (isPartners(mail)) return mail.partnershipId ?? null;
  return mail.toUserId ? (mail.organisationId ?? null) : null;
}

/** Who writes to whom, and for people of the organisation where it is told why. */
export function baseOf(context: MailContext, around: { workspace?: Workspace; coordinator?: User | null } = {}): MailBase {
  const { organisation, mail, threadSubject, settings } = context;
  const accountId = portalAccountOf(mail);
  const whyLink = accountId && !ACCOUNT_MAILS.includes(mail.template) ? mailUrl(settings, accountId, mail.id) : null;
  return baseWords({ organisation, ...around, contactName: mail.toName ?? null, threadSubject, hasAccount: isPartners(mail), whyLink });
}

/** Number, title and site of the order, as subjects and first lines say them; `page` is the link's where it is no page of the order. */
export function orderWords(context: OrderContext, page?: string): MailBase & OrderWords {
  const base = baseOf(context, context);
  return { ...base, whyLink: base.whyLink ?? `${page ?? pageLink(context)}/warum`, ...orderTitle(context.order, context.workspace) };
}

/** Page of the order for whoever gets this mail: one new secret link, or the portal for people of the organisation. */
export function pageLink(context: OrderContext): string {
  const { mail, order, settings } = context;
  if (isPartners(mail)) return orderUrl(settings, { organisationId: mail.partnershipId ?? '', id: order.id });
  if (mail.toUserId) return orderUrl(settings, order);
  return mail.toContactId ? linkOnce(context, 'a') : linkOnce(context, 'o');
}

/** Whoever is neither asked nor observes (the contact on site) gets a link that opens nothing but the reason of the mail. */
function linkOnce(context: OrderContext, door: 'a' | 'o'): string {
  const known = context.links.get(door);
  if (known) return known;
  const { em, mail, order, now } = context;
  const target = { organisationId: order.organisationId, workOrderId: order.id, mailId: mail.id };
  const token = door === 'a'
    ? mintLink(em, { ...target, purpose: 'assignment', assignmentId: mail.assignmentId ?? null, contactId: mail.toContactId ?? null }, now)
    : mintLink(em, { ...target, purpose: 'observer', observerId: mail.toObserverId ?? null }, now);
  const link = secretUrl(context, door, token);
  context.links.set(door, link);
  return link;
}

/** `<origin>/a/<token>`; notes the token, so that it is blanked in what is kept. */
export function secretUrl(context: MailContext, door: 'a' | 'o' | 'f' | 'i' | 'account', token: string): string {
  context.tokens.push(token);
  return `${context.settings.PUBLIC_URL.replace(/\/$/, '')}/${door}/${token}`;
}

/** The firm that an assignment asks. */
export async function firmOf(context: OrderContext): Promise<Firm | null> {
  const { em, assignment, organisation } = context;
  if (!assignment?.firmId) return null;
  return em.findOne(Firm, { organisationId: organisation.id, id: assignment.firmId });
}

/** Nothing more to see where the work is over for them; that it is, they must hear all the same. */
const SENT_AFTER_THE_END: readonly string[] = ['withdrawal', 'cancellation', 'decline-confirmed'];

/** Whether the partner's person whom a mail goes to may no longer be told: left, no longer shared, or ended. */
export async function partnerHasLeft({ em, mail }: MailContext, workspaceId: string | null): Promise<boolean> {
  const { organisationId, partnershipId, toUserId, template } = mail;
  if (!organisationId || !partnershipId) return false;
  const isEnding = SENT_AFTER_THE_END.includes(template);
  return !(await isStillTold(em, { organisationId, partnershipId, userId: toUserId ?? null }, isEnding ? null : workspaceId));
}

/** Whether the observer whom a mail goes to still wants to know. */
export async function observerHasLeft(context: OrderContext): Promise<boolean> {
  const { em, mail, organisation } = context;
  if (!mail.toObserverId) return false;
  const observer = await em.findOne(Observer, { organisationId: organisation.id, id: mail.toObserverId });
  return !observer || observer.leftAt !== null || observer.isProposed;
}
