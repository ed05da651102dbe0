import type { FilterQuery } from '@mikro-orm/postgresql';
import { sql } from '@mikro-orm/postgresql';
import type { MemberActor } from '#domain/actors.ts';
import { DomainError } from '#domain/errors.ts';
import { can } from '#domain/permissions.ts';
import { INBOUND_MAIL_STATUSES, OUTBOUND_MAIL_STATUSES, type InboundMailStatus, type OutboundMailStatus } from '#domain/statuses.ts';
import type { Em } from '../orm.ts';
import { countCapped, pageInfoOf, type Page, type PageAsked } from '../page.ts';
import { WorkOrder } from '../work-orders/entity.ts';
import { InboundMail, MailEvent, OutboundMail } from './entity.ts';
import { findMailIds } from './log-search.ts';
import { UNCLEAR_FOR_GOOD } from './sending.ts';

export type LoggedMail = { readonly direction: 'out'; readonly mail: OutboundMail } | { readonly direction: 'in'; readonly mail: InboundMail };

export type MailFilter = {
  readonly direction?: 'out' | 'in' | undefined;
  readonly status?: readonly (OutboundMailStatus | InboundMailStatus)[] | undefined;
  readonly workOrderId?: string | undefined;
  readonly needsAttention?: boolean | undefined;
  readonly q?: string | undefined;
  readonly ids?: readonly string[] | undefined;
};

type Asked = PageAsked & { readonly order: 'ASC' | 'DESC'; readonly filter: MailFilter; readonly now: Date };
const TROUBLED_DAYS = 30;
/** What answers a partner's own matters, no client's log holds. */
const NOT_A_PARTNERS_OWN = { isInternal: false };

/** The office's log; who is held to workspaces sees the mails of their orders, and those of none. */
export function mailsVisibleTo(actor: MemberActor): FilterQuery<OutboundMail> & FilterQuery<InboundMail> {
  if (!can(actor, 'mail_log.read')) throw new DomainError('forbidden', { action: 'mail_log.read' });
  const own = { organisationId: actor.organisationId };
  if (!actor.workspaceIds) return own as FilterQuery<OutboundMail> & FilterQuery<InboundMail>;
  const orders = sql`(select id from work_orders where organisation_id = ${actor.organisationId} and workspace_id in (select jsonb_array_elements_text(${JSON.stringify(actor.workspaceIds)}::jsonb)::uuid))`;
  return { ...own, $or: [{ workOrderId: null }, { workOrderId: { $in: orders } }] } as never;
}

/** One page of mails out and in, merged by time; each side is read only as far as the page needs. */
export async function findMails(em: Em, actor: MemberActor, asked: Asked): Promise<Page<LoggedMail>> {
  const { filter, order } = asked;
  const found = filter.q ? await findMailIds(em, actor, filter.q) : null;
  const trouble = filter.needsAttention ? [troubled(actor, asked.now)] : [];
  const out = filter.direction === 'in' ? null : whereOf(actor, filter, OUTBOUND_MAIL_STATUSES, found?.out, trouble);
  const into = filter.direction === 'out' || filter.needsAttention ? null : whereOf(actor, filter, INBOUND_MAIL_STATUSES, found?.in, [NOT_A_PARTNERS_OWN]);
  const far = asked.page * asked.perPage + 1;
  const sort = { id: order } as const;
  const sent = out ? await em.find(OutboundMail, out as FilterQuery<OutboundMail>, { orderBy: [{ createdAt: order }, sort], limit: far, exclude: ['textBody', 'htmlBody'] }) : [];
  const received = into ? await em.find(InboundMail, into as FilterQuery<InboundMail>, { orderBy: [{ receivedAt: order }, sort], limit: far }) : [];
  const merged = [
    ...sent.map((mail): LoggedMail => ({ direction: 'out', mail: mail as OutboundMail })),
    ...received.map((mail): LoggedMail => ({ direction: 'in', mail })),
  ].toSorted((one, other) => (timeOf(one) - timeOf(other) || one.mail.id.localeCompare(other.mail.id)) * (order === 'ASC' ? 1 : -1));
  const first = (asked.page - 1) * asked.perPage;
  const counted = (out ? await countCapped(em, OutboundMail, out as FilterQuery<OutboundMail>) : 0) + (into ? await countCapped(em, InboundMail, into as FilterQuery<InboundMail>) : 0);
  return { data: merged.slice(first, first + asked.perPage), pageInfo: pageInfoOf(asked, counted, merged.length > first + asked.perPage) };
}

