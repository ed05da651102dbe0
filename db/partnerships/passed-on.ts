import type { Assignment } from '../assignments/entity.ts';
import { asSystem, type Em } from '../orm.ts';
import { sqlArray } from '../sql-array.ts';

/**
 * Those of the assignments that a partner has given to one of its people who is still there. That it did, the client and
 * its processes may know; to whom, is read elsewhere, by whoever may.
 */
export async function passedOn(em: Em, organisationId: string, assignments: readonly Assignment[]): Promise<Set<string>> {
  const ids = assignments.flatMap((one) => (one.kind === 'partner' ? [one.id] : []));
  if (ids.length === 0) return new Set();
  const rows = await asSystem(em, () => em.execute<{ assignment_id: string }[]>(
    `select i.assignment_id from internal_assignments i
       join memberships m on m.organisation_id = i.author_organisation_id and m.user_id = i.member_user_id and m.removed_at is null
      where i.organisation_id = ? and i.assignment_id = any(?::uuid[])`,
    [organisationId, sqlArray(ids)],
  ));
  return new Set(rows.map((one) => one.assignment_id));
}
