import { newId } from '#db/columns.ts';
import type { Assignment } from '#db/assignments/entity.ts';
import { recordEvent } from '#db/events/record.ts';
import { OutboundMail } from '#db/mails/entity.ts';
import { Observer } from '#db/observers/entity.ts';
import { systemEm } from '#db/orm.ts';
import { DispatchRule } from '#db/partnerships/entity.ts';
import { mintInvitationLink } from '#db/partnerships/invitation-links.ts';
import type { WorkOrder } from '#db/work-orders/entity.ts';
import { aFile, aPartnerStage, givenTo, kept, saying, type Stage } from '../api/partner-stage.ts';
import { aMembership, anAsset, aSession, aToken, aUser, aWorkOrder, aWorkspace } from '../support/builders.ts';
import { aPartner, aShare, type PartnerCast } from '../support/partners.ts';
import { mark } from './mark.ts';
import { aWorld, type Thing, type World } from './world.ts';

/** Words that stand in every text of what somebody must not read. */
export const CANARIES = { client: 'clientgeheim', rival: 'fremdfirma', partner: 'partnergeheim', foreign: 'fremdkunde' } as const;

/** What one situation offers of each kind of thing. */
export type Ids = Partial<Record<Thing, string>>;

/**
 * A client with a partner, its rival, one that was only invited and one whose partnership has ended; another client
 * beside them. Of each kind of thing one that the partner may reach, and one for every reason why not.
 */
export type PartnerWorld = Stage & {
  readonly foreign: World;
  readonly invited: PartnerCast;
  readonly ended: PartnerCast;
  /** The partner's office reaches these. */
  readonly own: Ids;
  /** The partner's technician reaches these: an order that was given to them. */
  readonly given: Ids;
  /** An order that has been done for the client by the partner whose partnership has ended. */
  readonly record: Ids;
  /** Of the same client, none of the partner's business; by the reason. */
  readonly hidden: Readonly<Record<string, Ids>>;
  readonly rivalAssignment: string;
  readonly observerId: string;
};

/** The cookie of a coordinator of the client who was given one workspace. */
export async function aLimitedCoordinator({ api, client }: Pick<PartnerWorld, 'api' | 'client'>): Promise<string> {
  const user = await aUser(api.orm);
  await aMembership(api.orm, client.organisation.id, user.id, 'coordinator', { workspaceIds: [client.workspace.id] });
  return aSession(api.orm, user.id, api.now());
}

export async function aPartnerWorld(): Promise<PartnerWorld> {
  const stage = await aPartnerStage();
  return peopled(stage).catch(async (error: unknown) => {
    await stage.api.stop();
    throw error;
  });
}

async function peopled(stage: Stage): Promise<PartnerWorld> {
  const { api, client, lift } = stage;
  const foreign = await aWorld(api, CANARIES.foreign);
  const invited = await aPartner(api.orm, client, api.now(), { name: 'Eingeladene', status: 'invited' });
  const ended = await aPartner(api.orm, client, api.now(), { name: 'Ehemalige', status: 'ended', endedAt: api.now() });
  for (const one of [invited, ended]) await aShare(api.orm, one, client.workspace.id);
  await systemEm(api.orm, client.organisation.id).transactional(async (em) => mintInvitationLink(em, lift.partnership, newId(), api.now()));
  await aToken(api.orm, { purpose: 'reset_password', userId: invited.own.admin.user.id, organisationId: client.organisation.id, partnershipId: invited.partnership.id }, api.now());
  const places = await somePlaces(stage);
  const mine = await anOrder(stage, lift, { assetId: places.unseenAsset, reporterName: CANARIES.client });
  const given = await anOrder(stage, lift);
  await kept(stage, lift, given.assignment, { memberUserId: lift.own.technician.user.id, ownReference: CANARIES.partner });
  await kept(stage, lift, mine.assignment, { ownReference: `${CANARIES.partner} Eigennummer-8841` });
  await theirInnerLife(stage, mine, lift);
  const rivals = await ofTheRival(stage, mine.order);
  const watched = await anOrder(stage, stage.painter, { title: 'Beobachtet' }, false);
  const observerId = await anObserver(stage, watched.order, lift);
  const record = await anOrder(stage, ended, {}, true, 'done');
  const ofPlaces = await ordersIn(stage, places);
  const world: PartnerWorld = {
    ...stage, foreign, invited, ended, observerId, rivalAssignment: rivals.assignment.id,
    own: { workspace: client.workspace.id, asset: places.seenAsset, ...mine.ids, partnership: lift.partnership.id, user: client.coordinator.user.id, firm: lift.partnership.firmId },
    given: { workspace: client.workspace.id, ...given.ids },
    record: record.ids,
    hidden: { ...ofPlaces, inner: mine.inner, watched: { ...watched.inner, assignment: watched.assignment.id }, rival: rivals.ids, rivalOnMine: rivals.onMine, ended: record.ids, client: await theDirectory(stage) },
  };
  await mark(api, CANARIES.client, Object.values(world.hidden).filter((one) => one !== world.hidden['watched'] && one !== world.hidden['notServedPlace']));
  await api.database.query('update workspaces set invoice_email = $1 where organisation_id = $2', [`${CANARIES.client}@example.test`, client.organisation.id]);
  return world;
}

