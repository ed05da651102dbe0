import { countPartnerAccount } from '#db/partnerships/counts.ts';
import { findClientAccounts, findInvitationsTo, type ClientAccount } from '#db/partnerships/of-user.ts';
import { emFor, type Em, type Orm } from '#db/orm.ts';
import { findAccounts, findAccountActor } from '#db/users/queries.ts';
import { countRunning } from '#db/work-orders/counts.ts';
import { eachInTurn, findOrdersOfClients, within } from '#db/work-orders/of-clients.ts';
import { countWorkspaces } from '#db/workspaces/queries.ts';
import { localDate } from '#domain/calendar/local-time.ts';
import { DomainError } from '#domain/errors.ts';
import { slowRoute, type Route } from '../route.ts';
import { iso } from '../schema.ts';
import { presentRows } from '../work-orders/present-row.ts';
import { AccountsRecord, ClientOrderPage, ClientOrdersQuery } from './accounts-schema.ts';

const accounts = slowRoute(
  { method: 'get', path: '/me/accounts', access: 'session', summary: 'Where I may work: own organisations, clients whose partner one of them is, open invitations', response: AccountsRecord },
  async ({ signedIn, transact, deps, now }) => {
    const found = await transact(async (em) => ({
      own: await ownAccounts(em, signedIn.userId),
      clients: await findClientAccounts(em, signedIn.userId),
      invitations: await findInvitationsTo(em, signedIn.userId, now),
    }));
    const own = await eachInTurn(found.own, async ({ actor, ...account }) => ({ ...account, openCount: await emFor(deps.orm, actor).transactional((em) => countRunning(em, actor)) }));
    const clients = await eachInTurn(found.clients, async (client) => presentClient(deps.orm, client, now));
    return {
      own, clients,
      invitations: found.invitations.map((one) => ({ ...one, validUntil: iso(one.validUntil) })),
      clientsOpenCount: clients.reduce((sum, one) => sum + one.openCount, 0),
    };
  },
);

async function ownAccounts(em: Em, userId: string) {
  const found = [];
  for (const account of await findAccounts(em, userId)) {
    const actor = await findAccountActor(em, userId, account.id);
    if (actor) found.push({ ...account, actor });
  }
  return found;
}

async function presentClient(orm: Orm, { actor, clientName, timeZone }: ClientAccount, now: Date) {
  const today = localDate(now, { timeZone });
  return within(orm, actor, async (em) => {
    const { open, late } = await countPartnerAccount(em, actor, today);
    return { id: actor.partnershipId, name: clientName, workspaceCount: await countWorkspaces(em, actor), openCount: open, lateCount: late, isEnded: actor.isEnded };
  });
}

const orders = slowRoute(
  { method: 'get', path: '/me/orders', access: 'session', summary: 'The orders of all my clients in one list', query: ClientOrdersQuery, response: ClientOrderPage },
  async ({ signedIn, transact, deps, now, query }) => {
    const { page, perPage, sort, order, clientId, person, from, to, ...filter } = query;
    if (from && to && to < from) throw new DomainError('invalid_input', { field: 'to' });
    const all = await transact(async (em) => findClientAccounts(em, signedIn.userId));
    // What has ended is a record of its own account, shown here only when it is asked for.
    const asked = all.filter(({ actor }) => (clientId ? actor.partnershipId === clientId : !actor.isEnded));
    const merged = await findOrdersOfClients(deps.orm, asked, {
      page, perPage, sort: { by: sort, order }, filter: { ...filter, assigneeUserId: person }, from, until: to,
    }, now);
    const rows = new Map(merged.parts.flatMap(({ account, today, orders: some, around }) => {
      const { actor, clientName } = account;
      return presentRows(some, { actor, today, around }).map((row) => [row.id, { ...row, account: { id: actor.partnershipId, name: clientName } }] as const);
    }));
    return { data: merged.ids.flatMap((id) => rows.get(id) ?? []), pageInfo: merged.pageInfo };
  },
);

export const myAccountRoutes: readonly Route[] = [accounts, orders];
