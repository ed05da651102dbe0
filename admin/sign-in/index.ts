import { lazyScreen } from '../parts/lazy.tsx';

export const SignIn = lazyScreen(async () => (await import('./SignIn.tsx')).SignIn);
export const ForgottenPassword = lazyScreen(async () => (await import('./ForgottenPassword.tsx')).ForgottenPassword);
