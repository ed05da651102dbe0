import { InboundMail } from '#db/mails/entity.ts';
import { User } from '#db/users/entity.ts';
import type { AnswerMail } from '#templates/mails/data.ts';
import { baseOf, skip, type MailContext, type Skip } from './context.ts';

/** What a person wrote to a sender whose mail belongs to no order. `parameters`: inboundMailId, body, userId. */
export async function loadAnswerMail(context: MailContext): Promise<AnswerMail | Skip> {
  const { em, mail, organisation } = context;
  const { inboundMailId, body, userId } = mail.parameters;
  const inbound = await em.findOne(InboundMail, { organisationId: organisation?.id ?? null, id: String(inboundMailId) });
  if (!inbound) return skip('inbound_gone');
  const coordinator = await em.findOne(User, { id: String(userId) });
  return { ...baseOf(context, { coordinator }), originalSubject: inbound.subject ?? '', body: String(body) };
}
