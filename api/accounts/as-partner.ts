import type { z } from 'zod';
import { getOrganisation } from '#db/organisations/queries.ts';
import type { Em } from '#db/orm.ts';
import { countPartnerAccount } from '#db/partnerships/counts.ts';
import { findOwnPartnership } from '#db/partnerships/own-settings.ts';
import { findOwnMembership } from '#db/users/queries.ts';
import type { PartnerActor } from '#domain/actors.ts';
import { can } from '#domain/permissions.ts';
import { iso } from '../schema.ts';
import { presentOrganisation } from './present.ts';
import type { AccountRecord } from './schema.ts';

type Part = Pick<z.input<typeof AccountRecord>, 'kind' | 'clientName' | 'partnerName' | 'isEnded' | 'endsOn' | 'endedAt' | 'can' | 'organisation' | 'me' | 'counts'>;

/** A client's account as one of the partner's people sees it; how the client runs its own office stays with the client. */
export async function presentAsPartner(em: Em, actor: PartnerActor, today: string): Promise<Part> {
  const client = await getOrganisation(em, actor);
  const partner = await getOrganisation(em, { organisationId: actor.partnerOrganisationId });
  const membership = await findOwnMembership(em, { organisationId: actor.partnerOrganisationId, userId: actor.userId });
  const { endsOn, endedAt } = await findOwnPartnership(em, actor);
  const { open, awaitingAnswer } = await countPartnerAccount(em, actor, today);
  return {
    kind: 'partner', clientName: client.name, partnerName: partner.name, isEnded: actor.isEnded,
    endsOn: endsOn ?? null, endedAt: iso(endedAt ?? null),
    can: {
      answer: can(actor, 'assignment.answer'), passOn: can(actor, 'assignment.pass_on'), comment: can(actor, 'comment.write'),
      readPartnership: can(actor, 'own_partnership.read'), managePartnership: can(actor, 'own_partnership.manage'),
    },
    organisation: { ...presentOrganisation(client), isMailPaused: false, onCallPhone: null },
    me: { userId: actor.userId, role: actor.role, workspaceIds: null, notifyChoice: membership.notifyChoice },
    counts: { openTickets: open, awaitingAnswer, toReview: 0, mailProblems: 0 },
  };
}
