import type { FilterQuery } from '@mikro-orm/postgresql';
import type { Actor } from '#domain/actors.ts';
import { DomainError } from '#domain/errors.ts';
import { NO_ID } from '../columns.ts';
import { seeAs, type Em } from '../orm.ts';
import { findWorkOrder } from '../work-orders/load.ts';
import { Comment } from './entity.ts';
import { heardBy } from './visibility.ts';

/** A comment of an order that the actor sees; from outside only a shared one. Throws `not_found`. */
export async function findComment(em: Em, actor: Actor, commentId: string): Promise<Comment> {
  await seeAs(em, actor);
  const heard = actor.kind === 'member' || actor.kind === 'partner' ? heardBy(actor) : {};
  const comment = await em.findOne(Comment, { $and: [{ id: commentId }, heard] } as FilterQuery<Comment>);
  const isOutside = actor.kind === 'link' || actor.kind === 'mail';
  const isTold = !isOutside || comment?.visibility === 'shared';
  await findWorkOrder(em, actor, (isTold && comment?.workOrderId) || NO_ID);
  if (!comment) throw new DomainError('not_found', { commentId });
  return comment;
}
