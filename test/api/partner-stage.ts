import { newId } from '#db/columns.ts';
import { Attachment } from '#db/attachments/entity.ts';
import { Comment } from '#db/comments/entity.ts';
import { InternalAssignment } from '#db/partnerships/entity.ts';
import { systemEm } from '#db/orm.ts';
import type { Assignment } from '#db/assignments/entity.ts';
import type { WorkOrder } from '#db/work-orders/entity.ts';
import type { Role } from '#domain/statuses.ts';
import { call, startApi, type Answer, type TestApi } from '../support/api.ts';
import { anAssignment, aWorkOrder } from '../support/builders.ts';
import { aCast, type Cast } from '../support/cast.ts';
import { aPartner, aShare, type PartnerCast } from '../support/partners.ts';

/** A client with two partners that must not know of each other: a lift company and a painter. */
export type Stage = {
  readonly api: TestApi;
  readonly client: Cast;
  readonly lift: PartnerCast;
  readonly painter: PartnerCast;
};

/** All of the client's one workspace is shared with both. */
export async function aPartnerStage(): Promise<Stage> {
  const api = await startApi();
  const client = await aCast(api.orm, api.now());
  const lift = await aPartner(api.orm, client, api.now(), { name: 'Treppner Aufzüge' });
  const painter = await aPartner(api.orm, client, api.now(), { name: 'Malerbetrieb Gegenwort' });
  for (const one of [lift, painter]) await aShare(api.orm, one, client.workspace.id);
  return { api, client, lift, painter };
}

/** A request of one of a partner's people in the client's account. */
export function asPartner(stage: Stage, partner: PartnerCast, role: Role = 'coordinator') {
  return async (method: string, path = '', body?: unknown): Promise<Answer> =>
    call(stage.api, method, `/accounts/${partner.partnership.id}${path}`, { cookie: partner.own[role].cookie, ...(body === undefined ? {} : { body }) });
}

export function asClient(stage: Stage, role: Role = 'admin') {
  return async (method: string, path = '', body?: unknown): Promise<Answer> =>
    call(stage.api, method, `/accounts/${stage.client.organisation.id}${path}`, { cookie: stage.client[role].cookie, ...(body === undefined ? {} : { body }) });
}

/** An order of the client that a partner has been asked to do. */
export async function anOrderOf({ api, client }: Stage, partner: PartnerCast | null, given: Partial<WorkOrder> = {}, asked: Partial<Assignment> = {}): Promise<{ order: WorkOrder; assignment: Assignment | null }> {
  const o = client.organisation.id;
  const order = await aWorkOrder(api.orm, o, client.workspace.id, given);
  return { order, assignment: partner && (await givenTo({ api }, partner, order, asked)) };
}

export async function givenTo({ api }: Pick<Stage, 'api'>, { partnership }: PartnerCast, order: WorkOrder, asked: Partial<Assignment> = {}): Promise<Assignment> {
  return anAssignment(api.orm, order.organisationId, order.id, { kind: 'partner', firmId: partnership.firmId, partnershipId: partnership.id, status: 'accepted', ...asked });
}

export async function saying({ api, client }: Stage, order: WorkOrder, body: string, given: Partial<Comment> = {}): Promise<Comment> {
  const o = client.organisation.id;
  return systemEm(api.orm, o).transactional(async (em) =>
    em.create(Comment, { id: newId(), organisationId: o, authorOrganisationId: o, authorUserId: client.admin.user.id, workOrderId: order.id, visibility: 'shared', door: 'portal', body, createdAt: api.now(), ...given }));
}

/** A file whose bytes lie in the store. */
export async function aFile({ api, client }: Stage, order: WorkOrder, name: string, given: Partial<Attachment> = {}): Promise<Attachment> {
  const o = client.organisation.id;
  const fileKey = `test/${newId()}`;
  await api.deps.files.put(fileKey, 'x');
  return systemEm(api.orm, o).transactional(async (em) =>
    em.create(Attachment, { id: newId(), organisationId: o, authorOrganisationId: o, workOrderId: order.id, visibility: 'shared', door: 'portal', fileKey, name, contentType: 'text/plain', size: 1, sha256: 'x', createdAt: api.now(), ...given }));
}

/** What a partner keeps for itself of an assignment. */
export async function kept({ api }: Stage, partner: PartnerCast, assignment: Assignment, given: { memberUserId?: string; ownReference?: string }): Promise<void> {
  const { organisationId, workOrderId } = assignment;
  await systemEm(api.orm, organisationId).transactional(async (em) => {
    em.create(InternalAssignment, {
      id: newId(), organisationId, workOrderId, assignmentId: assignment.id, partnershipId: partner.partnership.id,
      authorOrganisationId: partner.own.organisation.id, updatedAt: api.now(), ...given,
    });
  });
}
