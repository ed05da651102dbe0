import { setServed } from '#db/partnerships/served.ts';
import { previewShares, setShares } from '#db/partnerships/shares.ts';
import { findServed, findShares, type SharedWorkspace } from '#db/partnerships/shares-queries.ts';
import type { Em } from '#db/orm.ts';
import type { MemberActor } from '#domain/actors.ts';
import { plain } from '../present.ts';
import { route, type Route } from '../route.ts';
import { IdParams } from '../schema.ts';
import { ServedInput, ServedRecord, ShareEffects, SharesInput, SharesRecord } from './shares-schema.ts';

const SHARES = '/accounts/:accountId/partnerships/:id/shares';

const show = route(
  { method: 'get', path: SHARES, access: 'partner.read', summary: 'What of each workspace is shared with a partner', params: IdParams, response: SharesRecord },
  async ({ em, actor, params }) => presentShares(em, actor, params.id),
);

const change = route(
  { method: 'put', path: SHARES, access: 'partner.manage', summary: 'Share workspaces with a partner, or take them back', params: IdParams, body: SharesInput, response: SharesRecord },
  async ({ em, actor, params, body, now }) => {
    await setShares(em, actor, { id: params.id, ...body }, now);
    return presentShares(em, actor, params.id);
  },
);

const preview = route(
  { method: 'post', path: `${SHARES}/preview`, access: 'partner.manage', summary: 'What a change of the shares would give and take', params: IdParams, body: SharesInput, response: ShareEffects },
  async ({ em, actor, params, body }) => {
    const effects = await previewShares(em, actor, { id: params.id, workspaces: body.workspaces });
    return { effects: effects.map((one) => ({ ...one, runningOrders: [...one.runningOrders], toTakeBack: [...one.toTakeBack], toCheck: [...one.toCheck] })) };
  },
);

const served = route(
  { method: 'put', path: '/accounts/:accountId/partnership/served', access: 'own_partnership.manage', summary: 'Which of the shared workspaces we serve', body: ServedInput, response: ServedRecord },
  async ({ em, actor, body, now }) => {
    await setServed(em, actor, body.workspaces, now);
    return { workspaces: await findServed(em, actor) };
  },
);

async function presentShares(em: Em, actor: MemberActor, id: string): Promise<SharesRecord> {
  return { workspaces: (await findShares(em, actor, id)).map(presentShare) };
}

function presentShare({ workspace, share, assetCount, assetIds }: SharedWorkspace): SharesRecord['workspaces'][number] {
  const { id, name, shortName, street, postalCode, city } = plain(workspace);
  const address = [street, [postalCode, city].filter(Boolean).join(' ')].filter(Boolean).join(', ');
  return {
    workspaceId: id, name, shortName, address: address || null, assetCount,
    sharedAssetCount: share?.scope === 'all' ? assetCount : assetIds.length,
    share: share && { scope: share.scope, isServed: share.isServed, notServedReason: share.notServedReason ?? null, assetIds: [...assetIds] },
  };
}

export const shareRoutes: readonly Route[] = [show, change, preview, served];
