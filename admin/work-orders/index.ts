import { lazyScreen } from '../parts/lazy.tsx';

export const list = lazyScreen(async () => (await import('./OrderList.tsx')).OrderList);
export const show = lazyScreen(async () => (await import('./OrderShow.tsx')).OrderShow);
export const create = lazyScreen(async () => (await import('./OrderCreate.tsx')).OrderCreate);
export const edit = lazyScreen(async () => (await import('./OrderEdit.tsx')).OrderEdit);
