import { sendLinkAgain } from '#db/partnerships/answer-invitation.ts';
import { invitePartner } from '#db/partnerships/invite.ts';
import { findPartnerships } from '#db/partnerships/queries.ts';
import { decideOtherAddress, extendInvitation, resendInvitation, withdrawInvitation } from '#db/partnerships/steer-invitation.ts';
import { loadOrganisation } from '#db/organisations/rules.ts';
import { endOfDay } from '#domain/invitation/next-step.ts';
import { route, type Route } from '../route.ts';
import { IdParams } from '../schema.ts';
import { loadPartnershipDetails } from './load.ts';
import { presentPartnership } from './present.ts';
import { previewInvitation } from './preview.ts';
import {
  ExtendInput, InvitationInput, InvitationPreview, InvitationPreviewInput, OtherAddressInput, PartnershipDetails, PartnershipPage, PartnershipQuery, ResendInput, WithdrawInput,
} from './schema.ts';

const LIST = '/accounts/:accountId/partnerships';
const ONE = '/accounts/:accountId/partnerships/:id';

const list = route(
  { method: 'get', path: LIST, access: 'partner.read', summary: 'Partners and invitations', query: PartnershipQuery, response: PartnershipPage },
  async ({ em, actor, query }) => {
    const page = await findPartnerships(em, actor, query);
    return { data: page.data.map((one) => presentPartnership(one, actor)), pageInfo: page.pageInfo };
  },
);

const show = route(
  { method: 'get', path: ONE, access: 'partner.read', summary: 'One partner or invitation with its history', params: IdParams, response: PartnershipDetails },
  async ({ em, actor, params }) => loadPartnershipDetails(em, actor, params.id),
);

const invite = route(
  {
    method: 'post', path: LIST, access: 'partner.manage', summary: 'Invite a company to work in this account', body: InvitationInput, response: PartnershipDetails, status: 201,
  },
  async ({ em, actor, body, now, deps }) => {
    await deps.limits.consume('invitation', actor.organisationId);
    return loadPartnershipDetails(em, actor, (await invitePartner(em, actor, body, now)).id);
  },
);

const preview = route(
  {
    method: 'post', path: `${LIST}/preview`, access: 'partner.manage', summary: 'The invitation as it would be mailed', body: InvitationPreviewInput, response: InvitationPreview,
  },
  async ({ em, actor, body, now, deps }) => previewInvitation(em, actor, body, { now, publicUrl: deps.settings.PUBLIC_URL }),
);

const extend = route(
  {
    method: 'post', path: `${ONE}/extend`, access: 'partner.manage', summary: 'Move the end of an open invitation', params: IdParams, body: ExtendInput,
    response: PartnershipDetails,
  },
  async ({ em, actor, params, body, now }) => {
    const isDay = body.validUntil.length === 10;
    const validUntil = isDay ? endOfDay(body.validUntil, await loadOrganisation(em, actor.organisationId)) : new Date(body.validUntil);
    await extendInvitation(em, actor, { id: params.id, validUntil }, now);
    return loadPartnershipDetails(em, actor, params.id);
  },
);

const resend = route(
  {
    method: 'post', path: `${ONE}/resend`, access: 'partner.manage', summary: 'Invite once more: new link, clock restarted, old links dead', params: IdParams,
    body: ResendInput, response: PartnershipDetails,
  },
  async ({ em, actor, params, body, now, deps }) => {
    await deps.limits.consume('invitation', actor.organisationId);
    await resendInvitation(em, actor, { ...params, ...body }, now);
    return loadPartnershipDetails(em, actor, params.id);
  },
);

const withdraw = route(
  {
    method: 'post', path: `${ONE}/withdraw`, access: 'partner.manage', summary: 'Take an open invitation back; the invitee is told', params: IdParams,
    body: WithdrawInput, response: PartnershipDetails,
  },
  async ({ em, actor, params, body, now }) => {
    await withdrawInvitation(em, actor, { ...params, ...body }, now);
    return loadPartnershipDetails(em, actor, params.id);
  },
);

const otherAddress = route(
  {
    method: 'post', path: `${ONE}/other-address`, access: 'partner.manage', summary: 'Invite the person whom the invitee has named, or not', params: IdParams,
    body: OtherAddressInput, response: PartnershipDetails,
  },
  async ({ em, actor, params, body, now }) => {
    await decideOtherAddress(em, actor, { ...params, ...body }, now);
    return loadPartnershipDetails(em, actor, params.id);
  },
);

const sendLink = route(
  {
    method: 'post', path: '/me/invitations/:id/send-link', access: 'session', summary: 'Send the link of an invitation for my address to my mailbox once more',
    params: IdParams, status: 202,
  },
  async ({ signedIn, params, deps, now }) => {
    await deps.limits.consume('linkRenewal', `${signedIn.userId}:${params.id}`);
    await sendLinkAgain(deps.orm, { partnershipId: params.id, userId: signedIn.userId }, now);
  },
);

export const partnershipRoutes: readonly Route[] = [list, show, invite, preview, extend, resend, withdraw, otherAddress, sendLink];
