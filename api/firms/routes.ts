import { changeFirm, createFirm } from '#db/firms/commands.ts';
import type { Firm } from '#db/firms/entity.ts';
import { contactsOf, findFirms, findTrades, getFirm, statisticsOf } from '#db/firms/queries.ts';
import type { Em } from '#db/orm.ts';
import type { MemberActor } from '#domain/actors.ts';
import { route, type Route } from '../route.ts';
import { IdParams } from '../schema.ts';
import { presentFirm, type FirmSurroundings } from './present.ts';
import { FirmChange, FirmInput, FirmPage, FirmQuery, FirmRecord, Trades } from './schema.ts';

const LIST = '/accounts/:accountId/firms';
const ONE = '/accounts/:accountId/firms/:id';

async function surroundings(em: Em, actor: MemberActor, firms: readonly Firm[], now: Date): Promise<FirmSurroundings> {
  const ids = firms.map((one) => one.id);
  return { contacts: await contactsOf(em, actor, ids), statistics: await statisticsOf(em, actor, ids, now) };
}

async function presentOne(em: Em, actor: MemberActor, firm: Firm, now: Date): Promise<FirmRecord> {
  return presentFirm(firm, actor, await surroundings(em, actor, [firm], now));
}

const list = route(
  { method: 'get', path: LIST, access: 'firm.read', summary: 'The directory of firms', query: FirmQuery, response: FirmPage },
  async ({ em, actor, query, now }) => {
    const page = await findFirms(em, actor, { ...query, sort: { by: query.sort, order: query.order } });
    const around = await surroundings(em, actor, page.data, now);
    return { data: page.data.map((one) => presentFirm(one, actor, around)), pageInfo: page.pageInfo };
  },
);

const trades = route(
  { method: 'get', path: '/accounts/:accountId/trades', access: 'firm.read', summary: 'Trades that firms of the directory have', response: Trades },
  async ({ em, actor }) => ({ data: await findTrades(em, actor) }),
);

const show = route(
  { method: 'get', path: ONE, access: 'firm.read', summary: 'One firm', params: IdParams, response: FirmRecord },
  async ({ em, actor, params, now }) => presentOne(em, actor, await getFirm(em, actor, params.id), now),
);

const create = route(
  { method: 'post', path: LIST, access: 'firm.manage', summary: 'Add a firm with its contacts', body: FirmInput, response: FirmRecord, status: 201 },
  async ({ em, actor, body, now }) => presentOne(em, actor, await createFirm(em, actor, body, now), now),
);

const change = route(
  {
    method: 'patch',
    path: ONE,
    access: 'firm.manage',
    summary: 'Change a firm and its contacts, or bring it back from the archive',
    params: IdParams,
    body: FirmChange,
    response: FirmRecord,
  },
  async ({ em, actor, params, body, now }) => presentOne(em, actor, await changeFirm(em, actor, params.id, body, now), now),
);

const archive = route(
  { method: 'delete', path: ONE, access: 'firm.manage', summary: 'Archive a firm; its running orders go on', params: IdParams },
  async ({ em, actor, params, now }) => void (await changeFirm(em, actor, params.id, { isArchived: true }, now)),
);

export const firmRoutes: readonly Route[] = [list, trades, show, create, change, archive];
