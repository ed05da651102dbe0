import { Attachment } from '#db/attachments/entity.ts';
import { startUpload } from '#db/attachments/uploads.ts';
import { Comment } from '#db/comments/entity.ts';
import { newId } from '#db/columns.ts';
import { findLink, hashToken, mintLink, type LinkTarget } from '#db/assignments/links.ts';
import { FileRequest } from '#db/file-requests/entity.ts';
import { addObserver } from '#db/observers/commands.ts';
import { setOperator } from '#db/operators.ts';
import { emFor, systemEm } from '#db/orm.ts';
import { Partnership } from '#db/partnerships/entity.ts';
import { mintInvitationLink } from '#db/partnerships/invitation-links.ts';
import { startApi, type TestApi } from '../support/api.ts';
import { aSession, aUser } from '../support/builders.ts';
import { aCast, type Cast } from '../support/cast.ts';
import { anInvitation } from '../api/invitation-stage.ts';
import { anAskedFirm, memberOf, type Asked } from '../api/public-stage.ts';

/** Kinds of public links, by the first part of their address. */
export const DOORS = ['a', 'o', 'f', 'i'] as const;
export type Door = (typeof DOORS)[number];
export type Tokens = Readonly<Record<Door, string>>;

/** An order that outsiders take part in, everything of it with its canary word. */
export type Side = {
  readonly canary: string;
  readonly cast: Cast;
  readonly asked: Asked;
  readonly partnershipId: string;
  readonly live: Tokens;
  readonly expired: Tokens;
  readonly revoked: Tokens;
  readonly sharedFile: string;
  readonly innerFile: string;
  /** A file in pieces that has been begun by the firm's link. */
  readonly uploadId: string;
};

/** Two orders of one client, one of another, and somebody who runs the installation. */
export type LinksWorld = {
  readonly api: TestApi;
  readonly mine: Side;
  readonly sibling: Side;
  readonly foreign: Side;
  readonly operatorCookie: string;
  readonly stop: () => Promise<void>;
};

export async function aLinksWorld(): Promise<LinksWorld> {
  const api = await startApi();
  const [client, other] = [await aCast(api.orm, api.now(), 'Verwaltung Lindenhof'), await aCast(api.orm, api.now(), 'Verwaltung fremdwort')];
  await api.database.query(`update workspaces set name = 'Anlage fremdwort' where organisation_id = $1`, [other.organisation.id]);
  const operator = await aUser(api.orm);
  await setOperator(api.orm, operator.email, true);
  return {
    api,
    mine: await aSide(api, client, 'eigenwort'),
    sibling: await aSide(api, client, 'nachbarwort'),
    foreign: await aSide(api, other, 'fremdwort'),
    operatorCookie: await aSession(api.orm, operator.id, api.now()),
    stop: api.stop,
  };
}

async function aSide(api: TestApi, cast: Cast, canary: string): Promise<Side> {
  const asked = await anAskedFirm(api, cast, {
    order: { title: `Decke ${canary}`, description: canary, onSiteName: canary, accessNote: canary, locationText: canary }, firm: { company: `Firma ${canary}` }, assign: { message: canary },
  });
  const { id: partnershipId } = await anInvitation(api, cast, { company: `Partner ${canary}`, email: `${canary}@partner.test` });
  const comment = await said(api, asked, canary);
  const links = await targets(api, cast, asked, comment);
  const fresh = (): Promise<Tokens> => minted(api, links, cast, partnershipId);
  const live = await fresh();
  return {
    canary, cast, asked, partnershipId, live, expired: await past(api, await fresh(), 'expires_at'), revoked: await past(api, await fresh(), 'revoked_at'),
    sharedFile: await aFileOf(api, asked, canary, 'shared'), innerFile: await aFileOf(api, asked, canary, 'internal'), uploadId: await anUpload(api, asked, live.a),
  };
}

async function said(api: TestApi, { order }: Asked, body: string): Promise<string> {
  const { organisationId } = order;
  const common = { organisationId, authorOrganisationId: organisationId, workOrderId: order.id, door: 'portal', body, createdAt: api.now() } as const;
  return systemEm(api.orm, organisationId).transactional(async (em) => {
    em.create(Comment, { ...common, id: newId(), visibility: 'internal', body: 'innenwort' });
    return em.create(Comment, { ...common, id: newId(), visibility: 'shared' }).id;
  });
}

type Targets = Readonly<Record<'a' | 'o' | 'f', LinkTarget>>;

async function targets(api: TestApi, cast: Cast, { order, assignment, mira }: Asked, commentId: string): Promise<Targets> {
  const { organisationId } = order;
  const actor = memberOf(cast);
  const observer = await emFor(api.orm, actor).transactional((em) => addObserver(em, actor, { workOrderId: order.id, email: 'o@haus.test' }, api.now()));
  const request = await systemEm(api.orm, organisationId).transactional(async (em) => em.create(FileRequest, {
    id: newId(), organisationId, workOrderId: order.id, commentId, assignmentId: assignment.id, contactId: mira.id, toEmail: mira.email,
    files: [{ name: 'plan.pdf', size: 9 }], createdAt: api.now(), validUntil: new Date(api.now().getTime() + 86_400_000),
  }));
  const of = { organisationId, workOrderId: order.id };
  return {
    a: { ...of, purpose: 'assignment', assignmentId: assignment.id, contactId: mira.id },
    o: { ...of, purpose: 'observer', observerId: observer.id },
    f: { ...of, purpose: 'file_request', fileRequestId: request.id, contactId: mira.id },
  };
}

/** A fresh link of each kind. */
async function minted(api: TestApi, links: Targets, { organisation }: Cast, partnershipId: string): Promise<Tokens> {
  return systemEm(api.orm, organisation.id).transactional(async (em) => {
    const partnership = await em.findOneOrFail(Partnership, { organisationId: organisation.id, id: partnershipId });
    const of = (door: keyof Targets): string => mintLink(em, links[door], api.now());
    return { a: of('a'), o: of('o'), f: of('f'), i: mintInvitationLink(em, partnership, partnershipId, api.now()) };
  });
}

/** As if its time were over, or it had been taken back. */
async function past(api: TestApi, tokens: Tokens, column: 'expires_at' | 'revoked_at'): Promise<Tokens> {
  await api.database.query(`update access_links set ${column} = $1 where token_hash = any($2)`, [new Date(api.now().getTime() - 1), Object.values(tokens).map(hashToken)]);
  return tokens;
}

async function aFileOf(api: TestApi, { order }: Asked, canary: string, visibility: 'shared' | 'internal'): Promise<string> {
  const fileKey = `test/${newId()}`;
  await api.deps.files.put(fileKey, canary);
  const { organisationId } = order;
  const row = { id: newId(), organisationId, authorOrganisationId: organisationId, workOrderId: order.id, visibility, door: 'portal', fileKey, previewKey: fileKey, name: `${canary}.txt`, contentType: 'text/plain', size: canary.length, sha256: 'x', createdAt: api.now() } as const;
  return systemEm(api.orm, organisationId).transactional(async (em) => em.create(Attachment, row).id);
}

async function anUpload(api: TestApi, { order }: Asked, token: string): Promise<string> {
  const opened = await systemEm(api.orm).transactional((em) => findLink(em, token, 'assignment'));
  if (!opened) throw new Error('The link does not open');
  const input = { workOrderId: order.id, name: 'foto.jpg', size: 3, limitBytes: 1000 };
  return (await emFor(api.orm, opened.actor).transactional((em) => startUpload(em, opened.actor, input, api.now()))).uploadId;
}
