import { Button, Popover } from '@mui/material';
import { useState } from 'react';
import { ApartmentIcon, DownIcon } from '../parts/icons.ts';
import { useT } from '../parts/speech.ts';
import { useMaybeAccount } from './account-context.ts';
import { AccountChoices } from './AccountChoices.tsx';
import { useShortcut } from './shortcuts.tsx';

/** Which account this tab works in. */
export function AccountSwitcher() {
  const t = useT();
  const place = useMaybeAccount();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const [isOpen, setIsOpen] = useState(false);
  useShortcut('g a', () => setIsOpen(true));
  if (!place) return <span />;
  const { name } = place.account.organisation;
  return (
    <>
      <Button ref={setAnchor} className="switcher" onClick={() => setIsOpen(true)} aria-haspopup="dialog" aria-expanded={isOpen}
        startIcon={<ApartmentIcon />} endIcon={<DownIcon />} aria-label={`${t('bar.accounts')}: ${name}`}>
        <span className="one-line">{name}</span>
      </Button>
      <Popover open={isOpen && anchor !== null} onClose={() => setIsOpen(false)} anchorEl={anchor} anchorOrigin={{ vertical: 'bottom', horizontal: 'left' }}
        slotProps={{ paper: { 'aria-label': t('bar.accounts'), role: 'dialog' } }}>
        <AccountChoices current={place.accountId} onClose={() => setIsOpen(false)} />
      </Popover>
    </>
  );
}
