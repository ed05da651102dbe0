import { lazyScreen } from '../parts/lazy.tsx';

export const list = lazyScreen(async () => (await import('./PartnerList.tsx')).PartnerList);
export const show = lazyScreen(async () => (await import('./PartnerShow.tsx')).PartnerShow);
