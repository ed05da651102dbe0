import type { SystemActor } from '#domain/actors.ts';
import { localDay } from '#domain/format/dates.ts';
import { RUNNING_WORK_ORDER_STATUSES } from '#domain/statuses.ts';
import { localeOfFirm } from '../assignments/mails.ts';
import { recordEvent } from '../events/record.ts';
import { FirmContact } from '../firms/entity.ts';
import { Organisation } from '../organisations/entity.ts';
import type { Em } from '../orm.ts';
import { sqlArray } from '../sql-array.ts';
import { WorkOrder } from '../work-orders/entity.ts';
import type { InboundMail, MailSuggestion } from './entity.ts';
import type { InboundContent } from './inbound-content.ts';
import type { Match, Sender } from './inbound-match.ts';
import { queueMail } from './queue.ts';

export type Held = {
  readonly mail: InboundMail;
  readonly content: InboundContent;
  readonly match: Match;
  readonly sender: Sender;
  /** Code: why a person must look. */
  readonly reason: string;
};

/** Puts a mail before a person, with what speaks for and against the likeliest order; a known sender is told, once a day. */
export async function holdMail(em: Em, actor: SystemActor | null, held: Held, now: Date): Promise<void> {
  const { mail, match, reason } = held;
  mail.status = 'held';
  mail.reason = reason;
  mail.processedAt = now;
  if (!actor || !match.organisationId) return;
  mail.suggestion = await suggest(em, match.organisationId, held);
  await recordEvent(em, actor, { name: 'inbound_mail.held', organisationId: actor.organisationId, subjectId: mail.id, data: { reason } }, now);
  await tellSender(em, match.organisationId, held, now);
}

async function suggest(em: Em, organisationId: string, { match, content, sender }: Held): Promise<MailSuggestion | null> {
  const { proof, isSpam } = content.authenticity;
  const contacts = await em.find(FirmContact, { organisationId, email: content.from.email, archivedAt: null });
  const guess = match.workOrderId
    ? { workOrderId: match.workOrderId, assignmentId: match.assignmentId }
    : await newestOf(em, organisationId, contacts.map((one) => one.firmId));
  if (!guess) return null;
  const order = await em.findOne(WorkOrder, { organisationId, id: guess.workOrderId }, { fields: ['status'] });
  const isRunning = (RUNNING_WORK_ORDER_STATUSES as readonly (string | undefined)[]).includes(order?.status);
  const isKnown = sender.known === 'known_contact' || contacts.length > 0;
  const sign = { reply_address: 'reply_address', references: 'references', subject: 'number_in_subject', nothing: 'open_assignment' }[match.foundBy];
  const signs: [boolean, string, string][] = [
    [true, sign, ''],
    [isKnown, 'known_contact', sender.known === 'same_company' ? 'other_address_of_company' : 'unknown_address'],
    [proof === 'pass', 'proved_sender', proof === 'fail' ? 'proof_failed' : 'no_proof'],
    [!isSpam, '', 'spam'],
    [isRunning, '', 'order_over'],
  ];
  return {
    ...guess,
    fits: signs.flatMap(([isSo, yes]) => (isSo && yes ? [yes] : [])),
    doesNotFit: signs.flatMap(([isSo, , no]) => (!isSo && no ? [no] : [])),
  };
}

/** What was last asked of the sender's firm and still runs; an order that is over is never guessed. */
async function newestOf(em: Em, organisationId: string, firmIds: readonly string[]): Promise<Pick<MailSuggestion, 'workOrderId' | 'assignmentId'> | null> {
  if (firmIds.length === 0) return null;
  const rows = await em.execute<{ work_order_id: string; id: string }[]>(
    `select a.work_order_id, a.id from assignments a join work_orders o on o.organisation_id = a.organisation_id and o.id = a.work_order_id
      where a.organisation_id = ? and a.firm_id = any(?::uuid[]) and a.status in ('offered', 'accepted', 'done') and o.status = any(?::text[])
      order by a.offered_at desc, a.id desc limit 1`,
    [organisationId, sqlArray(firmIds), sqlArray(RUNNING_WORK_ORDER_STATUSES)],
  );
  const newest = rows[0];
  return newest ? { workOrderId: newest.work_order_id, assignmentId: newest.id } : null;
}

/** Only people of the directory, only where nothing matched, never where From may be forged. Strangers learn nothing. */
async function tellSender(em: Em, organisationId: string, { mail, content, match }: Held, now: Date): Promise<void> {
  const { proof, isSpam } = content.authenticity;
  if (match.foundBy !== 'nothing' || proof === 'fail' || isSpam) return;
  const contact = await em.findOne(FirmContact, { organisationId, email: content.from.email, archivedAt: null });
  if (!contact) return;
  const { timeZone } = await em.findOneOrFail(Organisation, { id: organisationId });
  await queueMail(em, {
    template: 'could-not-match', organisationId, party: null, cause: 'inbound_mail.held',
    to: { email: contact.email, name: contact.name, contactId: contact.id, locale: await localeOfFirm(em, organisationId, contact.firmId) },
    onceKey: `could-not-match:${contact.email}:${localDay(now, timeZone)}`, parameters: { inboundMailId: mail.id },
  }, now);
}
