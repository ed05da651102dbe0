import { sql } from '@mikro-orm/postgresql';
import type { AccountActor } from '#domain/actors.ts';

/**
 * What is said and given on orders as far as it is meant for this actor: shared, or kept inside by their own side. A
 * partner hears nothing that goes between the client and another firm, unless it observes the order. For comments and
 * attachments alike; the order itself must have been found visible, or its filter stand beside this one.
 */
export function heardBy(actor: AccountActor): object {
  const { organisationId } = actor;
  if (actor.kind === 'member') return { organisationId, $or: [{ visibility: 'shared' }, { authorOrganisationId: organisationId }] };
  return { organisationId, $or: [{ authorOrganisationId: actor.partnerOrganisationId }, { visibility: 'shared', ...onOwnSide(actor) }] };
}

/** Of nobody's side in particular, of the partner's own assignments, or on orders that it observes. */
export function onOwnSide({ organisationId, partnershipId }: Extract<AccountActor, { kind: 'partner' }>): object {
  const own = sql`any(array(select id from assignments where organisation_id = ${organisationId} and partnership_id = ${partnershipId}))`;
  const observed = sql`any(array(select work_order_id from participations
    where organisation_id = ${organisationId} and partnership_id = ${partnershipId} and role = 'observer'))`;
  return { $or: [{ assignmentId: null }, { assignmentId: own }, { workOrderId: observed }] };
}
