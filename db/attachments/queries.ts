import type { FilterQuery } from '@mikro-orm/postgresql';
import type { Actor } from '#domain/actors.ts';
import { DomainError } from '#domain/errors.ts';
import { NO_ID } from '../columns.ts';
import { heardBy } from '../comments/visibility.ts';
import { seeAs, type Em } from '../orm.ts';
import type { WorkOrder } from '../work-orders/entity.ts';
import { findWorkOrder } from '../work-orders/load.ts';
import { Attachment } from './entity.ts';

/**
 * A file and the order that it hangs on, through the eyes of an actor: whoever no longer sees the order no longer sees the
 * file. From outside only what is shared; on either side of a partnership not what the other keeps for itself. Throws `not_found`.
 */
export async function findAttachment(em: Em, actor: Actor, attachmentId: string): Promise<{ attachment: Attachment; order: WorkOrder }> {
  await seeAs(em, actor);
  const heard = actor.kind === 'member' || actor.kind === 'partner' ? heardBy(actor) : {};
  const attachment = await em.findOne(Attachment, { $and: [{ id: attachmentId, removedAt: null }, heard] } as FilterQuery<Attachment>);
  const isOutside = actor.kind === 'link' || actor.kind === 'mail';
  const isTold = !isOutside || attachment?.visibility === 'shared';
  const order = await findWorkOrder(em, actor, (isTold && attachment?.workOrderId) || NO_ID);
  if (!attachment) throw new DomainError('not_found', { attachmentId });
  return { attachment, order };
}
