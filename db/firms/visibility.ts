import type { FilterQuery } from '@mikro-orm/postgresql';
import type { MemberActor } from '#domain/actors.ts';
import type { Firm } from './entity.ts';

/** The directory belongs to the organisation as a whole; who may read it is a matter of permission. */
export function visibleTo(actor: MemberActor): FilterQuery<Firm> {
  return { organisationId: actor.organisationId };
}
