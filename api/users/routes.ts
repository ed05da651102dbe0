import { changeMember, inviteAgain, inviteMember, removeMember } from '#db/users/commands/members.ts';
import { findMembers, getMember } from '#db/users/members.ts';
import { loadOrganisation } from '#db/organisations/rules.ts';
import { route, type Route } from '../route.ts';
import { IdParams } from '../schema.ts';
import { presentMember } from './present.ts';
import { InvitationInput, MemberChange, MemberPage, MemberQuery, MemberRecord } from './schema.ts';

const LIST = '/accounts/:accountId/users';
const ONE = '/accounts/:accountId/users/:id';

const list = route(
  { method: 'get', path: LIST, access: 'user.read', summary: 'Members and invited people', query: MemberQuery, response: MemberPage },
  async ({ em, actor, query }) => {
    const page = await findMembers(em, actor, query);
    return { data: page.data.map((one) => presentMember(one, actor)), pageInfo: page.pageInfo };
  },
);

const show = route(
  { method: 'get', path: ONE, access: 'user.read', summary: 'One member, by membership', params: IdParams, response: MemberRecord },
  async ({ em, actor, params }) => presentMember(await getMember(em, actor, params.id), actor),
);

const invite = route(
  { method: 'post', path: LIST, access: 'user.manage', summary: 'Invite somebody by mail', body: InvitationInput, response: MemberRecord, status: 201 },
  async ({ em, actor, body, now, deps }) => {
    await deps.limits.consume('invitation', actor.organisationId);
    const organisation = await loadOrganisation(em, actor.organisationId);
    const membership = await inviteMember(em, actor, { ...body, locale: body.locale ?? organisation.locale }, now);
    return presentMember(await getMember(em, actor, membership.id), actor);
  },
);

const again = route(
  {
    method: 'post',
    path: '/accounts/:accountId/users/:id/invitation',
    access: 'user.manage',
    summary: 'Mail the invitation once more',
    params: IdParams,
    response: MemberRecord,
  },
  async ({ em, actor, params, now, deps }) => {
    await deps.limits.consume('invitation', actor.organisationId);
    await inviteAgain(em, actor, params.id, now);
    return presentMember(await getMember(em, actor, params.id), actor);
  },
);

const change = route(
  {
    method: 'patch',
    path: ONE,
    access: 'user.manage',
    summary: 'Change the role or the workspaces of a member',
    params: IdParams,
    body: MemberChange,
    response: MemberRecord,
  },
  async ({ em, actor, params, body, now }) => {
    await changeMember(em, actor, params.id, body, now);
    return presentMember(await getMember(em, actor, params.id), actor);
  },
);

const remove = route(
  { method: 'delete', path: ONE, access: 'user.manage', summary: 'Take somebody out of the account', params: IdParams },
  ({ em, actor, params, now }) => removeMember(em, actor, params.id, now),
);

export const userRoutes: readonly Route[] = [list, show, invite, again, change, remove];
