import type { Assignment } from '../assignments/entity.ts';
import { asSystem, type Em } from '../orm.ts';
import { InternalAssignment } from './entity.ts';

/**
 * Those of the assignments that a partner has given to one of its people. That it did, the client and its processes may
 * know; to whom, is read elsewhere, by whoever may.
 */
export async function passedOn(em: Em, organisationId: string, assignments: readonly Assignment[]): Promise<Set<string>> {
  const ids = assignments.flatMap((one) => (one.kind === 'partner' ? [one.id] : []));
  if (ids.length === 0) return new Set();
  const where = { organisationId, assignmentId: { $in: ids }, memberUserId: { $ne: null } };
  const rows = await asSystem(em, () => em.find(InternalAssignment, where, { fields: ['assignmentId'], disableIdentityMap: true }));
  return new Set(rows.map((one) => one.assignmentId));
}
