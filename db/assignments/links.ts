import { createHash, randomBytes } from 'node:crypto';
import type { Actor, LinkActor } from '#domain/actors.ts';
import { DomainError } from '#domain/errors.ts';
import type { Inside } from '#domain/mail/matching.ts';
import { newId } from '../columns.ts';
import { recordEvent } from '../events/record.ts';
import type { FileRequest } from '../file-requests/entity.ts';
import type { Observer } from '../observers/entity.ts';
import type { Em } from '../orm.ts';
import type { WorkOrder } from '../work-orders/entity.ts';
import { AccessLink, ReplyAddress, type Assignment } from './entity.ts';
import { assertReachable, lockAssignment } from './load.ts';
import { mailContractor } from './mails.ts';

/** A link lives until so many days after its order was closed. */
export const LINK_DAYS_AFTER_CLOSING = 30;
const DAY_MS = 86_400_000;

export type LinkTarget = { readonly organisationId: string; readonly workOrderId: string; readonly purpose: 'assignment' | 'observer' | 'file_request'; readonly assignmentId?: string | null; readonly observerId?: string | null; readonly fileRequestId?: string | null; readonly contactId?: string | null; readonly mailId?: string | null; readonly expiresAt?: Date | null };

/** Makes a link and returns its token, the only time it can be seen: 32 random bytes, kept as SHA-256. */
export function mintLink(em: Em, target: LinkTarget, now: Date): string {
  const token = randomBytes(32).toString('base64url');
  em.create(AccessLink, { id: newId(), ...target, tokenHash: hashToken(token), createdAt: now });
  return token;
}

/** SHA-256 of a secret token, as stored. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}

/** `live` opens; `expired` may be renewed to the known address; `ended` says why; `unknown` tells nothing. */
export type LinkState = 'live' | 'expired' | 'ended';
/** A link into one order; an invitation's leads to none. */
export type OrderLink = AccessLink & { readonly workOrderId: string };
export type OpenedLink = { readonly link: OrderLink; readonly actor: LinkActor };

/** Finds a link by its token, across tenants; null when there is none. `em` is the system's without organisation. */
export async function findLink(em: Em, token: string, purpose: Exclude<AccessLink['purpose'], 'invitation'>): Promise<OpenedLink | null> {
  if (!/^[A-Za-z0-9_-]{43}$/.test(token)) return null;
  const link = await em.findOne(AccessLink, { tokenHash: hashToken(token), purpose });
  if (!link || !isOfOrder(link)) return null;
  return {
    link,
    actor: {
      kind: 'link', organisationId: link.organisationId, workOrderId: link.workOrderId, linkId: link.id,
      assignmentId: link.assignmentId ?? null, observerId: link.observerId ?? null, contactId: link.contactId ?? null, otherName: null,
    },
  };
}

function isOfOrder(link: AccessLink): link is OrderLink {
  return Boolean(link.workOrderId);
}

/** What a link hangs on. */
export type Behind = { readonly order: WorkOrder; readonly assignment: Assignment | null; readonly observer: Observer | null; readonly fileRequest: FileRequest | null };

/** Whether a link still opens; asked of the rows at every request. */
export function linkState(link: OrderLink, { order, assignment, observer, fileRequest }: Behind, now: Date): LinkState {
  if (link.revokedAt) return 'ended';
  if (link.expiresAt && link.expiresAt <= now) return 'expired';
  if (order.closedAt && order.closedAt.getTime() + LINK_DAYS_AFTER_CLOSING * DAY_MS <= now.getTime()) return 'expired';
  if (link.observerId) return observer && !observer.leftAt ? 'live' : 'ended';
  if (link.fileRequestId) return fileRequest?.status === 'open' ? 'live' : 'ended';
  return assignment && ['offered', 'accepted', 'done', 'declined'].includes(assignment.status) ? 'live' : 'ended';
}

/** Sends a fresh link to the address on file, never to one that was typed; asked for by the holder of an old link or a coordinator, who is told when it would not arrive: throws `contact_undeliverable`. */
export async function renewLink(em: Em, actor: Actor, input: { assignmentId: string }, now: Date): Promise<void> {
  const { order, assignment } = await lockAssignment(em, actor, input.assignmentId);
  if (!['offered', 'accepted', 'done'].includes(assignment.status)) throw new DomainError('assignment_ended', { status: assignment.status });
  if (assignment.kind !== 'email') throw new DomainError('step_not_allowed', { step: 'renew_link', status: assignment.status });
  if (actor.kind === 'member') await assertReachable(em, assignment);
  const day = now.toISOString().slice(0, 13);
  await mailContractor(em, order, assignment, { template: 'new-link', cause: 'assignment.link_renewed', onceKey: `new-link:${assignment.id}:${day}` }, now);
  await recordEvent(em, actor, { name: 'assignment.link_renewed', organisationId: order.organisationId, workOrder: order, assignmentId: assignment.id }, now);
}

/** The key behind the plus of our reply address for one recipient of an order: kept, or made new (128 random bits, lower-case). */
export async function replyKeyFor(
  em: Em,
  target: { organisationId: string; workOrderId: string; assignmentId?: string | null; observerId?: string | null; userId?: string | null; partnershipId?: string | null; contactId?: string | null; inside?: Inside | null },
  now: Date,
): Promise<string> {
  const where = {
    organisationId: target.organisationId, workOrderId: target.workOrderId, assignmentId: target.assignmentId ?? null,
    observerId: target.observerId ?? null, userId: target.userId ?? null, partnershipId: target.partnershipId ?? null, contactId: target.contactId ?? null,
    inside: target.inside ?? null,
  };
  const known = await em.findOne(ReplyAddress, where);
  if (known) return known.key;
  const key = randomBytes(16).toString('hex');
  em.create(ReplyAddress, { id: newId(), ...where, key, createdAt: now });
  return key;
}
