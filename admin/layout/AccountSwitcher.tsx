import { Button, Popover, TextField } from '@mui/material';
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { ApartmentIcon, CheckIcon, DownIcon } from '../parts/icons.ts';
import { Initials } from '../parts/Panel.tsx';
import { useT, useWords } from '../parts/speech.ts';
import { selectAccount } from '../providers/session.ts';
import type { AccountChoice, Session } from '../providers/types.ts';
import { useMaybeAccount } from './account-context.ts';
import { useShortcut } from './shortcuts.tsx';

/** Which account this tab works in; changing it forgets everything that was loaded. */
export function AccountSwitcher({ session }: { session: Session }) {
  const t = useT();
  const place = useMaybeAccount();
  const anchor = useRef<HTMLButtonElement>(null);
  const [isOpen, setIsOpen] = useState(false);
  useShortcut('g a', () => setIsOpen(true));
  if (!place) return <span />;
  return (
    <>
      <Button ref={anchor} className="switcher" onClick={() => setIsOpen(true)} aria-haspopup="dialog" aria-expanded={isOpen}
        startIcon={<ApartmentIcon />} endIcon={<DownIcon />} aria-label={`${t('bar.accounts')}: ${place.account.organisation.name}`}>
        <span className="one-line">{place.account.organisation.name}</span>
      </Button>
      <Popover open={isOpen} onClose={() => setIsOpen(false)} anchorEl={() => anchor.current} anchorOrigin={{ vertical: 'bottom', horizontal: 'left' }}>
        <AccountChoices accounts={session.accounts} current={place.accountId} onClose={() => setIsOpen(false)} />
      </Popover>
    </>
  );
}

function AccountChoices({ accounts, current, onClose }: { accounts: readonly AccountChoice[]; current: string; onClose: () => void }) {
  const t = useT();
  const words = useWords();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [q, setQ] = useState('');
  const found = accounts.filter((one) => one.name.toLowerCase().includes(q.toLowerCase()));
  const go = async (id: string): Promise<void> => {
    onClose();
    if (id === current) return;
    selectAccount(id);
    await navigate('/');
    client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'auth' });
  };
  return (
    <div className="account-choices">
      <TextField autoFocus value={q} onChange={(event) => setQ(event.target.value)} placeholder={t('bar.account_search')}
        slotProps={{ htmlInput: { 'aria-label': t('bar.account_search') } }}
        onKeyDown={(event) => { if (event.key === 'Enter' && found[0]) void go(found[0].id); }} />
      <p className="second strong">{t('bar.own')}</p>
      {found.length === 0 ? <p className="second">{t('bar.no_account')}</p> : null}
      <ul>
        {found.map((one) => (
          <li key={one.id}>
            <button type="button" className={`plain account-choice ${one.id === current ? 'is-current' : ''}`} onClick={() => void go(one.id)}>
              <Initials name={one.name} isFirm />
              <span className="one-line"><b>{one.name}</b><br /><span className="second">{words.role[one.role]}</span></span>
              {one.id === current ? <CheckIcon /> : null}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
