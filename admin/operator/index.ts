import { lazyScreen } from '../parts/lazy.tsx';

export const Health = lazyScreen(async () => (await import('./Health.tsx')).Health);
