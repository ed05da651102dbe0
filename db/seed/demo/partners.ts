import type { InviteeActor, PartnerActor, SystemActor } from '#domain/actors.ts';
import { nextInvitationStep } from '#domain/invitation/next-step.ts';
import { OutboundMail } from '../../mails/entity.ts';
import { loadOrganisation } from '../../organisations/rules.ts';
import { emFor, systemEm } from '../../orm.ts';
import { acceptInvitation, type Acceptance } from '../../partnerships/accept-invitation.ts';
import { declineInvitation } from '../../partnerships/answer-invitation.ts';
import type { Partnership } from '../../partnerships/entity.ts';
import { invitationSnapshot, markInvitationDelivered, takeInvitationStep } from '../../partnerships/invitation-process.ts';
import { findInvitationLink, mintInvitationLink } from '../../partnerships/invitation-links.ts';
import { invitePartner, type PartnerInvitation } from '../../partnerships/invite.ts';
import { lockPartnership } from '../../partnerships/load.ts';
import { hashPassword } from '../../users/passwords.ts';
import { DEMO_PASSWORD } from './cast.ts';
import type { PartnerCompany } from './partner-cast.ts';
import { addUsers, type PartnerSide, type Stage, userOf } from './stage.ts';

const DELIVERED_AFTER_MS = 40_000;

export type Invited = { readonly by: string; readonly at: Date } & PartnerInvitation;

/** Invites a company by the portal's command; its mail arrived, and reminders went out when they were due, until `until`. */
export async function invite(stage: Stage, { by, at, ...input }: Invited, until: Date): Promise<Partnership> {
  const actor = userOf(stage, by);
  const partnership = await emFor(stage.orm, actor).transactional((em) => invitePartner(em, actor, input, at));
  await systemEm(stage.orm, stage.organisationId).transactional(async (em) => {
    const mail = await em.findOneOrFail(OutboundMail, { organisationId: stage.organisationId, partnershipId: partnership.id, template: 'partner-invitation' });
    await markInvitationDelivered(em, mail, new Date(at.getTime() + DELIVERED_AFTER_MS));
  });
  await letPartnershipPass(stage, partnership, at, until);
  return partnership;
}

/** What its process would have done by itself: reminders, and what comes after a last day. */
export async function letPartnershipPass(stage: Stage, { id }: Pick<Partnership, 'id'>, since: Date, until: Date): Promise<void> {
  const actor: SystemActor = { kind: 'system', organisationId: stage.organisationId, process: `invitation:${id}` };
  await systemEm(stage.orm, stage.organisationId).transactional(async (em) => {
    const zone = await loadOrganisation(em, stage.organisationId);
    const partnership = await lockPartnership(em, actor, id);
    for (let now = since; ; ) {
      const { next } = nextInvitationStep(await invitationSnapshot(em, partnership, false), zone, now);
      if (!next || next.at > until) return;
      now = next.at;
      await takeInvitationStep(em, partnership, next.action, now);
    }
  });
}

/** A company that is new here says yes: it founds its account, and its other people have their logins. */
export async function acceptAsNew(stage: Stage, partnership: Partnership, company: PartnerCompany, at: Date): Promise<PartnerSide> {
  const passwordHash = await hashPassword(DEMO_PASSWORD);
  const accepted = await accept(stage, partnership, { user: { name: company.admin.name, passwordHash, locale: 'de-DE' }, organisation: { name: company.name } }, at);
  const organisationId = accepted.partnerOrganisationId;
  const users = await systemEm(stage.orm, organisationId).transactional((em) => addUsers(em, organisationId, company.people, at));
  const people = Object.entries(users).map(([key, { userId, role }]) => [key, { ...accepted, userId, role }] as const);
  return join(stage, accepted, Object.fromEntries(people));
}

/** A company that has an account already says yes to another client. */
export async function acceptAgain(stage: Stage, partnership: Partnership, side: PartnerSide, at: Date): Promise<PartnerSide> {
  const accepted = await accept(stage, partnership, { user: { id: side.office.userId }, organisation: { id: side.office.partnerOrganisationId } }, at);
  const people = Object.entries(side.people).map(([key, { userId, role }]) => [key, { ...accepted, userId, role }] as const);
  return join(stage, accepted, Object.fromEntries(people));
}

/** Says no on the page. */
export async function decline(stage: Stage, partnership: Partnership, reason: string, at: Date): Promise<void> {
  const actor = await inviteeOf(stage, partnership, at);
  await emFor(stage.orm, actor).transactional((em) => declineInvitation(em, actor, { reason }, at));
}

async function accept(stage: Stage, partnership: Partnership, input: Acceptance, at: Date): Promise<PartnerActor> {
  const invitee = await inviteeOf(stage, partnership, at);
  const { partnership: accepted, userId } = await emFor(stage.orm, invitee).transactional((em) => acceptInvitation(em, invitee, input, at));
  return {
    kind: 'partner', organisationId: stage.organisationId, partnershipId: accepted.id, partnerOrganisationId: accepted.partnerOrganisationId ?? '',
    userId, role: 'admin', isEnded: false,
  };
}

function join(stage: Stage, admin: PartnerActor, people: PartnerSide['people']): PartnerSide {
  const side: PartnerSide = { partnershipId: admin.partnershipId, office: admin, people };
  stage.partners.push(side);
  return side;
}

/** Whoever opens the link of the invitation's mail, which was made as the mail went out. */
async function inviteeOf(stage: Stage, partnership: Partnership, at: Date): Promise<InviteeActor> {
  const { organisationId, id: partnershipId } = partnership;
  const token = await systemEm(stage.orm, organisationId).transactional(async (em) => {
    const mail = await em.findOneOrFail(OutboundMail, { organisationId, partnershipId, template: 'partner-invitation' }, { orderBy: { createdAt: 'desc' } });
    return mintInvitationLink(em, partnership, mail.id, at);
  });
  const opened = await systemEm(stage.orm).transactional((em) => findInvitationLink(em, token));
  if (!opened) throw new Error('The link of an invitation of the demo opens nothing');
  return opened.actor;
}
