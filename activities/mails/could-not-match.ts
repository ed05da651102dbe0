import { InboundMail } from '#db/mails/entity.ts';
import type { CouldNotMatchMail } from '#templates/mails/data.ts';
import { baseOf, skip, type MailContext, type Skip } from './context.ts';

/** A known sender's mail found no order; skipped once a person has decided. `parameters`: inboundMailId. */
export async function loadCouldNotMatchMail(context: MailContext): Promise<CouldNotMatchMail | Skip> {
  const { em, mail, organisation } = context;
  const inbound = await em.findOne(InboundMail, { organisationId: organisation?.id ?? null, id: String(mail.parameters['inboundMailId']) });
  if (inbound?.status !== 'held') return skip(inbound ? `inbound_${inbound.status}` : 'inbound_gone');
  return {
    ...baseOf(context),
    originalSubject: inbound.subject ?? '',
    receivedAt: inbound.receivedAt,
    clientPhone: organisation?.phone ?? null,
  };
}
