import { useState } from 'react';
import { Link } from 'react-router-dom';
import { AccountLink } from '../parts/AccountLink.tsx';
import { CheckIcon, ListIcon, SearchIcon } from '../parts/icons.ts';
import { Count, Initials } from '../parts/Panel.tsx';
import { useT, useWords } from '../parts/speech.ts';
import { moveToAccount } from '../providers/address.ts';
import type { Accounts } from '../providers/partner-types.ts';
import { sessionNow } from '../providers/session.ts';
import { accountsBy, ownOnly } from './account-order.ts';
import { useAccounts } from './accounts.ts';
import { OpenInvitation } from './OpenInvitation.tsx';

type ChoicesProps = { readonly current: string; readonly onClose: () => void };

/** Own organisations first, then clients by name, each with what is open there; Enter opens the first that was found. */
export function AccountChoices({ current, onClose }: ChoicesProps) {
  const t = useT();
  const asked = useAccounts();
  const [q, setQ] = useState('');
  // One's own are known from the sign-in; clients and counts come with the answer.
  const accounts = asked.data ?? ownOnly(sessionNow());
  const found = accountsBy(accounts, q);
  const go = (id: string): void => {
    onClose();
    if (id !== current) moveToAccount(id);
  };
  const first = found.own[0] ?? found.clients[0];
  return (
    <div className="account-choices">
      <label className="list-search">
        <SearchIcon aria-hidden />
        <span className="hidden-text">{t('bar.account_search')}</span>
        <input autoFocus type="search" value={q} placeholder={t('bar.account_search')} onChange={(event) => setQ(event.target.value)}
          onKeyDown={(event) => { if (event.key === 'Enter' && first) go(first.id); }} />
        <kbd className="kbd" aria-hidden>G A</kbd>
      </label>
      <Groups accounts={accounts} found={found} current={current} onGo={go} onClose={onClose} />
      {asked.error && !asked.data ? <p className="second" role="alert">{t('accounts.failed')} <button type="button" className="linklike" onClick={() => void asked.refetch()}>{t('state.retry')}</button></p> : null}
    </div>
  );
}

type GroupsProps = ChoicesProps & { readonly accounts: Accounts; readonly found: Pick<Accounts, 'own' | 'clients'>; readonly onGo: (id: string) => void };

function Groups({ accounts, found, current, onGo, onClose }: GroupsProps) {
  const t = useT();
  const words = useWords();
  return (
    <>
      {accounts.clients.length > 0 ? (
        <Link to="/client-orders" className="all-orders" onClick={onClose}><ListIcon /><span>{t('accounts.all_orders')}</span><Count value={accounts.clientsOpenCount} /></Link>
      ) : null}
      {found.own.length + found.clients.length === 0 ? <p className="second">{t('bar.no_account')}</p> : null}
      {found.own.length > 0 ? <h2 className="second strong">{t('accounts.own')}</h2> : null}
      <ul>
        {found.own.map((one) => <Choice key={one.id} id={one.id} name={one.name} second={words.role[one.role]} count={one.openCount} isCurrent={one.id === current} onGo={onGo} />)}
      </ul>
      {found.clients.length > 0 ? <h2 className="second strong">{t('accounts.clients')}</h2> : null}
      <ul>
        {found.clients.map((one) => (
          <Choice key={one.id} id={one.id} name={one.name} count={one.openCount} lateCount={one.lateCount} isCurrent={one.id === current} onGo={onGo}
            second={one.isEnded ? t('accounts.ended') : t('accounts.partner_workspaces', { smart_count: one.workspaceCount })} />
        ))}
      </ul>
      {accounts.invitations.length > 0 ? <ul className="account-invitations">{accounts.invitations.map((one) => <li key={one.id} className="account-invitation"><OpenInvitation invitation={one} /></li>)}</ul> : null}
    </>
  );
}

type ChoiceProps = {
  readonly id: string; readonly name: string; readonly second: string; readonly count: number; readonly lateCount?: number; readonly isCurrent: boolean; readonly onGo: (id: string) => void;
};

/** A link, so that an account can also be opened in a tab of its own. */
function Choice({ id, name, second, count, lateCount = 0, isCurrent, onGo }: ChoiceProps) {
  const t = useT();
  const said = lateCount > 0 ? t('accounts.late', { count: lateCount }) : t('accounts.open_count', { count });
  return (
    <li>
      <AccountLink account={id} aria-current={isCurrent ? 'true' : undefined} className={`account-choice ${isCurrent ? 'is-current' : ''}`}
        onClick={(event) => { if (isCurrent && !event.ctrlKey && !event.metaKey) event.preventDefault(); if (event.defaultPrevented) onGo(id); }}>
        <Initials name={name} isFirm />
        <span className="account-name"><b className="one-line">{name}</b><span className="second one-line">{second}</span></span>
        {count > 0 ? <span title={said}><Count value={count} isDanger={lateCount > 0} /><span className="hidden-text">{said}</span></span> : null}
        {isCurrent ? <CheckIcon /> : null}
      </AccountLink>
    </li>
  );
}
