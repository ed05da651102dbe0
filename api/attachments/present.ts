import type { Attachment } from '#db/attachments/entity.ts';
import type { People } from '#db/work-orders/people.ts';
import { accountIdOf, type AccountActor } from '#domain/actors.ts';
import { can, type Subject } from '#domain/permissions.ts';
import { plain } from '../present.ts';
import { iso } from '../schema.ts';
import type { AttachmentRecord } from '../work-orders/schema.ts';

export type AttachmentContext = {
  readonly actor: AccountActor;
  readonly subject: Subject;
  readonly people: People;
  /** As whom a partner takes part: what came in under these came from its own firm. */
  readonly ownAssignmentIds: readonly string[];
};

/** A file as members and partners see it; its address names the account of who asks, and asks for permission again. */
export function presentAttachment(file: Attachment, { actor, subject, people, ownAssignmentIds }: AttachmentContext): AttachmentRecord {
  const row = plain(file);
  const base = `/api/v1/accounts/${accountIdOf(actor)}/attachments/${file.id}`;
  return {
    id: row.id, name: row.name, contentType: row.contentType, size: row.size, width: row.width, height: row.height, takenAt: row.takenAt,
    hasPreview: row.previewKey !== null, visibility: row.visibility, uploadedByName: isNameOpen(file, actor, ownAssignmentIds) ? uploaderName(file, people) : null, createdAt: iso(row.createdAt),
    commentId: row.commentId, url: `${base}/content`, previewUrl: row.previewKey ? `${base}/preview` : null,
    can: { remove: can(actor, 'attachment.write', subject) && mayTakeAway(file, actor) },
  };
}

/** Each side takes away its own files; technicians only what they gave themselves. */
function mayTakeAway(file: Attachment, actor: AccountActor): boolean {
  if (actor.kind === 'partner' && file.authorOrganisationId !== actor.partnerOrganisationId) return false;
  return actor.role !== 'technician' || file.uploadedByUserId === actor.userId;
}

/**
 * A partner reads names of the client's people and its own, also of those who wrote by link before it had an account; who of
 * another firm gave a file is none of its business.
 */
function isNameOpen({ authorOrganisationId, organisationId, uploadedByUserId, assignmentId }: Attachment, actor: AccountActor, ownAssignmentIds: readonly string[]): boolean {
  if (actor.kind !== 'partner' || authorOrganisationId === actor.partnerOrganisationId) return true;
  return authorOrganisationId === organisationId && (Boolean(uploadedByUserId) || ownAssignmentIds.includes(assignmentId ?? ''));
}

function uploaderName(file: Attachment, people: People): string | null {
  if (file.uploadedByUserId) return people.users.get(file.uploadedByUserId)?.name ?? null;
  if (file.uploadedByContactId) return people.contacts.get(file.uploadedByContactId)?.name ?? null;
  return file.uploadedByName ?? null;
}
