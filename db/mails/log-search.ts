import type { MemberActor } from '#domain/actors.ts';
import type { Em } from '../orm.ts';

/** So many mails of each side are found at most, and so many of the newest are looked through word by word. */
const MOST_FOUND = 1_000;
const NEWEST = 5_000;
/** Not to somebody of a partner. */
const IS_OURS = `(m.partnership_id is null or m.template in ('partner-invitation', 'invitation-withdrawn', 'invitation-answered'))`;

/**
 * Ids of the mails that a few words fit: mails of the orders that full text finds, mails of just that address, and the
 * newest mails with all the words in subject, name or address. Bounded, however many mails there are.
 */
export async function findMailIds(em: Em, actor: MemberActor, q: string): Promise<{ readonly out: string[]; readonly in: string[] }> {
  const words = q.toLowerCase().split(/\s+/).filter(Boolean).slice(0, 5);
  const address = words.length === 1 && words[0]?.includes('@') ? words[0] : null;
  const side = async (table: 'outbound_mails' | 'inbound_mails', columns: string, email: string, time: string): Promise<string[]> => {
    const fits = words.map(() => `strpos(t.words, ?) > 0`).join(' and ') || 'false';
    const rows = await em.execute<{ id: string }[]>(
      `(select m.id from ${table} m where m.organisation_id = ? and m.work_order_id in (select work_order_id from search_work_orders(?, 200)) limit ${MOST_FOUND})
       union (select m.id from ${table} m where m.organisation_id = ? and ${email} = ? limit ${MOST_FOUND})
       union (select t.id from (select m.id, lower(concat_ws(' ', ${columns})) as words from ${table} m where m.organisation_id = ? order by m.${time} desc, m.id desc limit ${NEWEST}) t where ${fits} limit ${MOST_FOUND})`,
      [actor.organisationId, q, actor.organisationId, address, actor.organisationId, ...words],
    );
    return rows.map((row) => row.id);
  };
  // Whether a mail went to, or came from, somebody of a partner must not show by finding it under their name.
  return {
    out: await side('outbound_mails', `m.subject, case when ${IS_OURS} then concat_ws(' ', m.to_name, m.to_email) end`, `${IS_OURS} and m.to_email`, 'created_at'),
    in: await side('inbound_mails', `m.subject, case when m.partnership_id is null then concat_ws(' ', m.from_name, m.from_email) end`, 'm.partnership_id is null and m.from_email', 'received_at'),
  };
}
