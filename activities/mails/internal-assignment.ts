import { InternalAssignment } from '#db/partnerships/entity.ts';
import { User } from '#db/users/entity.ts';
import type { InternalAssignmentMail } from '#templates/mails/data.ts';
import { orderWords, pageLink, siteAddress, skip, type OrderContext, type Skip } from './context.ts';

/**
 * Tells one of a partner's people that the work is theirs, or no longer is; or whoever hands work out that a mail did not
 * reach them. Skipped where that has turned round since. `parameters`: isGiven, byUserId, unreachedUserId.
 */
export async function loadInternalAssignmentMail(context: OrderContext): Promise<InternalAssignmentMail | Skip> {
  const { em, mail, assignment, order, workspace, organisation } = context;
  if (!assignment || !['offered', 'accepted', 'done'].includes(assignment.status)) return skip(assignment ? `assignment_${assignment.status}` : 'assignment_gone');
  const given = await em.findOne(InternalAssignment, { organisationId: organisation.id, assignmentId: assignment.id });
  const { unreachedUserId, byUserId } = mail.parameters;
  const unreached = typeof unreachedUserId === 'string' ? await em.findOne(User, { id: unreachedUserId }) : null;
  const isGiven = given?.memberUserId === mail.toUserId && !unreached;
  if (unreached ? given?.memberUserId !== unreached.id : isGiven !== Boolean(mail.parameters['isGiven'])) return skip('person_changed');
  const by = typeof byUserId === 'string' ? await em.findOne(User, { id: byUserId }) : null;
  return {
    ...orderWords(context), isGiven, isAccepted: assignment.status !== 'offered', unreached: unreached && { name: unreached.name, email: unreached.email }, byName: by?.name ?? '', ownReference: given?.ownReference ?? null, description: order.description || null,
    siteAddress: siteAddress(workspace), locationText: order.locationText ?? null, onSiteContact: order.onSiteName ?? null, onSitePhone: order.onSitePhone ?? null,
    accessNote: order.accessNote ?? null, dueDate: order.dueOn ?? null, promisedFrom: assignment.promisedFrom ?? null, promisedTo: assignment.promisedUntil ?? null,
    orderLink: pageLink(context),
  };
}
