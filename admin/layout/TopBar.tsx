import { Button, IconButton, Tooltip } from '@mui/material';
import { useTheme } from 'react-admin';
import { Link } from 'react-router-dom';
import { AddIcon, BackIcon, BellIcon, MenuIcon, ThemeIcon } from '../parts/icons.ts';
import { useT } from '../parts/speech.ts';
import type { Session } from '../providers/types.ts';
import { AccountSwitcher } from './AccountSwitcher.tsx';
import { useMay, useMaybeAccount } from './account-context.ts';
import { GlobalSearch } from './GlobalSearch.tsx';
import { usePhoneHeadSlot } from './phone-head.tsx';
import { UserMenu } from './UserMenu.tsx';

type TopBarProps = { readonly session: Session; readonly onMenu: () => void; readonly isMenuOpen: boolean };

/** The app bar; on a phone a screen may put its own head there. */
export function TopBar({ session, onMenu, isMenuOpen }: TopBarProps) {
  const t = useT();
  const head = usePhoneHeadSlot();
  return (
    <header className={`bar ${head ? 'has-phone-head' : ''}`}>
      {head ? (
        <div className="phone-head">
          <IconButton component={Link} to={head.backTo} aria-label={t('action.back')} color="inherit"><BackIcon /></IconButton>
          <span className="one-line"><b>{head.title}</b><br />{head.subtitle}</span>
          <span className="phone-head-end">{head.actions}</span>
        </div>
      ) : null}
      <div className="bar-menu">
        <IconButton onClick={onMenu} aria-label={t('nav.open')} aria-expanded={isMenuOpen} aria-controls="main-menu" color="inherit"><MenuIcon /></IconButton>
      </div>
      <Link to="/" className="brand"><img src="/favicon.svg" alt="" width="22" height="22" />Gewerk</Link>
      <AccountSwitcher />
      <GlobalSearch />
      <div className="bar-end">
        <NewTicket />
        <ReviewBell />
        <ThemeButton />
        <UserMenu session={session} />
      </div>
    </header>
  );
}

function NewTicket() {
  const t = useT();
  const may = useMay();
  if (!may('work_order.create')) return null;
  return (
    <Button variant="contained" className="bar-new" component={Link} to="/work-orders/create" startIcon={<AddIcon />}>
      <span>{t('bar.new_ticket')}</span>
    </Button>
  );
}

function ReviewBell() {
  const t = useT();
  const may = useMay();
  const count = useMaybeAccount()?.account.counts.toReview ?? 0;
  if (!may('to_review.read') || count === 0) return null;
  const label = t('bar.to_review_count', { count });
  return (
    <Tooltip title={label}>
      <IconButton component={Link} to="/to-review" aria-label={label} color="inherit" className="bar-bell"><BellIcon /><span className="bar-dot" /></IconButton>
    </Tooltip>
  );
}

function ThemeButton() {
  const t = useT();
  const [theme, setTheme] = useTheme();
  const isDark = theme ? theme === 'dark' : window.matchMedia('(prefers-color-scheme: dark)').matches;
  return (
    <Tooltip title={t('bar.theme')}>
      <IconButton onClick={() => setTheme(isDark ? 'light' : 'dark')} aria-label={t('bar.theme')} color="inherit" className="bar-theme"><ThemeIcon /></IconButton>
    </Tooltip>
  );
}
