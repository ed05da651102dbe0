import type { EntityName, FilterQuery } from '@mikro-orm/postgresql';
import type { AccountActor } from '#domain/actors.ts';
import { DomainError } from '#domain/errors.ts';
import { Asset } from '../assets/entity.ts';
import { visibleTo as visibleAssets } from '../assets/visibility.ts';
import { asSystem, seeAs, type Em } from '../orm.ts';
import { WorkOrder } from '../work-orders/entity.ts';
import { visibleTo as visibleOrders } from '../work-orders/visibility.ts';
import { Workspace } from '../workspaces/entity.ts';
import { visibleTo as visibleWorkspaces } from '../workspaces/visibility.ts';

const ID_KEYS: readonly string[] = ['id', 'workOrderId', 'workspaceId', 'assetId'];
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** What some stored answer shows that is shared, or held to workspaces. */
type Shown = readonly [entity: EntityName<{ id: string; organisationId: string }>, visible: object];

/** Throws `not_found` where an answer from before shows an order, an asset or a workspace that this actor sees no more. */
export async function assertStillSeen(em: Em, actor: AccountActor, answer: unknown): Promise<void> {
  const ids = [...idsIn(answer)];
  if (ids.length === 0) return;
  const kinds: readonly Shown[] = [
    [WorkOrder as never, visibleOrders(actor)], [Asset as never, visibleAssets(actor)], [Workspace as never, visibleWorkspaces(actor)],
  ];
  for (const [entity, visible] of kinds) {
    const where = { organisationId: actor.organisationId, id: { $in: ids } };
    const there = await asSystem(em, () => em.count(entity, where as never));
    if (there === 0) continue;
    await seeAs(em, actor);
    const seen = await em.count(entity, { $and: [where, visible] } as FilterQuery<{ id: string }> as never);
    if (seen < there) throw new DomainError('not_found');
  }
}

function* idsIn(value: unknown): Generator<string> {
  if (Array.isArray(value)) for (const one of value as unknown[]) yield* idsIn(one);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
  for (const [key, one] of Object.entries(value)) {
    if (typeof one === 'string' && ID_KEYS.includes(key) && UUID.test(one)) yield one;
    else yield* idsIn(one);
  }
}
