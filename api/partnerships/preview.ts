import { getFirm } from '#db/firms/queries.ts';
import { baseWords } from '#db/mails/data/words.ts';
import { loadOrganisation } from '#db/organisations/rules.ts';
import type { Em } from '#db/orm.ts';
import { hasRunningOrders, namesOf } from '#db/partnerships/invitation-view.ts';
import { assertWorkspaces } from '#db/partnerships/invite.ts';
import { User } from '#db/users/entity.ts';
import type { MemberActor } from '#domain/actors.ts';
import { invitationEnd } from '#domain/invitation/next-step.ts';
import { renderMail } from '#templates/render.ts';
import type { z } from 'zod';
import { iso } from '../schema.ts';
import type { InvitationPreview, InvitationPreviewInput } from './schema.ts';

/** The invitation as it would be mailed; throws `not_found` for a firm or a workspace that is not there. */
export async function previewInvitation(
  em: Em, actor: MemberActor, input: InvitationPreviewInput, { now, publicUrl }: { now: Date; publicUrl: string },
): Promise<z.input<typeof InvitationPreview>> {
  const { organisationId } = actor;
  const organisation = await loadOrganisation(em, organisationId);
  const inviter = await em.findOne(User, { id: actor.userId });
  const firm = input.firmId ? await getFirm(em, actor, input.firmId) : null;
  await assertWorkspaces(em, actor, input.workspaceIds);
  const locale = input.locale ?? firm?.locale ?? organisation.locale;
  const validUntil = invitationEnd(now, organisation);
  const link = `${publicUrl.replace(/\/$/, '')}/i/…`;
  const mail = renderMail('partner-invitation', locale, {
    ...baseWords({ organisation, coordinator: inviter, contactName: input.name, threadSubject: null, whyLink: `${link}/warum` }),
    kind: 'first',
    inviterName: inviter?.name ?? organisation.name,
    message: input.message,
    workspaceNames: (await namesOf(em, organisationId, input.workspaceIds)) || null,
    invitationLink: link,
    validUntil,
    invitedEmail: input.email ?? '…',
    isKnownContractor: firm !== null && (await hasRunningOrders(em, { organisationId, firmId: firm.id })),
  });
  return { ...mail, locale, validUntil: iso(validUntil) };
}
