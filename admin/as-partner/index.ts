import { lazyScreen } from '../parts/lazy.tsx';

export const OwnPartnershipPage = lazyScreen(async () => (await import('./OwnPartnershipPage.tsx')).OwnPartnershipPage);
