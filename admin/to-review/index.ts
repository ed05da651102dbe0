import { lazyScreen } from '../parts/lazy.tsx';

export const list = lazyScreen(async () => (await import('./ToReview.tsx')).ToReview);
export const show = list;
