import { Firm } from '#db/firms/entity.ts';
import { Partnership } from '#db/partnerships/entity.ts';
import { User } from '#db/users/entity.ts';
import type { PartnershipEndingMail } from '#templates/mails/data.ts';
import { partnershipUrl } from '../position.ts';
import { baseOf, skip, type MailContext, type Skip } from './context.ts';

/** Tells one side that a partnership ends, goes on after all, or has ended. `parameters`: news, side, endsOn, running, returned, and where a colleague did it byUserId. */
export async function loadPartnershipEndingMail(context: MailContext): Promise<PartnershipEndingMail | Skip> {
  const { em, mail, organisation, settings } = context;
  const partnership = organisation && mail.partnershipId ? await em.findOne(Partnership, { organisationId: organisation.id, id: mail.partnershipId }) : null;
  if (!partnership || !organisation) return skip('invitation_gone');
  const news = mail.parameters['news'] as PartnershipEndingMail['news'];
  const told = typeof mail.parameters['endsOn'] === 'string' ? mail.parameters['endsOn'] : null;
  const isPartner = mail.parameters['side'] === 'partner';
  const holds = news === 'kept' ? !partnership.endsOn : partnership.endsOn === told;
  if (!holds) return skip('nothing_to_tell');
  const firm = await em.findOne(Firm, { organisationId: organisation.id, id: partnership.firmId });
  const byUserId = mail.parameters['byUserId'];
  const colleague = typeof byUserId === 'string' ? await em.findOne(User, { id: byUserId }) : null;
  const base = baseOf(context, { coordinator: await em.findOne(User, { id: partnership.invitedByUserId }) });
  const home = settings.PUBLIC_URL.replace(/\/$/, '');
  return {
    ...base,
    // The client's log is none of the partner's: the mail itself says why it was sent.
    whyLink: isPartner ? null : base.whyLink,
    news,
    isPartner,
    colleagueName: colleague?.name ?? null,
    otherName: isPartner ? organisation.name : (firm?.company ?? partnership.invitedEmail),
    endsOn: told,
    reason: partnership.endReason ?? null,
    runningCount: Number(mail.parameters['running'] ?? 0),
    returnedCount: Number(mail.parameters['returned'] ?? 0),
    partnerLink: isPartner ? `${home}/go/${partnership.id}` : partnershipUrl(settings, partnership),
  };
}
