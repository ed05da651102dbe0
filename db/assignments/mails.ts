import type { MailName } from '#domain/words/mail-names.ts';
import { type Locale } from '#domain/statuses.ts';
import { Firm, FirmContact } from '../firms/entity.ts';
import { type NewMail, queueMail } from '../mails/queue.ts';
import { loadOrganisation } from '../organisations/rules.ts';
import { mailPartner, type MailToPartner } from '../partnerships/order-mails.ts';
import type { Em } from '../orm.ts';
import { Membership, User } from '../users/entity.ts';
import type { WorkOrder } from '../work-orders/entity.ts';
import type { Assignment } from './entity.ts';

type MailToResponsible = {
  readonly template: MailName;
  readonly cause: string;
  readonly onceKey?: string | undefined;
  readonly parameters?: Readonly<Record<string, unknown>> | undefined;
};

/** Writes a mail to the contact who is asked at present, in the firm's thread of this order, or to a partner's people; own people get none. Returns how many it is for. */
export async function mailContractor(em: Em, order: WorkOrder, assignment: Assignment, { exceptUserId, onlyUserId, ...mail }: MailToPartner, now: Date): Promise<number> {
  if (assignment.kind === 'partner') {
    return (await mailPartner(em, order, assignment, { ...mail, exceptUserId, onlyUserId }, now)).readers;
  }
  if (assignment.kind !== 'email' || !assignment.firmId || !assignment.contactId) return 0;
  const contact = await em.findOne(FirmContact, { organisationId: order.organisationId, id: assignment.contactId });
  if (!contact) return 0;
  const locale = await localeOfFirm(em, order.organisationId, assignment.firmId);
  await queueMail(em, {
    ...mail,
    organisationId: order.organisationId,
    workOrder: order,
    assignmentId: assignment.id,
    to: { email: contact.email, name: contact.name, contactId: contact.id, locale },
    party: `firm:${assignment.firmId}`,
  }, now);
  return 1;
}

/** The order was checked and closed: thanks, and where the invoice goes. */
export async function mailClosed(em: Em, order: WorkOrder, assignment: Assignment, now: Date): Promise<void> {
  await mailContractor(em, order, assignment, { template: 'closed', cause: 'work_order.closed', onceKey: `closed:${assignment.id}:${now.getTime()}` }, now);
}

/** Writes a mail to whoever answers for the order, else to the administrators; returns whom it reached. */
export async function mailResponsible(
  em: Em,
  order: WorkOrder,
  assignment: Assignment,
  mail: MailToResponsible,
  now: Date,
  to: 'responsible' | 'admins' = 'responsible',
): Promise<User[]> {
  const people = to === 'responsible' ? await responsibleOf(em, order) : await adminsOf(em, order.organisationId);
  for (const user of people) {
    const note: NewMail = {
      ...mail,
      onceKey: mail.onceKey ? `${mail.onceKey}:${user.id}` : undefined,
      organisationId: order.organisationId,
      workOrder: order,
      assignmentId: assignment.id,
      to: { email: user.email, name: user.name, userId: user.id, locale: user.locale },
      party: `user:${user.id}`,
    };
    await queueMail(em, note, now);
  }
  return people;
}

/** The responsible of an order; its organisation's administrators where nobody is, or where they have left. */
export async function responsibleOf(em: Em, order: WorkOrder): Promise<User[]> {
  const userId = order.responsibleUserId;
  if (userId) {
    const membership = await em.findOne(Membership, { organisationId: order.organisationId, userId, removedAt: null });
    const user = membership ? await em.findOne(User, { id: userId }) : null;
    if (user) return [user];
  }
  return adminsOf(em, order.organisationId);
}

async function adminsOf(em: Em, organisationId: string): Promise<User[]> {
  const admins = await em.find(Membership, { organisationId, role: 'admin', removedAt: null, joinedAt: { $ne: null } });
  return em.find(User, { id: { $in: admins.map((one) => one.userId) } }, { orderBy: { id: 'asc' } });
}

/** The firm's language, else the organisation's. */
export async function localeOfFirm(em: Em, organisationId: string, firmId: string): Promise<Locale> {
  const firm = await em.findOne(Firm, { organisationId, id: firmId });
  return firm?.locale ?? (await loadOrganisation(em, organisationId)).locale;
}
