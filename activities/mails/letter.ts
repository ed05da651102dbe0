import { replyKeyFor } from '#db/assignments/links.ts';
import { InboundMail, MailThread, OutboundMail } from '#db/mails/entity.ts';
import { insideOf } from '#db/mails/inside.ts';
import type { Organisation } from '#db/organisations/entity.ts';
import type { Em } from '#db/orm.ts';
import type { MailName } from '#domain/words/mail-names.ts';
import type { Settings } from '#domain/settings.ts';
import type { RenderedMail } from '#templates/render-mail.ts';
import type { Letter } from '../postmark.ts';

/** Written by a person, or answered by an out-of-office note that we want to read. */
const PERSONAL: readonly MailName[] = ['assignment', 'reminder', 'last-reminder', 'withdrawal', 'cancellation', 'acceptance-undone', 'date-changed', 'answer', 'partner-invitation', 'invitation-withdrawn'];
/** Nobody waits for an answer to these: no key behind the plus. */
const WITHOUT_REPLY_KEY: readonly MailName[] = ['daily-digest', 'on-site-notice', 'could-not-match', 'answer', 'reset-password', 'user-invitation'];

/** The same for each attempt: a mailbox that gets the mail twice shows it once. */
export function messageIdOf(mail: OutboundMail, settings: Settings): string {
  return `${mail.id}@${settings.INBOUND_DOMAIN}`;
}

export type Envelope = { readonly em: Em; readonly mail: OutboundMail; readonly organisation: Organisation | null; readonly settings: Settings; readonly now: Date };

/** Addresses and headers around a rendered mail. */
export async function toLetter(envelope: Envelope, rendered: RenderedMail): Promise<Letter> {
  const { mail, organisation, settings } = envelope;
  const sender = organisation?.senderName ?? organisation?.name ?? 'Gewerk';
  return {
    mailId: mail.id,
    organisationId: mail.organisationId ?? null,
    from: mailbox(sender, settings.mailFrom),
    to: mailbox(mail.toName ?? '', mail.toEmail),
    replyTo: await replyToOf(envelope),
    subject: rendered.subject,
    text: rendered.text,
    html: rendered.html,
    tag: mail.template,
    headers: [
      { name: 'Message-ID', value: `<${messageIdOf(mail, settings)}>` },
      // Without it the provider would put an id of its own in place of ours.
      { name: 'X-PM-KeepID', value: 'true' },
      { name: 'X-Loop', value: settings.INBOUND_DOMAIN },
      ...(await threadHeaders(envelope)),
      ...automaticHeaders(mail.template as MailName),
    ],
  };
}

/** `"Huber, Dach" <x@y>`: always quoted, as commas and umlauts in names are common. */
function mailbox(name: string, address: string): string {
  const clean = name.replace(/[\p{Cc}"\\<>]/gu, ' ').replace(/\s+/g, ' ').trim();
  return clean ? `"${clean}" <${address}>` : address;
}

async function replyToOf({ em, mail, organisation, settings, now }: Envelope): Promise<string | null> {
  if (!organisation) return null;
  const inbox = (plus: string): string => mailbox(organisation.senderName ?? organisation.name, `${organisation.mailName}${plus}@${settings.INBOUND_DOMAIN}`);
  if (!mail.workOrderId || WITHOUT_REPLY_KEY.includes(mail.template as MailName)) return inbox('');
  const key = await replyKeyFor(em, {
    organisationId: organisation.id, workOrderId: mail.workOrderId,
    assignmentId: (mail.toUserId && !mail.partnershipId) || mail.toObserverId ? null : (mail.assignmentId ?? null),
    observerId: mail.toObserverId ?? null, userId: mail.toUserId ?? null, partnershipId: mail.partnershipId ?? null, contactId: mail.toContactId ?? null, inside: await insideOf(em, mail),
  }, now);
  return inbox(`+${key}`);
}

/** The thread's root and last mail, by our id and by the provider's: mailboxes hold one or the other. */
async function threadHeaders({ em, mail, organisation }: Envelope): Promise<{ name: string; value: string }[]> {
  if (organisation && mail.template === 'answer') return answerHeaders(em, mail);
  if (organisation && mail.partnershipId && !mail.workOrderId && !mail.toUserId) return invitationHeaders(em, mail);
  if (!organisation || !mail.threadId) return [];
  const thread = await em.findOne(MailThread, { organisationId: organisation.id, id: mail.threadId });
  if (!thread?.rootMessageId) return [];
  const last = thread.lastMessageId ?? thread.rootMessageId;
  const ids = [...new Set([thread.rootMessageId, last])];
  const sent = await em.find(OutboundMail, { organisationId: organisation.id, threadId: thread.id, messageId: { $in: ids } });
  const references = ids.flatMap((id) => {
    const providerId = sent.find((one) => one.messageId === id)?.providerId;
    return providerId ? [`${providerId}@mtasv.net`, id] : [id];
  });
  return [
    { name: 'In-Reply-To', value: `<${last}>` },
    { name: 'References', value: references.map((id) => `<${id}>`).join(' ') },
  ];
}

/** A mail that answers one that came in stands below it in its reader's mailbox. */
async function answerHeaders(em: Em, mail: OutboundMail): Promise<{ name: string; value: string }[]> {
  const inbound = await em.findOne(InboundMail, { organisationId: mail.organisationId, id: String(mail.parameters['inboundMailId']) });
  const id = inbound?.messageId;
  return id ? [{ name: 'In-Reply-To', value: `<${id}>` }, { name: 'References', value: `<${id}>` }] : [];
}

/** Reminders and the end of an invitation stand below its first mail. */
async function invitationHeaders(em: Em, mail: OutboundMail): Promise<{ name: string; value: string }[]> {
  const { id, organisationId = null, partnershipId = null, toEmail } = mail;
  const before = { organisationId, partnershipId, toEmail, template: 'partner-invitation', id: { $ne: id }, status: { $in: ['sent', 'delivered'] as const } };
  const first = await em.findOne(OutboundMail, before, { orderBy: { createdAt: 'asc' } });
  if (!first?.messageId) return [];
  const ids = [...(first.providerId ? [`${first.providerId}@mtasv.net`] : []), first.messageId].map((one) => `<${one}>`);
  return [{ name: 'In-Reply-To', value: `<${first.messageId}>` }, { name: 'References', value: ids.join(' ') }];
}

/** Keeps machines from answering machines. */
function automaticHeaders(template: MailName): { name: string; value: string }[] {
  if (PERSONAL.includes(template)) return [];
  return [
    { name: 'Auto-Submitted', value: 'auto-generated' },
    { name: 'X-Auto-Response-Suppress', value: 'OOF, AutoReply' },
  ];
}
