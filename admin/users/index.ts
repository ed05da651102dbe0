import { lazyScreen } from '../parts/lazy.tsx';

export const list = lazyScreen(async () => (await import('./UserList.tsx')).UserList);
