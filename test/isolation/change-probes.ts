import { emFor } from '#db/orm.ts';
import type { Actor } from '#domain/actors.ts';
import { partnerActor } from '../support/partners.ts';
import type { PartnerWorld } from './partner-world.ts';

/** What is still seen after it was taken away, and words that are found by the wrong side. Everything is put back. */
export async function changeLeaks(world: PartnerWorld): Promise<string[]> {
  const { database } = world.api;
  const eyes = partnerActor(world.lift);
  const sees = async (sql: string, actor: Actor = eyes): Promise<boolean> => (await emFor(world.api.orm, actor).transactional((em) => em.execute<unknown[]>(sql))).length > 0;
  const order = (id: string | undefined): string => `select id from work_orders where id = '${id}'`;
  const leaks: string[] = [];
  const setStatus = (status: string) => database.query('update assignments set status = $1 where id = $2', [status, world.given.assignment]);
  await setStatus('withdrawn');
  if (await sees(order(world.given.workOrder))) leaks.push('an order that was taken back');
  await setStatus('accepted');
  if (!(await sees(order(world.given.workOrder)))) leaks.push('an order is lost for good');
  const watched = await database.query<{ id: string }>('select work_order_id as id from observers where id = $1', [world.observerId]);
  await database.query('update observers set left_at = now() where id = $1', [world.observerId]);
  if (await sees(order(watched[0]?.id))) leaks.push('an order that is no longer observed');
  await database.query('update observers set left_at = null where id = $1', [world.observerId]);
  await speakAgain(world);
  return [...leaks, ...(await foundWords(world, sees)), ...(await shownInside(world, sees))];
}

/** The words are indexed anew, by whatever function stands there now. */
async function speakAgain({ api }: PartnerWorld): Promise<void> {
  await api.database.query(`delete from search_documents d using comments c where c.id = d.source_id`);
  await api.database.query('update comments set body = body');
  await api.database.query(`delete from search_documents d using internal_assignments i where i.id = d.source_id`);
  await api.database.query('update internal_assignments set own_reference = own_reference');
}

/** A partner shows who does the work, and no more than that; then no longer. */
async function shownInside(world: PartnerWorld, sees: (sql: string, actor?: Actor) => Promise<boolean>): Promise<string[]> {
  const { lift, given } = world;
  const of = (column: string): string => `select ${column} from internal_assignments where assignment_id = '${given.assignment}'`;
  const shows = (isShown: boolean) => world.api.database.query('update partnerships set shows_people = $1 where id = $2', [isShown, lift.partnership.id]);
  const reads = (column: string): Promise<boolean> => sees(of(column), clientOf(world)).catch(() => false);
  const leaks: string[] = [];
  await shows(true);
  if (!(await reads('member_user_id'))) leaks.push('a person who is shown stays hidden');
  for (const column of ['own_reference', 'assigned_by_user_id', 'assigned_at', 'updated_at']) if (await reads(column)) leaks.push(`the client reads ${column}`);
  await shows(false);
  if (await reads('member_user_id')) leaks.push('a person is still shown');
  return leaks;
}

function clientOf({ client }: PartnerWorld): Actor {
  return { kind: 'member', organisationId: client.organisation.id, userId: client.admin.user.id, role: 'admin', workspaceIds: null };
}

async function foundWords(world: PartnerWorld, sees: (sql: string, actor?: Actor) => Promise<boolean>): Promise<string[]> {
  const { own, given, hidden } = world;
  const ids = (all: (string | undefined)[]): string => `array[${all.flatMap((id) => (id ? [`'${id}'`] : [])).join(',')}]::uuid[]`;
  const search = (word: string): string => `select work_order_id from search_partner_orders('${word}', ${ids([own.workOrder, given.workOrder])}, ${ids([own.assignment, given.assignment])}, 10)`;
  const leaks: string[] = [];
  for (const word of ['clientgeheim', 'fremdfirma']) if (await sees(search(word))) leaks.push(`the partner finds ${word}`);
  if (!(await sees(search('eigennummer')))) leaks.push('the partner does not find its own number');
  if (!hidden['rival']) throw new Error('The world has no rival');
  for (const word of ['partnergeheim', 'eigennummer']) if (await sees(`select 1 from search_work_orders('${word}', 10)`, clientOf(world))) leaks.push(`the client finds ${word}`);
  return leaks;
}
