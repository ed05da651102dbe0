import { lazyScreen } from '../parts/lazy.tsx';

export const Profile = lazyScreen(async () => (await import('./Profile.tsx')).Profile);
export const TokenPage = lazyScreen(async () => (await import('./TokenPage.tsx')).TokenPage);
