import { useLocation } from 'react-router-dom';
import { useAccounts } from './accounts.ts';
import { OpenInvitation } from './OpenInvitation.tsx';

/** More stand in the account switcher. */
const MOST = 3;

/** On the first page, of every account and of none: who invites whoever is signed in to collaborate. */
export function InvitationBands() {
  const { pathname } = useLocation();
  return pathname === '/' ? <Waiting /> : null;
}

function Waiting() {
  const invitations = useAccounts().data?.invitations ?? [];
  return invitations.slice(0, MOST).map((one) => <div key={one.id} className="band"><OpenInvitation invitation={one} /></div>);
}
