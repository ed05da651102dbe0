import { lazyScreen } from '../parts/lazy.tsx';

export const Dashboard = lazyScreen(async () => (await import('./Dashboard.tsx')).Dashboard);
