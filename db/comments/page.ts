import type { FilterQuery } from '@mikro-orm/postgresql';
import type { AccountActor } from '#domain/actors.ts';
import type { OutboundMailStatus } from '#domain/statuses.ts';
import { Attachment } from '../attachments/entity.ts';
import { asSystem, type Em } from '../orm.ts';
import { pageOf, type Page, type PageAsked, type PageInfo } from '../page.ts';
import { sqlArray } from '../sql-array.ts';
import { rowsOf, type Reading } from '../together.ts';
import { Comment } from './entity.ts';
import { heardBy } from './visibility.ts';

/** Somebody to whom a message went by mail, and what became of that mail. */
export type MailedTo = { readonly name: string; readonly status: OutboundMailStatus };

/** One page of an order's messages with what hangs on them. */
export type CommentPage = {
  /** Newest first. */
  readonly comments: readonly Comment[];
  readonly pageInfo: PageInfo;
  readonly attachments: readonly Attachment[];
  /** By comment id. */
  readonly mailedTo: ReadonlyMap<string, readonly MailedTo[]>;
};

/** Messages that an order's page shows before anybody asks for older ones. */
export const COMMENTS_SHOWN = 50;

/** One page of the messages that the actor may hear, newest first; the order must have been found visible. */
export function commentsOf(em: Em, actor: AccountActor, workOrderId: string, asked: PageAsked): Reading<Page<Comment>> {
  return pageOf(em, Comment, { $and: [{ workOrderId }, heardBy(actor)] } as FilterQuery<Comment>, { ...asked, sort: { by: 'createdAt', order: 'DESC' } });
}

/** The files of such messages, oldest first. */
export function filesOfComments(em: Em, actor: AccountActor, comments: readonly Comment[]): Reading<Attachment[]> {
  const ids = comments.map((one) => one.id);
  const where = { $and: [{ commentId: { $in: ids }, removedAt: null, isHidden: false }, heardBy(actor)] } as FilterQuery<Attachment>;
  return rowsOf(em, Attachment, ids.length > 0 ? where : null, { orderBy: { createdAt: 'asc', id: 'asc' } });
}

/**
 * Who got such messages by mail, which is the client's to know; of a partner that doesn't show its people, the company,
 * with the best that became of its mails.
 */
export async function mailedTo(em: Em, actor: AccountActor, comments: readonly Comment[]): Promise<Map<string, MailedTo[]>> {
  if (actor.kind !== 'member' || comments.length === 0) return new Map();
  const rows = await asSystem(em, () => em.execute<{ comment_id: string; name: string; status: OutboundMailStatus; party: string }[]>(
    `select e.subject_id as comment_id, m.status, coalesce(f.company, m.to_name, m.to_email) as name, coalesce(p.id, m.id) as party from events e
       join digest_items d on d.organisation_id = e.organisation_id and d.event_id = e.id
       join outbound_mails m on m.organisation_id = d.organisation_id and m.id = d.mail_id
       left join partnerships p on p.organisation_id = m.organisation_id and p.id = m.partnership_id and not p.shows_people
       left join firms f on f.organisation_id = p.organisation_id and f.id = p.firm_id
      where e.organisation_id = ? and e.name = 'comment.added' and e.subject_id = any(?::uuid[])
      order by case when p.id is null then 0 else coalesce(array_position(array['delivered', 'sent', 'sending', 'queued'], m.status), 9) end, m.created_at, m.id`,
    [actor.organisationId, sqlArray(comments.map((one) => one.id))],
  ));
  const byComment = new Map<string, MailedTo[]>();
  const seen = new Set<string>();
  for (const { comment_id: id, name, status, party } of rows) {
    if (seen.has(`${id} ${party}`)) continue;
    seen.add(`${id} ${party}`);
    byComment.set(id, [...(byComment.get(id) ?? []), { name, status }]);
  }
  return byComment;
}
