import type { Locale } from '#domain/statuses.ts';
import type { MailName } from '#domain/words/mail-names.ts';
import { newId } from '../columns.ts';
import { wake } from '../events/wake.ts';
import { outsidersAsSystem, type Em } from '../orm.ts';
import { MailThread, OutboundMail } from './entity.ts';

export type NewMail = {
  readonly template: MailName;
  readonly organisationId: string | null;
  readonly workOrder?: { readonly id: string; readonly number: string } | undefined;
  readonly assignmentId?: string | null | undefined;
  /** Of an invitation's mails, and of those to people of a partner. */
  readonly partnershipId?: string | null | undefined;
  readonly to: {
    readonly email: string;
    readonly name?: string | null | undefined;
    readonly contactId?: string | null | undefined;
    readonly userId?: string | null | undefined;
    readonly observerId?: string | null | undefined;
    readonly locale: Locale;
  };
  /** Conversation it belongs to: `firm:<id>`, `partner:<partnership>[:<user>]`, `observer:<id>`, `user:<id>`; null = a mail of its own. */
  readonly party: string | null;
  /** Event name or step key: the answer to "why did I get this?". */
  readonly cause: string;
  /** With it, the mail is written once, however often the command runs. */
  readonly onceKey?: string | undefined;
  readonly parameters?: Readonly<Record<string, unknown>> | undefined;
};

/**
 * Writes a mail to be sent and wakes its delivery; rendered only when it is sent, after the state is checked again.
 * Returns null where `onceKey` shows that it was written before.
 */
export async function queueMail(em: Em, mail: NewMail, now: Date): Promise<OutboundMail | null> {
  return outsidersAsSystem(em, async () => write(em, mail, now));
}

async function write(em: Em, mail: NewMail, now: Date): Promise<OutboundMail | null> {
  if (mail.onceKey && (await isWritten(em, mail))) return null;
  const row = em.create(OutboundMail, {
    id: newId(),
    organisationId: mail.organisationId,
    workOrderId: mail.workOrder?.id ?? null,
    assignmentId: mail.assignmentId ?? null,
    partnershipId: mail.partnershipId ?? null,
    threadId: await threadIdFor(em, mail, now),
    template: mail.template,
    parameters: { ...mail.parameters },
    toEmail: mail.to.email,
    toName: mail.to.name ?? null,
    toContactId: mail.to.contactId ?? null,
    toUserId: mail.to.userId ?? null,
    toObserverId: mail.to.observerId ?? null,
    locale: mail.to.locale,
    cause: mail.cause,
    onceKey: mail.onceKey ?? null,
    createdAt: now,
  });
  wake(em, { kind: 'mail', ids: [row.id], organisationId: mail.organisationId, workOrderNumber: mail.workOrder?.number ?? null }, now);
  return row;
}

async function isWritten(em: Em, mail: NewMail): Promise<boolean> {
  const found = await em.findOne(OutboundMail, { organisationId: mail.organisationId, onceKey: mail.onceKey ?? null }, { fields: ['id'] });
  return found !== null;
}

async function threadIdFor(em: Em, mail: NewMail, now: Date): Promise<string | null> {
  if (!mail.party || !mail.workOrder || !mail.organisationId) return null;
  const key = { organisationId: mail.organisationId, workOrderId: mail.workOrder.id, party: mail.party };
  const thread = await em.findOne(MailThread, key);
  if (thread) return thread.id;
  // The order may be new, too; and another transaction may be opening the same conversation: it is waited for and joined.
  await em.flush();
  await em.upsert(MailThread, { id: newId(), ...key, createdAt: now }, { onConflictFields: ['organisationId', 'workOrderId', 'party'], onConflictAction: 'ignore' });
  return (await em.findOneOrFail(MailThread, key)).id;
}
