import { lazyScreen } from '../parts/lazy.tsx';

export const list = lazyScreen(async () => (await import('./FirmList.tsx')).FirmList);
export const show = lazyScreen(async () => (await import('./FirmShow.tsx')).FirmShow);
export const create = lazyScreen(async () => (await import('./FirmCreate.tsx')).FirmCreate);
export const edit = lazyScreen(async () => (await import('./FirmEdit.tsx')).FirmEdit);
