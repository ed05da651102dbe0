import type { Route } from '#api/route.ts';
import { ROUTES } from '#api/routes.ts';
import { emFor, type Em } from '#db/orm.ts';
import type { Actor } from '#domain/actors.ts';
import { PARTNER_PERMISSIONS } from '#domain/permissions.ts';
import { partnerActor } from '../support/partners.ts';
import { ask, askedOf, nameOf, thingOf } from './asking.ts';
import { leaksOf, reachable } from './leaks.ts';
import type { PartnerWorld } from './partner-world.ts';

const BOTH = { policies: true, filters: true } as const;
const list = (ids: readonly string[]): string => (ids.length > 0 ? ids.map((id) => `'${id}'`).join(',') : 'null');

type Eyes = { readonly actor: Actor; readonly mustNotSee: (columns: readonly string[], table: string) => string };

/** Whom the database is asked as, and which rows none of them may see, said in the plainest words there are. */
function eyesOf(world: PartnerWorld): Eyes[] {
  const o = world.client.organisation.id;
  const p = world.lift.own.organisation.id;
  const member = (cast: PartnerWorld['client']): Actor => ({ kind: 'member', organisationId: cast.organisation.id, userId: cast.admin.user.id, role: 'admin', workspaceIds: null });
  const link: Actor = { kind: 'link', organisationId: o, workOrderId: world.own.workOrder ?? '', linkId: world.lift.partnership.id, assignmentId: world.own.assignment ?? null, observerId: null, contactId: null, otherName: null };
  const invitee: Actor = { kind: 'invitee', organisationId: o, partnershipId: world.invited.partnership.id, linkId: world.invited.partnership.id };
  const keptInside = (columns: readonly string[], side: string): string => (columns.includes('visibility') ? `visibility = 'internal' and author_organisation_id <> '${side}'` : 'false');
  return [
    { actor: partnerActor(world.lift), mustNotSee: (columns, table) => `(${notForPartner(world, columns, table)}) or (${keptInside(columns, p)})` },
    { actor: member(world.client), mustNotSee: (columns, table) => (['internal_assignments', 'dispatch_rules'].includes(table) ? `author_organisation_id <> '${o}'` : keptInside(columns, o)) },
    { actor: member(world.foreign.cast), mustNotSee: () => `organisation_id = '${o}'` },
    { actor: link, mustNotSee: (columns, table) => (table === 'work_orders' ? `id <> '${world.own.workOrder}'` : columns.includes('visibility') ? `visibility = 'internal' or work_order_id <> '${world.own.workOrder}'` : `organisation_id <> '${o}'`) },
    { actor: invitee, mustNotSee: (columns, table) => notForInvitee(world, columns, table) },
  ];
}

function notForPartner(world: PartnerWorld, columns: readonly string[], table: string): string {
  const hidden = (thing: 'workOrder' | 'asset' | 'workspace'): string => list(Object.entries(world.hidden).flatMap(([why, ids]) => (why === 'notServedPlace' ? [] : (ids[thing] ?? []))));
  if (table === 'memberships') return `organisation_id <> '${world.lift.own.organisation.id}'`;
  const own: Record<string, string> = { work_orders: `id in (${hidden('workOrder')})`, workspaces: `id in (${hidden('workspace')})`, assets: `id in (${hidden('asset')})`, partnerships: `id <> '${world.lift.partnership.id}'` };
  const parts = [`organisation_id <> '${world.client.organisation.id}'`, own[table] ?? 'false'];
  // That it takes part in an order a partner may know; the order itself stays hidden where its place is not shared.
  if (columns.includes('work_order_id') && table !== 'participations') parts.push(`work_order_id in (${hidden('workOrder')})`);
  if (columns.includes('partnership_id')) parts.push(`partnership_id <> '${world.lift.partnership.id}'`);
  if (['comments', 'attachments', 'events'].includes(table)) parts.push(`assignment_id = '${world.rivalAssignment}'`);
  return parts.join(' or ');
}

