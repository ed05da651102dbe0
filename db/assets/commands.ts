import type { MemberActor } from '#domain/actors.ts';
import { DomainError } from '#domain/errors.ts';
import { newId } from '../columns.ts';
import { recordEvent } from '../events/record.ts';
import type { Em } from '../orm.ts';
import { given } from '../workspaces/commands.ts';
import { getWorkspace } from '../workspaces/queries.ts';
import { Asset } from './entity.ts';
import { getAsset } from './queries.ts';

export type AssetInput = {
  readonly workspaceId: string;
  readonly number: string;
  readonly name: string;
  readonly category: string | null;
  readonly locationText: string | null;
  readonly parentId: string | null;
  readonly manufacturer: string | null;
  readonly model: string | null;
  readonly serialNumber: string | null;
  readonly installedOn: string | null;
  readonly warrantyUntil: string | null;
  readonly notes: string | null;
};

const DEEPEST = 20;

/** Adds an asset; throws `name_taken` for a number that another one has. */
export async function createAsset(em: Em, actor: MemberActor, input: AssetInput, now: Date): Promise<Asset> {
  await getWorkspace(em, actor, input.workspaceId);
  await assertFreeNumber(em, actor, input.number, null);
  if (input.parentId) await assertParent(em, actor, input.parentId, null);
  const asset = em.create(Asset, { id: newId(), organisationId: actor.organisationId, ...input, createdAt: now, updatedAt: now });
  await recordEvent(em, actor, { name: 'asset.created', organisationId: actor.organisationId, subjectId: asset.id }, now);
  await em.flush();
  return asset;
}

/** Changes what is given, and archives or brings back. */
export async function changeAsset(
  em: Em,
  actor: MemberActor,
  id: string,
  input: { readonly [K in keyof AssetInput]?: AssetInput[K] | undefined } & { readonly isArchived?: boolean | undefined },
  now: Date,
): Promise<Asset> {
  const asset = await getAsset(em, actor, id);
  if (input.workspaceId) await getWorkspace(em, actor, input.workspaceId);
  if (input.number) await assertFreeNumber(em, actor, input.number, id);
  if (input.parentId) await assertParent(em, actor, input.parentId, id);
  const { isArchived, ...fields } = input;
  em.assign(asset, { ...given(fields), updatedAt: now } as never);
  if (isArchived !== undefined) asset.archivedAt = isArchived ? (asset.archivedAt ?? now) : null;
  await recordEvent(em, actor, { name: 'asset.changed', organisationId: actor.organisationId, subjectId: id }, now);
  await em.flush();
  return asset;
}

async function assertFreeNumber(em: Em, actor: MemberActor, number: string, id: string | null): Promise<void> {
  const taken = await em.findOne(Asset, { organisationId: actor.organisationId, number }, { fields: ['id'] });
  if (taken && taken.id !== id) throw new DomainError('name_taken', { field: 'number' });
}

/** A parent must exist for the actor and must not be the asset itself or lie below it. */
async function assertParent(em: Em, actor: MemberActor, parentId: string, id: string | null): Promise<void> {
  let above: string | null = parentId;
  for (let level = 0; above !== null; level += 1) {
    if (above === id || level > DEEPEST) throw new DomainError('invalid_input', { field: 'parentId' });
    const parent: Asset = await getAsset(em, actor, above);
    above = parent.parentId ?? null;
  }
}
