import { assignmentWords } from '#db/mails/data/assignment.ts';
import type { Attachment } from '#db/attachments/entity.ts';
import type { FileItem, WorkFacts } from '#templates/render.ts';
import type { PageContext } from './context.ts';

/** What they need to go there and be paid; the same as in the mail. Once it is closed, nobody on site is to be rung any more. */
export async function workFacts(context: PageContext): Promise<WorkFacts> {
  const { em, view } = context;
  const { order, workspace, organisation, assignment, files } = view;
  const facts = { order, workspace, organisation, needsAcceptance: assignment?.needsAcceptance ?? true, message: assignment?.message ?? null };
  const words = await assignmentWords(em, facts);
  const isOver = order.status === 'closed' || order.status === 'cancelled';
  return {
    title: order.title,
    siteShort: workspace.shortName,
    description: words.description,
    message: words.message,
    siteAddress: words.siteAddress,
    locationText: words.locationText,
    mapLink: words.siteAddress ? mapLink(words.siteAddress) : null,
    onSiteContact: isOver ? null : words.onSiteContact,
    onSitePhone: isOver ? null : words.onSitePhone,
    onSiteNote: isOver ? null : (order.onSiteHours ?? null),
    accessNote: isOver ? null : words.accessNote,
    dueDate: words.dueDate,
    costLimit: words.costLimit,
    files: files.map(fileItem),
  };
}

export function fileItem(file: Attachment): FileItem {
  const ending = /\.([A-Za-z0-9]{1,5})$/.exec(file.name)?.[1];
  return {
    id: file.id,
    name: file.name,
    isPhoto: Boolean(file.previewKey),
    typeName: (ending ?? file.contentType.split('/')[1] ?? '').toUpperCase(),
    sizeBytes: file.size,
    caption: null,
  };
}

/** Opened only by a press; the map's owner learns the address and, for want of a referrer, nothing else. */
function mapLink(address: string): string {
  return `https://www.openstreetmap.org/search?query=${encodeURIComponent(address)}`;
}
