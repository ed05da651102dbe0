import type { SystemActor } from '#domain/actors.ts';
import { isToWhomIsAsked, markDelivered } from '../assignments/delivery.ts';
import { Assignment } from '../assignments/entity.ts';
import { newId } from '../columns.ts';
import { Observer } from '../observers/entity.ts';
import type { Em } from '../orm.ts';
import { markInvitationDelivered } from '../partnerships/invitation-process.ts';
import type { OutboundMail } from './entity.ts';
import { lockMail, markContactDead, markMailSent, noteMail, reactToFailure } from './sending.ts';

/** What the provider tells of a mail that it took. */
export type ProviderEvent = {
  readonly recordType: 'Delivery' | 'Bounce' | 'SpamComplaint';
  readonly providerId: string;
  /** From our metadata; null where the mail is none of ours. */
  readonly mailId: string | null;
  readonly organisationId: string | null;
  /** The provider's id of this call; the same over its retries. */
  readonly traceId: string;
  readonly at: Date;
  /** The provider's number of the kind of bounce. */
  readonly typeCode: number | null;
  /** Name of the kind of bounce, `HardBounce`. */
  readonly reason: string | null;
  /** The provider sends nothing more to this address. */
  readonly isInactive: boolean;
};

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
/** Transient and AutoResponder: the mail has arrived or is still on its way. */
const MERE_NOTES: readonly (number | null)[] = [2, 64];

/** Reads the webhook's JSON; null for record types that are of no interest. `traceId` is the header X-PM-Webhook-Trace-Id. */
export function readProviderEvent(body: Readonly<Record<string, unknown>>, traceId: string | null, now: Date): ProviderEvent | null {
  const recordType = body['RecordType'];
  if (recordType !== 'Delivery' && recordType !== 'Bounce' && recordType !== 'SpamComplaint') return null;
  const metadata = (body['Metadata'] ?? {}) as Readonly<Record<string, unknown>>;
  const providerId = textOf(body['MessageID']) ?? '';
  const at = new Date(textOf(body['DeliveredAt'] ?? body['BouncedAt']) ?? '');
  const when = Number.isNaN(at.getTime()) || at > now ? now : at;
  return {
    recordType,
    providerId,
    mailId: uuidOf(metadata['mail_id']),
    organisationId: uuidOf(metadata['organisation_id']),
    traceId: traceId ?? `${recordType}:${providerId}:${when.toISOString()}`,
    at: when,
    typeCode: typeof body['TypeCode'] === 'number' ? body['TypeCode'] : null,
    reason: textOf(body['Type']) ?? (recordType === 'SpamComplaint' ? 'SpamComplaint' : null),
    isInactive: body['Inactive'] === true,
  };
}

/** The mail has arrived. `em` is bound to the event's organisation; the same call again changes nothing. */
export async function recordDelivery(em: Em, event: ProviderEvent, now: Date): Promise<'applied' | 'repeated' | 'unknown'> {
  const found = await take(em, event, now);
  if (typeof found === 'string') return found;
  const { mail, actor } = found;
  await catchUp(em, mail, event, now);
  if (mail.status === 'bounced') return 'applied';
  mail.status = 'delivered';
  mail.deliveredAt ??= event.at;
  if (!actor) return 'applied';
  await noteMail(em, actor, mail, now);
  await markInvitationDelivered(em, mail, now);
  if (mail.template !== 'assignment' || !mail.assignmentId) return 'applied';
  const assignment = await em.findOne(Assignment, { organisationId: actor.organisationId, id: mail.assignmentId });
  if (isToWhomIsAsked(assignment, mail)) await markDelivered(em, actor, { assignmentId: mail.assignmentId, mailId: mail.id, at: event.at }, now);
  return 'applied';
}

/** The mail came back, or its reader calls it spam: the address is marked, people are told, the next contact is mailed. */
export async function recordBounce(em: Em, event: ProviderEvent, now: Date): Promise<'applied' | 'repeated' | 'unknown'> {
  const found = await take(em, event, now);
  if (typeof found === 'string') return found;
  const { mail, actor } = found;
  await catchUp(em, mail, event, now);
  if (MERE_NOTES.includes(event.typeCode)) return 'applied';
  const reason = event.reason ?? 'bounced';
  mail.status = 'bounced';
  mail.statusReason = reason;
  mail.bouncedAt ??= event.at;
  if (!actor) return 'applied';
  await noteMail(em, actor, mail, now);
  await em.flush();
  if (event.isInactive) await markContactDead(em, mail, reason, now);
  if (event.isInactive && mail.toObserverId) await letObserverGo(em, actor, mail.toObserverId, now);
  await reactToFailure(em, actor, mail, { reason, isAddressDead: event.isInactive }, now);
  return 'applied';
}

async function take(em: Em, event: ProviderEvent, now: Date): Promise<{ mail: OutboundMail; actor: SystemActor | null } | 'repeated' | 'unknown'> {
  const mail = event.mailId ? await lockMail(em, event.organisationId, event.mailId) : null;
  const stored = await em.execute<unknown[]>(
    `insert into mail_events (id, organisation_id, mail_id, trace_id, record_type, data, occurred_at, created_at)
     values (?, ?, ?, ?, ?, ?, ?, ?) on conflict (trace_id) do nothing returning 1`,
    [newId(), mail ? event.organisationId : null, mail?.id ?? null, event.traceId, event.recordType, JSON.stringify({ type: event.reason, typeCode: event.typeCode, inactive: event.isInactive }), event.at, now],
  );
  if (stored.length === 0) return 'repeated';
  if (!mail) return 'unknown';
  const actor: SystemActor | null = event.organisationId ? { kind: 'system', organisationId: event.organisationId, process: `mail:${mail.id}` } : null;
  return { mail, actor };
}

/** News of a mail whose sending was unclear say that it was sent. */
async function catchUp(em: Em, mail: OutboundMail, event: ProviderEvent, now: Date): Promise<void> {
  if (!['sending', 'unclear', 'queued'].includes(mail.status)) return;
  const actor: SystemActor | null = event.organisationId ? { kind: 'system', organisationId: event.organisationId, process: `mail:${mail.id}` } : null;
  await markMailSent(em, actor, mail, { providerId: event.providerId, at: event.at }, now);
  await em.flush();
}

/** Mails to a dead address help nobody. */
async function letObserverGo(em: Em, actor: SystemActor, observerId: string, now: Date): Promise<void> {
  const observer = await em.findOne(Observer, { organisationId: actor.organisationId, id: observerId });
  if (observer && !observer.leftAt) observer.leftAt = now;
}

/** PostgreSQL takes no zero characters. */
function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value.replaceAll('\u0000', '') || null : null;
}

function uuidOf(value: unknown): string | null {
  return typeof value === 'string' && UUID.test(value) ? value : null;
}
