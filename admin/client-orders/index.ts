import { lazyScreen } from '../parts/lazy.tsx';

export const ClientOrders = lazyScreen(async () => (await import('./ClientOrders.tsx')).ClientOrders);
export const ClientCalendar = lazyScreen(async () => (await import('./ClientCalendar.tsx')).ClientCalendar);
