import { useEffect, useMemo, useSyncExternalStore } from 'react';
import type { I18nProvider } from 'react-admin';
import { createBrowserRouter, RouterProvider } from 'react-router-dom';
import { App } from './App.tsx';
import { baseOf } from './providers/account-path.ts';
import { addressedAccount, subscribeAddress } from './providers/address.ts';

/** The portal of the account that the address names. Another account is another portal: nothing that was loaded crosses over. */
export function Portal({ i18n }: { i18n: I18nProvider }) {
  const id = useSyncExternalStore(subscribeAddress, addressedAccount);
  const router = useMemo(() => createBrowserRouter([{ path: '*', element: <App i18n={i18n} /> }], { basename: baseOf(id) }), [id, i18n]);
  useEffect(() => () => router.dispose(), [router]);
  return <RouterProvider key={id ?? ''} router={router} />;
}
