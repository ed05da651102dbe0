import { useEffect } from 'react';
import { useLocation, useNavigate, useParams } from 'react-router-dom';
import { moveToAccount } from '../providers/address.ts';
import { loadSession } from '../providers/session.ts';
import { LoadingScreen } from './LoadingScreen.tsx';

/** Deep links of mails: they name the account, so the portal first goes there and then opens the order or the mail, or the account's first page. */
export function GoPage({ resource }: { readonly resource?: 'work-orders' | 'mails' | 'partnerships' }) {
  const { accountId = '', id = '' } = useParams();
  const { pathname, search } = useLocation();
  const navigate = useNavigate();
  useEffect(() => {
    const go = async (): Promise<void> => {
      try {
        await loadSession();
      } catch {
        await navigate('/sign-in', { replace: true, state: { nextPathname: pathname, nextSearch: search } });
        return;
      }
      moveToAccount(accountId, resource ? `/${resource}/${encodeURIComponent(id)}/show${search}` : `/${search}`, true);
    };
    void go();
  }, [resource, accountId, id, pathname, search, navigate]);
  return <LoadingScreen />;
}
