import type { FilterQuery } from '@mikro-orm/postgresql';
import type { MemberActor } from '#domain/actors.ts';
import { DomainError } from '#domain/errors.ts';
import type { Em } from '../orm.ts';
import { findPage, type Page, type PageAsked, type Sort } from '../page.ts';
import { wordsWithin } from '../search/words.ts';
import { Firm, FirmContact } from './entity.ts';
import { visibleTo } from './visibility.ts';

export type FirmFilter = PageAsked & {
  readonly sort: Sort;
  readonly q?: string | undefined;
  readonly ids?: readonly string[] | undefined;
  readonly trade?: string | undefined;
  readonly standing?: readonly Firm['standing'][] | undefined;
  readonly includeArchived: boolean;
};

export async function findFirms(em: Em, actor: MemberActor, asked: FirmFilter): Promise<Page<Firm>> {
  const { organisationId } = actor;
  const words = wordsWithin(asked.q, ['company']);
  const byContact = asked.q ? await firmsOfContacts(em, organisationId, asked.q) : [];
  const where = {
    $and: [
      visibleTo(actor),
      asked.ids ? { id: { $in: [...asked.ids] } } : {},
      asked.trade ? { trades: { $contains: [asked.trade] } } : {},
      asked.standing ? { standing: { $in: [...asked.standing] } } : {},
      asked.includeArchived || asked.ids ? {} : { archivedAt: null },
      byContact.length > 0 ? { $or: [words, { id: { $in: byContact } }] } : words,
    ],
  } as FilterQuery<Firm>;
  return findPage(em, Firm, where, asked);
}

/** Firms with a contact whose name or address has the words. */
async function firmsOfContacts(em: Em, organisationId: string, q: string): Promise<string[]> {
  const where = { $and: [{ organisationId, archivedAt: null }, wordsWithin(q, ['name', 'email'])] } as FilterQuery<FirmContact>;
  const contacts = await em.find(FirmContact, where, { fields: ['firmId'], limit: 200 });
  return [...new Set(contacts.map((one) => one.firmId))];
}

/** One firm; throws `not_found`. */
export async function getFirm(em: Em, actor: MemberActor, id: string): Promise<Firm> {
  const found = await em.findOne(Firm, { $and: [visibleTo(actor), { id }] } as FilterQuery<Firm>);
  if (!found) throw new DomainError('not_found', { firmId: id });
  return found;
}

/** The living contacts of firms, each firm's in the order in which they are mailed; one statement. */
export async function contactsOf(em: Em, actor: MemberActor, firmIds: readonly string[]): Promise<Map<string, FirmContact[]>> {
  if (firmIds.length === 0) return new Map();
  const contacts = await em.find(
    FirmContact,
    { organisationId: actor.organisationId, firmId: { $in: [...firmIds] }, archivedAt: null },
    { orderBy: { position: 'asc', createdAt: 'asc', id: 'asc' } },
  );
  return Map.groupBy(contacts, (one) => one.firmId);
}

export type FirmStatistics = {
  readonly asked: number;
  readonly accepted: number;
  /** From delivery to answer, by the clock; null while nothing was answered. */
  readonly medianAnswerHours: number | null;
};

/** How firms have answered in the last two years, in one statement for a whole page. */
export async function statisticsOf(em: Em, actor: MemberActor, firmIds: readonly string[], now: Date): Promise<Map<string, FirmStatistics>> {
  if (firmIds.length === 0) return new Map();
  const since = new Date(now.getTime() - 730 * 86_400_000);
  const rows = await em.execute<(FirmStatistics & { firmId: string })[]>(
    `select firm_id as "firmId", count(*)::int as asked, count(accepted_at)::int as accepted,
       round((percentile_cont(0.5) within group (order by extract(epoch from (coalesce(accepted_at, ended_at) - coalesce(delivered_at, sent_at, offered_at))))
         filter (where accepted_at is not null or status = 'declined') / 3600)::numeric, 1)::float as "medianAnswerHours"
     from assignments
     where organisation_id = ? and offered_at >= ? and needs_acceptance and firm_id in (${firmIds.map(() => '?').join(', ')})
     group by firm_id`,
    [actor.organisationId, since, ...firmIds],
  );
  return new Map(rows.map(({ firmId, ...rest }) => [firmId, rest]));
}

/** Trades that firms of the organisation have, for choosing. */
export async function findTrades(em: Em, actor: MemberActor): Promise<string[]> {
  const rows = await em.execute<{ trade: string }[]>(
    `select distinct jsonb_array_elements_text(trades) as trade from firms where organisation_id = ? and archived_at is null order by 1 limit 200`,
    [actor.organisationId],
  );
  return rows.map((row) => row.trade);
}
