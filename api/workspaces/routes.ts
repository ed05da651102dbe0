import type { Em } from '#db/orm.ts';
import { changeWorkspace, createWorkspace } from '#db/workspaces/commands.ts';
import type { Workspace } from '#db/workspaces/entity.ts';
import { countIn, findWorkspaces, getWorkspace } from '#db/workspaces/queries.ts';
import type { AccountActor } from '#domain/actors.ts';
import { route, type Route } from '../route.ts';
import { IdParams } from '../schema.ts';
import { presentWorkspace } from './present.ts';
import { WorkspaceChange, WorkspaceInput, WorkspacePage, WorkspaceQuery, WorkspaceRecord } from './schema.ts';

const LIST = '/accounts/:accountId/workspaces';
const ONE = '/accounts/:accountId/workspaces/:id';

async function present(em: Em, actor: AccountActor, workspaces: readonly Workspace[]): Promise<WorkspaceRecord[]> {
  const counts = await countIn(em, actor, workspaces.map((one) => one.id));
  return workspaces.map((one) => presentWorkspace(one, actor, counts.get(one.id)));
}

async function presentOne(em: Em, actor: AccountActor, workspace: Workspace): Promise<WorkspaceRecord> {
  const counts = await countIn(em, actor, [workspace.id]);
  return presentWorkspace(workspace, actor, counts.get(workspace.id));
}

const list = route(
  { method: 'get', path: LIST, access: 'workspace.read', summary: 'Workspaces that I see', query: WorkspaceQuery, response: WorkspacePage },
  async ({ em, actor, query }) => {
    const page = await findWorkspaces(em, actor, { ...query, sort: { by: query.sort, order: query.order } });
    return { data: await present(em, actor, page.data), pageInfo: page.pageInfo };
  },
);

const show = route(
  { method: 'get', path: ONE, access: 'workspace.read', summary: 'One workspace', params: IdParams, response: WorkspaceRecord },
  async ({ em, actor, params }) => presentOne(em, actor, await getWorkspace(em, actor, params.id)),
);

const create = route(
  {
    method: 'post',
    path: LIST,
    access: 'workspace.manage',
    summary: 'Add a workspace',
    body: WorkspaceInput,
    response: WorkspaceRecord,
    status: 201,
  },
  async ({ em, actor, body, now }) => presentOne(em, actor, await createWorkspace(em, actor, body, now)),
);

const change = route(
  {
    method: 'patch',
    path: ONE,
    access: 'workspace.manage',
    summary: 'Change a workspace, or bring it back from the archive',
    params: IdParams,
    body: WorkspaceChange,
    response: WorkspaceRecord,
  },
  async ({ em, actor, params, body, now }) => presentOne(em, actor, await changeWorkspace(em, actor, params.id, body, now)),
);

const archive = route(
  { method: 'delete', path: ONE, access: 'workspace.manage', summary: 'Archive a workspace; running orders go on', params: IdParams },
  async ({ em, actor, params, now }) => void (await changeWorkspace(em, actor, params.id, { isArchived: true }, now)),
);

export const workspaceRoutes: readonly Route[] = [list, show, create, change, archive];
