import { MailThread, type OutboundMail } from '#db/mails/entity.ts';
import { holdReminder } from '#db/mails/held-reminders.ts';
import { countReminders, REMINDER_TEMPLATES } from '#db/mails/sending-flood.ts';
import { readdress } from '#db/mails/recipient.ts';
import { claimMail, isInThread, isMailPaused, markMailRefused, markMailSkipped } from '#db/mails/sending.ts';
import { Organisation } from '#db/organisations/entity.ts';
import type { Em } from '#db/orm.ts';
import type { SystemActor } from '#domain/actors.ts';
import { decideFlood } from '#domain/escalation/flood.ts';
import type { MailName } from '#domain/words/mail-names.ts';
import { renderMail, type RenderedMail } from '#templates/render.ts';
import type { Position } from '#workflows/contract.ts';
import type { ActivityDeps } from '../deps.ts';
import { ended, waiting } from '../position.ts';
import type { Letter } from '../postmark.ts';
import type { MailContext } from './context.ts';
import { givesUp } from './delivery-times.ts';
import { messageIdOf, toLetter } from './letter.ts';
import { MAIL_LOADERS } from './loaders.ts';
import { isDefect, NotRendered } from './not-rendered.ts';

/** Either the letter, claimed and ready to be handed over, or where the mail's process stands instead. */
export type Prepared = { readonly letter: Letter } | { readonly position: Position };

/**
 * Checks whether a queued mail may leave and still says what holds, addresses and renders it, and claims it. Everything that the
 * provider will see is written in this transaction, links with their tokens blanked: they exist in clear only in the letter.
 */
export async function prepareMail(deps: ActivityDeps, em: Em, actor: SystemActor | null, mail: OutboundMail, now: Date): Promise<Prepared> {
  const organisation = mail.organisationId ? await em.findOneOrFail(Organisation, { id: mail.organisationId }, { refresh: true }) : null;
  const held = await holdBack(em, actor, mail, organisation, now);
  if (held) return { position: held };
  if (mail.attempts > 0 && givesUp(mail.template, mail.createdAt, now)) return { position: await giveUp(em, actor, mail, now) };
  await readdress(em, mail);
  const context: MailContext = { em, mail, settings: deps.settings, now, organisation, threadSubject: await threadSubject(em, mail), tokens: [], links: new Map() };
  const rendered = await render(context);
  if ('skip' in rendered) {
    await markMailSkipped(em, actor, mail, rendered.skip, now);
    return { position: ended('skipped', `not sent, as it no longer holds: ${rendered.skip}`) };
  }
  const letter = await toLetter({ em, mail, organisation, settings: deps.settings, now }, rendered);
  const blank = (text: string): string => context.tokens.reduce((kept, token) => kept.replaceAll(token, '…'), text);
  claimMail(mail, { subject: rendered.subject, text: blank(rendered.text), html: blank(rendered.html), messageId: messageIdOf(mail, deps.settings) }, now);
  return { letter };
}

async function holdBack(em: Em, actor: SystemActor | null, mail: OutboundMail, organisation: Organisation | null, now: Date): Promise<Position | null> {
  if (await isMailPaused(em, organisation)) {
    mail.statusReason = 'paused';
    return waiting('paused', 'outgoing mail is paused by an operator', null);
  }
  if (organisation && actor && REMINDER_TEMPLATES.includes(mail.template)) {
    const { decision, limit } = decideFlood(await countReminders(em, organisation, now), now);
    if (decision === 'hold') {
      await holdReminder(em, actor, mail, now);
      const words = `held: more than ${limit} reminders in an hour are unusual here`;
      return waiting('held', words, null, { needsAttention: true });
    }
  }
  return null;
}

async function giveUp(em: Em, actor: SystemActor | null, mail: OutboundMail, now: Date): Promise<Position> {
  await markMailRefused(em, actor, mail, { reason: 'gave_up', isAddressDead: false }, now);
  return ended('refused', 'given up: the provider took it in none of the attempts', { needsAttention: true });
}

async function threadSubject(em: Em, mail: OutboundMail): Promise<string | null> {
  if (!mail.threadId || !mail.organisationId || !isInThread(mail.template)) return null;
  const thread = await em.findOne(MailThread, { organisationId: mail.organisationId, id: mail.threadId });
  return thread?.subject ?? null;
}

/** Throws `NotRendered` where the mail's own words can't be written; what is away for a moment is thrown as it is. */
async function render(context: MailContext): Promise<RenderedMail | { readonly skip: string }> {
  return renderAs(context.mail.template as MailName, context).catch((error: unknown) => {
    throw isDefect(error) ? new NotRendered(error) : error;
  });
}

async function renderAs<Name extends MailName>(name: Name, context: MailContext): Promise<RenderedMail | { readonly skip: string }> {
  const data = await MAIL_LOADERS[name](context);
  return 'skip' in data ? data : renderMail(name, context.mail.locale, data);
}
