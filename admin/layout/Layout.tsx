import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Suspense, useEffect, useMemo, useState, useSyncExternalStore, type ReactNode } from 'react';
import { ErrorBoundary } from 'react-error-boundary';
import { useSetLocale, type CoreLayoutProps } from 'react-admin';
import { useLocation } from 'react-router-dom';
import { Failed, LoadingRows, NotFound } from '../parts/States.tsx';
import { usePortal } from '../parts/portal.ts';
import { useSpokenLocale, useT } from '../parts/speech.ts';
import { addressedAccount, moveToAccount } from '../providers/address.ts';
import { codeOf } from '../providers/http.ts';
import { accountId, loadSession, rememberAccount, sessionNow, subscribeSession } from '../providers/session.ts';
import { startLive, type LiveState } from '../providers/live.ts';
import type { Session } from '../providers/types.ts';
import { PlaceContext, useMaybeAccount, useMay } from './account-context.ts';
import { Bands } from './Bands.tsx';
import { CrashPage } from './CrashPage.tsx';
import { LiveRegion } from './LiveRegion.tsx';
import { LoadingScreen } from './LoadingScreen.tsx';
import { NoSuchAccount } from './NoSuchAccount.tsx';
import { Menu } from './Menu.tsx';
import { permissionOfPage } from './page-permissions.ts';
import { PhoneHeadProvider } from './phone-head.tsx';
import { ShortcutsProvider } from './shortcuts.tsx';
import { TopBar } from './TopBar.tsx';

/** The frame around every screen: app bar, menu, bands, and the account that all of them work in. */
export function Layout({ children }: CoreLayoutProps) {
  const session = useSession();
  if (!session) return <LoadingScreen />;
  return <AccountFrame session={session}>{children}</AccountFrame>;
}

function AccountFrame({ session, children }: { session: Session; children: ReactNode }) {
  const id = accountId();
  const portal = usePortal();
  const isAddressed = useAddressed(session, id);
  const account = useQuery({ queryKey: ['account', id], queryFn: ({ signal }) => portal.account(signal), enabled: id !== null && isAddressed });
  const live = useLive(isAddressed ? id : null);
  useOwnLocale(session);
  const place = useMemo(
    () => (id && account.data ? { session, accountId: id, account: account.data } : null),
    [id, account.data, session],
  );
  if (id && account.isPending) return <LoadingScreen />;
  if (id && !account.data) return codeOf(account.error) === 'not_found' ? <NoSuchAccount /> : <Failed error={account.error} onRetry={() => void account.refetch()} />;
  return (
    <PlaceContext value={place}>
      <PhoneHeadProvider>
        <ShortcutsProvider>
          <Frame session={session} live={live}>{children}</Frame>
        </ShortcutsProvider>
      </PhoneHeadProvider>
    </PlaceContext>
  );
}

/** Pages without an account in their address go on in one; the portal starts there anew. */
function useAddressed(session: Session, id: string | null): boolean {
  const { pathname, search, hash } = useLocation();
  const isAddressed = id === null || addressedAccount() !== null;
  useEffect(() => {
    if (id && !isAddressed) moveToAccount(id, `${pathname}${search}${hash}`, true);
    else if (id && session.accounts.some((one) => one.id === id)) rememberAccount(id);
  }, [id, isAddressed, session, pathname, search, hash]);
  return isAddressed;
}

function Frame({ session, live, children }: { session: Session; live: LiveState; children: ReactNode }) {
  const [isMenuOpen, setIsMenuOpen] = useState(false);
  const { pathname } = useLocation();
  const t = useT();
  useEffect(() => setIsMenuOpen(false), [pathname]);
  return (
    <div className="frame">
      <a href="#main-content" className="skip-link" onClick={(event) => { event.preventDefault(); document.getElementById('main-content')?.focus(); }}>{t('bar.skip')}</a>
      <TopBar session={session} onMenu={() => setIsMenuOpen((isOpen) => !isOpen)} isMenuOpen={isMenuOpen} />
      <div className="frame-body">
        <Menu isOpen={isMenuOpen} onClose={() => setIsMenuOpen(false)} />
        <div className="frame-main">
          <Bands live={live} />
          <main id="main-content" className="frame-content" tabIndex={-1}>
            <ErrorBoundary FallbackComponent={CrashPage} resetKeys={[pathname]}>
              <Suspense fallback={<LoadingRows rows={8} />}><Permitted pathname={pathname}>{children}</Permitted></Suspense>
            </ErrorBoundary>
          </main>
        </div>
      </div>
      <LiveRegion />
    </div>
  );
}

/** What somebody may not open does not exist for them: the page asks nothing and says what a wrong address says. */
function Permitted({ pathname, children }: { pathname: string; children: ReactNode }) {
  const may = useMay();
  const place = useMaybeAccount();
  const needs = permissionOfPage(pathname);
  return place && needs && !may(needs) ? <NotFound /> : <>{children}</>;
}

function useSession(): Session | null {
  const known = useSyncExternalStore(subscribeSession, sessionNow);
  useEffect(() => {
    // A failure leads to the sign-in page by React-admin's own check.
    if (!known) void loadSession().catch(() => undefined);
  }, [known]);
  return known;
}

function useLive(id: string | null): LiveState {
  const client = useQueryClient();
  const [state, setState] = useState<LiveState>('live');
  useEffect(() => (id ? startLive(id, client, setState) : undefined), [id, client]);
  return state;
}

/** The user's own language wins over the one that this browser started in. */
function useOwnLocale(session: Session): void {
  const setLocale = useSetLocale();
  const locale = useSpokenLocale();
  const wanted = session.user.locale;
  useEffect(() => {
    if (wanted !== locale) setLocale(wanted);
    // Only when the session's language changes: the language menu may differ until it is saved.
  }, [wanted]);
}
