import type { FilterQuery } from '@mikro-orm/postgresql';
import type { AccountActor } from '#domain/actors.ts';
import type { Observer } from '../observers/entity.ts';
import type { Assignment } from './entity.ts';

/** Who is asked or at work, as far as it is this actor's business: a partner knows of its own assignments only. Beside the filter of the orders. */
export function assignmentsSeenBy(actor: AccountActor): FilterQuery<Assignment> {
  const { organisationId } = actor;
  return actor.kind === 'partner' ? { organisationId, partnershipId: actor.partnershipId } : { organisationId };
}

/** Who is kept informed, likewise: a partner sees that it is itself. */
export function observersSeenBy(actor: AccountActor): FilterQuery<Observer> {
  const { organisationId } = actor;
  return actor.kind === 'partner' ? { organisationId, partnershipId: actor.partnershipId } : { organisationId };
}
