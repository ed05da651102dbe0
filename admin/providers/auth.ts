import type { AuthProvider } from 'react-admin';
import { HttpError } from 'react-admin';
import { lapseSession, loadSession, signIn, signOut } from './session.ts';

/** Session by cookie; what somebody may do is asked of the server and never reckoned here. */
export const authProvider: AuthProvider = {
  async login({ email, password }: { email: string; password: string }) {
    await signIn(email, password);
  },
  async logout() {
    await signOut();
    return '/sign-in';
  },
  async checkAuth() {
    await loadSession().catch((error: unknown) => {
      if (error instanceof HttpError && error.status !== 401) return;
      lapseSession();
      // No message: the sign-in page itself says what to do.
      throw Object.assign(new Error('not signed in'), { message: false, redirectTo: '/sign-in' });
    });
  },
  async checkError(error: { status?: number }) {
    if (error.status !== 401) return;
    lapseSession();
    throw new HttpError('ra.notification.logged_out', 401);
  },
  async getIdentity() {
    const { user } = await loadSession();
    return { id: user.id, fullName: user.name };
  },
};
