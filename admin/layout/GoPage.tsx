import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { Authenticated } from 'react-admin';
import { useLocation, useNavigate, useParams } from 'react-router-dom';
import { selectAccount } from '../providers/session.ts';
import { LoadingScreen } from './LoadingScreen.tsx';

/** Deep links of mails: they name the account, so the portal first goes there and then opens the order. */
export function GoPage() {
  return <Authenticated loading={<LoadingScreen />}><Go /></Authenticated>;
}

function Go() {
  const { accountId = '', id = '' } = useParams();
  const { search } = useLocation();
  const navigate = useNavigate();
  const client = useQueryClient();
  useEffect(() => {
    selectAccount(accountId);
    client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'auth' });
    void navigate({ pathname: `/work-orders/${encodeURIComponent(id)}/show`, search }, { replace: true });
  }, [accountId, id, search, navigate, client]);
  return <LoadingScreen />;
}
