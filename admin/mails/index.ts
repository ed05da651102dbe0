import { lazyScreen } from '../parts/lazy.tsx';

export const list = lazyScreen(async () => (await import('./MailList.tsx')).MailList);
export const show = lazyScreen(async () => (await import('./MailShow.tsx')).MailShow);
