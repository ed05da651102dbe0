import { lazyScreen } from '../parts/lazy.tsx';

export const list = lazyScreen(async () => (await import('./WorkspaceList.tsx')).WorkspaceList);
export const show = lazyScreen(async () => (await import('./WorkspaceShow.tsx')).WorkspaceShow);
export const create = lazyScreen(async () => (await import('./WorkspaceCreate.tsx')).WorkspaceCreate);
export const edit = lazyScreen(async () => (await import('./WorkspaceEdit.tsx')).WorkspaceEdit);
