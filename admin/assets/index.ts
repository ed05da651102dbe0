import { lazyScreen } from '../parts/lazy.tsx';

export const list = lazyScreen(async () => (await import('./AssetList.tsx')).AssetList);
export const show = lazyScreen(async () => (await import('./AssetShow.tsx')).AssetShow);
export const create = lazyScreen(async () => (await import('./AssetCreate.tsx')).AssetCreate);
export const edit = lazyScreen(async () => (await import('./AssetEdit.tsx')).AssetEdit);
