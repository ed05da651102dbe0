import { LockMode } from '@mikro-orm/postgresql';
import type { Actor, InviteeActor, MemberActor, PartnerActor, SystemActor } from '#domain/actors.ts';
import { DomainError } from '#domain/errors.ts';
import { actAsSystem, seeAs, type Em } from '../orm.ts';
import { Partnership } from './entity.ts';

type Answerer = MemberActor | PartnerActor | InviteeActor | SystemActor;

/** A partnership of the actor's organisation, or the one that is theirs or their link's; throws `not_found`. */
export async function findPartnership(em: Em, actor: Answerer, id: string): Promise<Partnership> {
  await seeAs(em, actor);
  const found = await em.findOne(Partnership, { organisationId: actor.organisationId, id });
  if (!found) throw new DomainError('not_found', { partnershipId: id });
  return found;
}

/**
 * The same with its row locked: of two answers at one moment the second finds what the first has made of it. An invitee
 * or a partner has found it with their own eyes and goes on with the rights of the system.
 */
export async function lockPartnership(em: Em, actor: Answerer, id: string): Promise<Partnership> {
  await findPartnership(em, actor, id);
  await actAsSystem(em, actor as Actor);
  const where = { organisationId: actor.organisationId, id };
  const locked = await em.findOne(Partnership, where, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });
  if (!locked) throw new DomainError('not_found', { partnershipId: id });
  return locked;
}

/** Throws `invitation_not_open` where an answer has been given or the invitation has ended. */
export function assertOpen(partnership: Partnership): void {
  if (partnership.status !== 'invited') throw new DomainError('invitation_not_open', { status: partnership.status });
}

/** The system acting for one invitation. */
export function systemActorOf(partnership: Partnership): SystemActor {
  return { kind: 'system', organisationId: partnership.organisationId, process: `invitation:${partnership.id}` };
}