/** Whoever was invited sees the invitation and the names of what it shares. */
function notForInvitee({ client, invited }: PartnerWorld, columns: readonly string[], table: string): string {
  const { id } = invited.partnership;
  if (table === 'partnerships') return `id <> '${id}'`;
  if (table === 'workspaces') return `id <> '${client.workspace.id}'`;
  // As behind every link: who answers for the client.
  if (table === 'memberships') return `organisation_id <> '${client.organisation.id}'`;
  return columns.includes('partnership_id') ? `partnership_id is distinct from '${id}'` : 'true';
}

/** Rows that a query without any filter shows to somebody who must not see them, by role and table. */
export async function rowLeaks(world: PartnerWorld): Promise<string[]> {
  const tables = await world.api.database.query<{ name: string; columns: string[] }>(
    `select c.relname as name, array(select a.attname::text from pg_attribute a where a.attrelid = c.oid and a.attnum > 0) as columns from pg_class c
      where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relrowsecurity and c.relname not in ('processes') order by 1`,
  );
  const leaks: string[] = [];
  for (const { actor, mustNotSee } of eyesOf(world)) {
    for (const { name, columns } of tables) {
      const n = await emFor(world.api.orm, actor).transactional((em) => count(em, `select count(*)::int as n from ${name} where ${mustNotSee(columns, name)}`)).catch(nothingWherePermissionIsDenied);
      if (n > 0) leaks.push(`${actor.kind} sees ${n} of ${name}`);
    }
  }
  return leaks;
}

/** Any other error would count as a table that shows nothing. */
function nothingWherePermissionIsDenied(error: unknown): number {
  if ((error as { code?: string }).code === '42501') return 0;
  throw error;
}

async function count(em: Em, sql: string): Promise<number> {
  const [row] = await em.execute<{ n: number }[]>(sql);
  return row?.n ?? 0;
}

const READS: readonly Route[] = ROUTES.filter((one) => one.spec.method === 'get' && one.spec.access in PARTNER_PERMISSIONS && one.kind !== 'stream');

/** The first answer of the API that shows somebody what is not theirs; null when it shows nothing. A bounded part of the matrix. */
export async function answerLeak(world: PartnerWorld): Promise<string | null> {
  const { api, lift, client, ended } = world;
  for (const role of ['coordinator', 'technician'] as const) {
    for (const route of READS) {
      const thing = thingOf(route);
      const { own, hidden } = reachable(world, BOTH, role, thing);
      for (const id of thing ? [...hidden, ...own] : [null]) {
        const answer = await ask(api, route, lift.own[role].cookie, { ...askedOf(route, world, id), account: lift.partnership.id });
        if (id && hidden.includes(id) && answer.status === 200) return `${role} ${nameOf(route)}: found`;
        const [leak] = leaksOf(world, BOTH, role, answer.text);
        if (leak) return `${role} ${nameOf(route)}: ${leak}`;
      }
    }
  }
  return (await leakOf(world, 'assets after the end', ended.own.admin.cookie, `/accounts/${ended.partnership.id}/assets`, '"id"'))
    ?? (await leakOf(world, 'inner words of a partner', client.admin.cookie, `/accounts/${client.organisation.id}/work-orders/${world.own.workOrder}/comments`, 'partnergeheim'))
    ?? (await leakOf(world, 'orders of another organisation', world.foreign.cast.admin.cookie, `/accounts/${world.foreign.cast.organisation.id}/work-orders?perPage=100`, 'clientgeheim'))
    ?? (await leakOf(world, 'firms of another organisation', world.foreign.cast.admin.cookie, `/accounts/${world.foreign.cast.organisation.id}/firms?perPage=100`, 'Treppner'));
}

async function leakOf(world: PartnerWorld, what: string, cookie: string, path: string, word: string): Promise<string | null> {
  const response = await fetch(`${world.api.url}/api/v1${path}`, { headers: { cookie } });
  return (await response.text()).includes(word) ? what : null;
}