/** Workspaces shared in each way that is too little, and an asset in each. */
async function somePlaces({ api, client, lift, painter }: Stage) {
  const o = client.organisation.id;
  const [chosen, unserved, unshared] = [await aWorkspace(api.orm, o), await aWorkspace(api.orm, o), await aWorkspace(api.orm, o)];
  const assetIn = async (workspaceId: string): Promise<string> => (await anAsset(api.orm, o, workspaceId)).id;
  const places = {
    chosen: chosen.id, unserved: unserved.id, unshared: unshared.id, seenAsset: await assetIn(client.workspace.id), chosenAsset: await assetIn(chosen.id),
    unseenAsset: await assetIn(chosen.id), unservedAsset: await assetIn(unserved.id), unsharedAsset: await assetIn(unshared.id),
  };
  await aShare(api.orm, lift, chosen.id, [places.chosenAsset]);
  await aShare(api.orm, lift, unserved.id);
  await aShare(api.orm, painter, unshared.id, [places.unsharedAsset]);
  await api.database.query('update workspace_shares set is_served = false where workspace_id = $1', [unserved.id]);
  return places;
}

type Made = { readonly order: WorkOrder; readonly assignment: Assignment; readonly ids: Ids; readonly inner: Ids };

/** An order with words, files and mails of it: `ids` what its partner reads, `inner` what stays with the client. */
async function anOrder(stage: Stage, partner: PartnerCast, given: Partial<WorkOrder> = {}, isTold = true, status: Assignment['status'] = 'accepted'): Promise<Made> {
  const { api, client } = stage;
  const order = await aWorkOrder(api.orm, client.organisation.id, given.workspaceId ?? client.workspace.id, { status: 'accepted', ...given });
  const assignment = await givenTo(stage, partner, order, { status });
  const of = isTold ? { assignmentId: assignment.id } : {};
  const comment = await saying(stage, order, 'Bitte bis Freitag', of);
  const attachment = await aFile(stage, order, 'plan.txt', of);
  const innerComment = await saying(stage, order, CANARIES.client, { visibility: 'internal' });
  const innerFile = await aFile(stage, order, `${CANARIES.client}.txt`, { visibility: 'internal' });
  const ids = {
    workOrder: order.id, assignment: assignment.id, comment: comment.id, attachment: attachment.id,
    outboundMail: await aMail(stage, order, { assignmentId: assignment.id, partnershipId: partner.partnership.id, toUserId: partner.own.coordinator.user.id }),
  };
  const inner = { comment: innerComment.id, attachment: innerFile.id, outboundMail: await aMail(stage, order, { toUserId: client.coordinator.user.id, subject: CANARIES.client }) };
  return { order, assignment, ids, inner };
}

async function aMail({ api, client }: Pick<Stage, 'api' | 'client'>, order: WorkOrder, given: Partial<OutboundMail>): Promise<string> {
  const id = newId();
  await systemEm(api.orm, client.organisation.id).transactional(async (em) => {
    em.create(OutboundMail, { id, organisationId: client.organisation.id, workOrderId: order.id, template: 'assignment', parameters: {}, toEmail: 'x@example.test', locale: 'de-DE', cause: 'assignment.offered', status: 'sent', createdAt: api.now(), ...given });
  });
  return id;
}

