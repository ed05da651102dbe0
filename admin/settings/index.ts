import { lazyScreen } from '../parts/lazy.tsx';

export const Settings = lazyScreen(async () => (await import('./Settings.tsx')).Settings);
