import { decideOnOrders, endPartnership, findEndingOrders, withdrawEnding } from '#db/partnerships/end.ts';
import { route, type Route } from '../route.ts';
import { IdParams } from '../schema.ts';
import { EndingDecisionsInput, EndingInput, EndingOrders } from './ending-schema.ts';
import { loadPartnershipDetails } from './load.ts';
import { PartnershipDetails } from './schema.ts';

const ONE = '/accounts/:accountId/partnerships/:id';

const ending = route(
  { method: 'get', path: `${ONE}/ending`, access: 'partner.read', summary: 'Running orders to decide on before a partnership ends, and what was decided so far', params: IdParams, response: EndingOrders },
  async ({ em, actor, params }) => ({ orders: await findEndingOrders(em, actor, params.id) }),
);

const end = route(
  {
    method: 'post', path: `${ONE}/end`, access: 'partner.manage', summary: 'End a partnership after a last day; running orders are finished, taken back or handed on',
    params: IdParams, body: EndingInput, response: PartnershipDetails,
  },
  async ({ em, actor, params, body, now }) => {
    await endPartnership(em, actor, { ...body, id: params.id }, now);
    return loadPartnershipDetails(em, actor, params.id);
  },
);

const decide = route(
  {
    method: 'post', path: `${ONE}/ending`, access: 'partner.manage', summary: 'Decide on running orders while a partnership ends, whichever side ends it',
    params: IdParams, body: EndingDecisionsInput, response: PartnershipDetails,
  },
  async ({ em, actor, params, body, now }) => {
    await decideOnOrders(em, actor, { ...body, id: params.id }, now);
    return loadPartnershipDetails(em, actor, params.id);
  },
);

const keep = route(
  { method: 'post', path: `${ONE}/keep`, access: 'partner.manage', summary: 'Take an ending back while its last day is not over', params: IdParams, response: PartnershipDetails },
  async ({ em, actor, params, now }) => {
    await withdrawEnding(em, actor, params.id, now);
    return loadPartnershipDetails(em, actor, params.id);
  },
);

export const endingRoutes: readonly Route[] = [ending, end, decide, keep];