/** Words and a file that the partner keeps to itself, and its rule who hands the work out. */
async function theirInnerLife(stage: Stage, { order, assignment }: Made, partner: PartnerCast): Promise<void> {
  const inside = { visibility: 'internal', assignmentId: assignment.id, authorOrganisationId: partner.own.organisation.id } as const;
  await saying(stage, order, CANARIES.partner, { ...inside, authorUserId: partner.own.coordinator.user.id });
  await aFile(stage, order, `${CANARIES.partner}.txt`, inside);
  await aRule(stage, partner, CANARIES.partner);
}

async function aRule({ api }: Stage, { own, partnership }: PartnerCast, word: string): Promise<void> {
  const { organisationId, id } = partnership;
  await systemEm(api.orm, organisationId).transactional(async (em) => {
    em.create(DispatchRule, { id: newId(), organisationId, partnershipId: id, authorOrganisationId: own.organisation.id, workspaceId: null, email: `${word}@example.test`, createdAt: api.now() });
  });
}

/** Something happened on an order, to an assignment of it. */
async function anEvent({ api }: Stage, { order, assignment }: Made): Promise<void> {
  const { organisationId } = order;
  await systemEm(api.orm, organisationId).transactional((em) =>
    recordEvent(em, { kind: 'system', organisationId, process: 'test' }, { name: 'assignment.accepted', organisationId, workOrder: order, assignmentId: assignment.id }, api.now()));
}

/** The rival has an order of its own, was asked for the partner's, too, and spoke there. */
async function ofTheRival(stage: Stage, order: WorkOrder): Promise<Made & { onMine: Ids }> {
  const own = await anOrder(stage, stage.painter);
  await kept(stage, stage.painter, own.assignment, { ownReference: CANARIES.rival });
  const inside = { visibility: 'internal', authorOrganisationId: stage.painter.own.organisation.id, assignmentId: own.assignment.id } as const;
  await saying(stage, own.order, CANARIES.rival, inside);
  await aRule(stage, stage.painter, CANARIES.rival);
  await anObserver(stage, own.order, stage.painter);
  await anEvent(stage, own);
  const assignment = await givenTo(stage, stage.painter, order, { status: 'declined' });
  await kept(stage, stage.painter, assignment, { ownReference: CANARIES.rival });
  const spoken = await saying(stage, order, CANARIES.rival, { assignmentId: assignment.id });
  const file = await aFile(stage, order, `${CANARIES.rival}.txt`, { assignmentId: assignment.id });
  const mail = await aMail(stage, order, { assignmentId: assignment.id, partnershipId: stage.painter.partnership.id, subject: CANARIES.rival });
  return { ...own, assignment, onMine: { assignment: assignment.id, comment: spoken.id, attachment: file.id, outboundMail: mail } };
}

/** A partner keeps an eye on an order. */
async function anObserver({ api, client }: Stage, order: WorkOrder, { partnership }: PartnerCast): Promise<string> {
  const id = newId();
  const organisationId = client.organisation.id;
  await systemEm(api.orm, organisationId).transactional(async (em) => {
    em.create(Observer, { id, organisationId, workOrderId: order.id, partnershipId: partnership.id, createdAt: api.now() });
  });
  return id;
}

/** Orders that the partner doesn't see, by the reason: not added, not shared, not served, refused. */
async function ordersIn(stage: Stage, places: Awaited<ReturnType<typeof somePlaces>>): Promise<Record<string, Ids>> {
  const { lift } = stage;
  const notAdded = await anOrder(stage, stage.painter);
  const unshared = await anOrder(stage, lift, { workspaceId: places.unshared });
  const unserved = await anOrder(stage, lift, { workspaceId: places.unserved });
  const refused = await anOrder(stage, lift, {}, true, 'declined');
  return {
    notAdded: notAdded.ids,
    unshared: { ...unshared.ids, workspace: places.unshared, asset: places.unsharedAsset },
    unserved: { ...unserved.ids, asset: places.unservedAsset },
    notServedPlace: { workspace: places.unserved },
    notChosen: { asset: places.unseenAsset },
    refused: refused.ids,
  };
}

async function theDirectory({ api, client, painter }: Stage): Promise<Ids> {
  const [firm] = await api.database.query<{ id: string }>('select id from firms where organisation_id = $1 and id = $2', [client.organisation.id, painter.partnership.firmId]);
  return { ...(firm ? { firm: firm.id } : {}), user: client.technician.user.id, membership: client.technician.membership.id, partnership: painter.partnership.id };
}
