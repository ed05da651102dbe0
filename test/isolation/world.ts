import { newId } from '#db/columns.ts';
import { Attachment } from '#db/attachments/entity.ts';
import { Comment } from '#db/comments/entity.ts';
import { InboundMail, OutboundMail } from '#db/mails/entity.ts';
import { Observer } from '#db/observers/entity.ts';
import { systemEm, type Orm } from '#db/orm.ts';
import type { TestApi } from '../support/api.ts';
import { aContact, aFirm, anAsset, anAssignment, aWorkOrder } from '../support/builders.ts';
import { aCast, type Cast } from '../support/cast.ts';
import { aPartner, aShare } from '../support/partners.ts';

/** One thing of each kind in an organisation, all texts with its canary word. */
export type World = { readonly cast: Cast; readonly canary: string; readonly ids: Readonly<Record<Thing, string>> };

export type Thing =
  | 'workspace' | 'asset' | 'firm' | 'contact' | 'workOrder' | 'assignment' | 'comment' | 'attachment' | 'observer'
  | 'outboundMail' | 'inboundMail' | 'membership' | 'user' | 'partnership';

/** The kind of thing that `:id` after a segment of a path names. A new segment must be added here, else the matrix fails. */
export const SEGMENTS: Readonly<Record<string, Thing>> = {
  users: 'membership',
  firms: 'firm',
  assets: 'asset',
  workspaces: 'workspace',
  'work-orders': 'workOrder',
  assignments: 'assignment',
  comments: 'comment',
  attachments: 'attachment',
  observers: 'observer',
  mails: 'outboundMail',
  'inbound-mails': 'inboundMail',
  'to-review': 'inboundMail',
  partnerships: 'partnership',
};

/** The kind of thing that a field of a body names. */
export const FIELDS: Readonly<Record<string, Thing>> = {
  workspaceId: 'workspace',
  workspaceIds: 'workspace',
  assetId: 'asset',
  parentId: 'asset',
  firmId: 'firm',
  nextFirmIds: 'firm',
  contactId: 'contact',
  workOrderId: 'workOrder',
  earlierOrderId: 'workOrder',
  assignmentId: 'assignment',
  attachmentIds: 'attachment',
  sharedAttachmentIds: 'attachment',
  userId: 'user',
  memberUserId: 'user',
  responsibleUserId: 'user',
  defaultResponsibleUserId: 'user',
  assigneeUserId: 'user',
};

export async function aWorld(api: TestApi, canary: string): Promise<World> {
  const { orm } = api;
  const now = api.now();
  const cast = await aCast(orm, now, `Verwaltung ${canary}`);
  const { organisation, workspace } = cast;
  const o = organisation.id;
  const asset = await anAsset(orm, o, workspace.id, { name: `Anlage ${canary}` });
  const firm = await aFirm(orm, o, { company: `Firma ${canary}`, trades: [canary] });
  const contact = await aContact(orm, o, firm.id, { name: `Kontakt ${canary}` });
  const order = await aWorkOrder(orm, o, workspace.id, { title: `Meldung ${canary}`, description: canary, assetId: asset.id });
  const assignment = await anAssignment(orm, o, order.id, { firmId: firm.id, contactId: contact.id, message: canary });
  const partner = await aPartner(orm, cast, now, { name: `Partner ${canary}` });
  await aShare(orm, partner, workspace.id);
  const talk = await aConversation(orm, o, { workOrderId: order.id, userId: cast.admin.user.id, canary, now, rawKey: await aStoredMail(api, canary) });
  return {
    cast,
    canary,
    ids: {
      workspace: workspace.id, asset: asset.id, firm: firm.id, contact: contact.id, workOrder: order.id, assignment: assignment.id,
      membership: cast.technician.membership.id, user: cast.technician.user.id, partnership: partner.partnership.id, ...talk,
    },
  };
}

/** What the provider handed over, as it lies in the file store. */
async function aStoredMail(api: TestApi, canary: string): Promise<string> {
  const key = `mails/${newId()}`;
  const mail = {
    From: `x@${canary}.test`, FromFull: { Email: `x@${canary}.test`, Name: canary, MailboxHash: '' }, ToFull: [], CcFull: [], OriginalRecipient: 'y@z.test',
    Subject: canary, TextBody: canary, HtmlBody: '', Headers: [], MessageID: newId(),
    Attachments: [{ Name: `${canary}.txt`, ContentType: 'text/plain', ContentID: '', ContentLength: 1, Content: 'eA==' }],
  };
  await api.deps.files.put(key, JSON.stringify(mail));
  return key;
}

type Talk = Pick<World['ids'], 'comment' | 'attachment' | 'observer' | 'outboundMail' | 'inboundMail'>;

async function aConversation(orm: Orm, organisationId: string, about: { workOrderId: string; userId: string; canary: string; now: Date; rawKey: string }): Promise<Talk> {
  const { workOrderId, userId, canary, now, rawKey } = about;
  const ids: Talk = { comment: newId(), attachment: newId(), observer: newId(), outboundMail: newId(), inboundMail: newId() };
  const common = { organisationId, workOrderId, createdAt: now };
  await systemEm(orm, organisationId).transactional(async (em) => {
    em.create(InboundMail, {
      id: ids.inboundMail, organisationId, providerId: newId(), rawKey, size: 1, status: 'held', subject: canary,
      fromEmail: `x@${canary}.test`, receivedAt: now, suggestion: null,
    });
    em.create(Comment, { ...common, id: ids.comment, authorOrganisationId: organisationId, authorUserId: userId, visibility: 'internal', door: 'portal', body: canary, inboundMailId: ids.inboundMail, cutLines: 3 });
    em.create(Attachment, {
      ...common, id: ids.attachment, authorOrganisationId: organisationId, visibility: 'internal', door: 'portal', fileKey: newId(),
      name: `${canary}.txt`, contentType: 'text/plain', size: 1, sha256: 'x',
    });
    em.create(Observer, { ...common, id: ids.observer, email: `y@${canary}.test`, name: canary });
    em.create(OutboundMail, {
      ...common, id: ids.outboundMail, template: 'reminder', parameters: {}, toEmail: `z@${canary}.test`, locale: 'de-DE', cause: 'x',
      subject: canary, textBody: canary, status: 'refused',
    });
  });
  return ids;
}