/** null where the filter excludes this side altogether. */
function whereOf(actor: MemberActor, filter: MailFilter, statuses: readonly string[], found: readonly string[] | undefined, more: readonly object[] = []): object | null {
  const wanted = filter.status?.filter((one) => statuses.includes(one));
  if (filter.status?.length && wanted?.length === 0) return null;
  const and: object[] = [mailsVisibleTo(actor), ...more];
  if (wanted?.length) and.push({ status: { $in: wanted } });
  if (filter.workOrderId) and.push({ workOrderId: filter.workOrderId });
  if (filter.ids) and.push({ id: { $in: [...filter.ids] } });
  if (found) and.push({ id: { $in: [...found] } });
  return { $and: and };
}

/** How many mails the list shows under *needs attention*, for the menu; none for whoever does not read the log. */
export async function countTroubledMails(em: Em, actor: MemberActor, now: Date): Promise<number> {
  if (!can(actor, 'mail_log.read')) return 0;
  return countCapped(em, OutboundMail, { $and: [mailsVisibleTo(actor), troubled(actor, now)] } as FilterQuery<OutboundMail>);
}

/**
 * Lately refused or bounced, or unclear for good, and not sent again: somebody should look. While the provider is still
 * being asked what became of a mail, nobody need.
 */
function troubled(actor: MemberActor, now: Date): FilterQuery<OutboundMail> {
  const again = sql`(select resend_of_mail_id from outbound_mails where organisation_id = ${actor.organisationId} and resend_of_mail_id is not null)`;
  return {
    status: { $in: ['refused', 'bounced', 'unclear'] }, createdAt: { $gte: new Date(now.getTime() - TROUBLED_DAYS * 86_400_000) }, id: { $nin: again },
    $or: [{ status: { $ne: 'unclear' } }, { statusReason: UNCLEAR_FOR_GOOD }],
  } as never;
}

function timeOf(one: LoggedMail): number {
  return (one.direction === 'out' ? one.mail.createdAt : one.mail.receivedAt).getTime();
}

/** One mail of the log, whichever way it went, with what became of it. Throws `not_found`. */
export async function findMail(em: Em, actor: MemberActor, id: string): Promise<{ logged: LoggedMail; events: MailEvent[]; resentAs: OutboundMail | null }> {
  const where = { $and: [mailsVisibleTo(actor), { id }] };
  const out = await em.findOne(OutboundMail, where as FilterQuery<OutboundMail>);
  if (out) {
    const events = await em.find(MailEvent, { organisationId: actor.organisationId, mailId: id }, { orderBy: { occurredAt: 'asc', id: 'asc' } });
    const resentAs = await em.findOne(OutboundMail, { organisationId: actor.organisationId, workOrderId: out.workOrderId ?? null, resendOfMailId: id }, { orderBy: { createdAt: 'desc' } });
    return { logged: { direction: 'out', mail: out }, events, resentAs };
  }
  const into = await em.findOne(InboundMail, { $and: [...where.$and, NOT_A_PARTNERS_OWN] } as FilterQuery<InboundMail>);
  if (!into) throw new DomainError('not_found', { mailId: id });
  return { logged: { direction: 'in', mail: into }, events: [], resentAs: null };
}

/** Numbers of the orders that some mails belong to; one statement. */
export async function orderNumbersOf(em: Em, actor: MemberActor, mails: readonly LoggedMail[]): Promise<ReadonlyMap<string, string>> {
  const ids = mails.flatMap((one) => (one.mail.workOrderId ? [one.mail.workOrderId] : []));
  if (ids.length === 0) return new Map();
  const orders = await em.find(WorkOrder, { organisationId: actor.organisationId, id: { $in: ids } }, { fields: ['id', 'number'] });
  return new Map(orders.map((one) => [one.id, one.number]));
}
