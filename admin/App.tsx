import { QueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Admin, CustomRoutes, HttpError, localStorageStore, Resource, type I18nProvider, type Store } from 'react-admin';
import { Route } from 'react-router-dom';
import * as account from './account/index.ts';
import * as asPartner from './as-partner/index.ts';
import * as assets from './assets/index.ts';
import * as clientOrders from './client-orders/index.ts';
import { Dashboard } from './dashboard/index.ts';
import * as firms from './firms/index.ts';
import { CrashPage } from './layout/CrashPage.tsx';
import { GoPage } from './layout/GoPage.tsx';
import { Layout } from './layout/Layout.tsx';
import { Notices } from './layout/Notices.tsx';
import { LoadingScreen } from './layout/LoadingScreen.tsx';
import * as mails from './mails/index.ts';
import * as operator from './operator/index.ts';
import { NotFound } from './parts/States.tsx';
import { authProvider } from './providers/auth.ts';
import { adminDataProvider } from './providers/data.ts';
import * as partners from './partners/index.ts';
import * as settings from './settings/index.ts';
import * as signIn from './sign-in/index.ts';
import { darkTheme, lightTheme } from './theme/theme.ts';
import * as toReview from './to-review/index.ts';
import * as users from './users/index.ts';
import * as workOrders from './work-orders/index.ts';
import * as workspaces from './workspaces/index.ts';

const THEME = 'theme';

/** What one account has loaded; a new one for each. */
function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        // A refusal stays one; only a broken connection is worth a second try.
        retry: (count, error) => count < 1 && !(error instanceof HttpError && error.status >= 400 && error.status < 500),
      },
    },
  });
}

/** Signing out forgets lists and filters, but not whether somebody prefers the dark. */
function createStore(): Store {
  const store = localStorageStore();
  return {
    ...store,
    reset: () => {
      const theme: unknown = store.getItem(THEME);
      store.reset();
      if (theme) store.setItem(THEME, theme);
    },
  };
}
const store = createStore();

/** The portal as a table of what there is: resources, pages around them, and pages without a session. */
export function App({ i18n }: { i18n: I18nProvider }) {
  const [queryClient] = useState(createQueryClient);
  return (
    <Admin
      dataProvider={adminDataProvider} authProvider={authProvider} i18nProvider={i18n} queryClient={queryClient} store={store}
      theme={lightTheme} darkTheme={darkTheme} layout={Layout} dashboard={Dashboard} loading={LoadingScreen} catchAll={NotFound}
      error={CrashPage} notification={Notices} loginPage={false} requireAuth disableTelemetry title="Gewerk"
    >
      <Resource name="work-orders" {...workOrders} />
      <Resource name="firms" {...firms} />
      <Resource name="partnerships" {...partners} />
      <Resource name="workspaces" {...workspaces} />
      <Resource name="assets" {...assets} />
      <Resource name="to-review" {...toReview} />
      <Resource name="mails" {...mails} />
      <Resource name="users" {...users} />
      <CustomRoutes>
        <Route path="/profile" element={<account.Profile />} />
        <Route path="/settings/:section?" element={<settings.Settings />} />
        <Route path="/partnership" element={<asPartner.OwnPartnershipPage />} />
        <Route path="/calendar" element={<clientOrders.ClientCalendar />} />
        <Route path="/client-orders/:view?" element={<clientOrders.ClientOrders />} />
        <Route path="/operator" element={<operator.Health />} />
      </CustomRoutes>
      <CustomRoutes noLayout>
        <Route path="/sign-in" element={<signIn.SignIn />} />
        <Route path="/forgot-password" element={<signIn.ForgottenPassword />} />
        <Route path="/account/:token" element={<account.TokenPage />} />
        <Route path="/go/:accountId" element={<GoPage />} />
        <Route path="/go/:accountId/work-orders/:id" element={<GoPage resource="work-orders" />} />
        <Route path="/go/:accountId/partnerships/:id" element={<GoPage resource="partnerships" />} />
        <Route path="/go/:accountId/mails/:id" element={<GoPage resource="mails" />} />
      </CustomRoutes>
    </Admin>
  );
}
