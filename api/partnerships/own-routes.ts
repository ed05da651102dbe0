import { endAsPartner, findOwnEndingOrders, withdrawEnding } from '#db/partnerships/end.ts';
import { loadOrganisation } from '#db/organisations/rules.ts';
import type { Em } from '#db/orm.ts';
import { findColleagues, findDispatchRules, findOwnPartnership, setDispatchRules, showPeople } from '#db/partnerships/own-settings.ts';
import { passOn } from '#db/partnerships/pass-on.ts';
import { findServed } from '#db/partnerships/shares-queries.ts';
import type { PartnerActor } from '#domain/actors.ts';
import { can } from '#domain/permissions.ts';
import { route, type Route } from '../route.ts';
import { IdParams, iso } from '../schema.ts';
import { loadWorkOrderRecord } from '../work-orders/load.ts';
import { WorkOrderRecord } from '../work-orders/schema.ts';
import { EndingOrders, OwnEndingInput } from './ending-schema.ts';
import { Colleagues, DispatchRulesInput, OwnPartnership, OwnPartnershipInput, PassOnInput } from './own-schema.ts';

const OWN = '/accounts/:accountId/partnership';

const colleagues = route(
  { method: 'get', path: '/accounts/:accountId/colleagues', access: 'own_partnership.read', summary: 'Our own people, to whom work can be given', response: Colleagues },
  async ({ em, actor }) => ({ data: await findColleagues(em, actor) }),
);

const give = route(
  { method: 'put', path: '/accounts/:accountId/assignments/:id/internal', access: 'assignment.pass_on', summary: 'Give the work to one of our own people, and keep our own number', params: IdParams, body: PassOnInput, response: WorkOrderRecord },
  async (context) => {
    const { workOrderId } = await passOn(context.em, context.actor, { ...context.body, assignmentId: context.params.id }, context.now);
    return loadWorkOrderRecord(context.em, context, workOrderId);
  },
);

const show = route(
  { method: 'get', path: OWN, access: 'own_partnership.read', summary: 'How we work with this client', response: OwnPartnership },
  async ({ em, actor }) => present(em, actor),
);

const change = route(
  { method: 'patch', path: OWN, access: 'own_partnership.manage', summary: 'Whether the client sees which of our people is at work', body: OwnPartnershipInput, response: OwnPartnership },
  async ({ em, actor, body, now }) => {
    await showPeople(em, actor, body, now);
    return present(em, actor);
  },
);

const dispatch = route(
  { method: 'put', path: `${OWN}/dispatch-rules`, access: 'own_partnership.manage', summary: 'To whom of us the client\'s orders go', body: DispatchRulesInput, response: OwnPartnership },
  async ({ em, actor, body, now }) => {
    await setDispatchRules(em, actor, body.rules, now);
    return present(em, actor);
  },
);

const ending = route(
  { method: 'get', path: `${OWN}/ending`, access: 'own_partnership.manage', summary: 'Our running orders to decide on before we end the collaboration', response: EndingOrders },
  async ({ em, actor }) => ({ orders: await findOwnEndingOrders(em, actor) }),
);

const end = route(
  { method: 'post', path: `${OWN}/end`, access: 'own_partnership.manage', summary: 'End the collaboration with the client after a last day; running orders are finished or given back', body: OwnEndingInput, response: OwnPartnership },
  async ({ em, actor, body, now }) => {
    await endAsPartner(em, actor, body, now);
    return present(em, actor);
  },
);

const keep = route(
  { method: 'post', path: `${OWN}/keep`, access: 'own_partnership.manage', summary: 'Take our ending back while its last day is not over', response: OwnPartnership },
  async ({ em, actor, now }) => {
    await withdrawEnding(em, actor, actor.partnershipId, now);
    return present(em, actor);
  },
);

async function present(em: Em, actor: PartnerActor): Promise<OwnPartnership> {
  await em.flush();
  const { id, status, endsOn, endedAt, endReason, endedBySide, showsPeople } = await findOwnPartnership(em, actor);
  const rules = await findDispatchRules(em, actor);
  const names = new Map((await findColleagues(em, actor)).map((one) => [one.id, one.name]));
  const manages = can(actor, 'own_partnership.manage');
  return {
    id, status, endsOn: endsOn ?? null, endedAt: iso(endedAt ?? null), endReason: endReason ?? null, endedBySide: endedBySide ?? null, showsPeople,
    clientName: (await loadOrganisation(em, actor.organisationId)).name,
    partnerName: (await loadOrganisation(em, actor.partnerOrganisationId)).name,
    workspaces: [...(await findServed(em, actor))],
    rules: rules.map((one) => ({
      workspaceId: one.workspaceId ?? null, memberUserId: one.memberUserId ?? null, email: one.email ?? null,
      memberName: one.memberUserId ? (names.get(one.memberUserId) ?? null) : null,
    })),
    can: { change: manages, end: manages && endsOn == null, keep: manages && endsOn != null && endedAt == null && endedBySide === 'partner' },
  };
}

export const ownPartnershipRoutes: readonly Route[] = [colleagues, give, show, change, dispatch, ending, end, keep];
