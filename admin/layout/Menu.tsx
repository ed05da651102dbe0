import { NavLink } from 'react-router-dom';
import type { Action } from '#domain/permissions.ts';
import type { MessageKey } from '../messages/shape.ts';
import { Count } from '../parts/Panel.tsx';
import {
  ApartmentIcon, AssetIcon, BriefcaseIcon, CalendarIcon, DashboardIcon, HealthIcon, InboxIcon, ListIcon, MailIcon, PartnerIcon, PeopleIcon, SettingsIcon, SwitchIcon,
} from '../parts/icons.ts';
import { useT } from '../parts/speech.ts';
import { sessionNow } from '../providers/session.ts';
import type { Account } from '../providers/types.ts';
import { useMaybeAccount, useMay } from './account-context.ts';
import { useAccounts } from './accounts.ts';

type Item = {
  readonly to: string; readonly label: MessageKey; readonly Icon: typeof ListIcon; readonly needs: Action;
  readonly count?: (counts: Account['counts']) => number; readonly isUrgent?: true; readonly startsGroup?: true;
  /** Of a partnership that has ended there is only the record. */
  readonly isOfRunning?: true;
};

const ITEMS: readonly Item[] = [
  { to: '/', label: 'nav.dashboard', Icon: DashboardIcon, needs: 'dashboard.read' },
  { to: '/work-orders', label: 'nav.tickets', Icon: ListIcon, needs: 'account.read', count: (counts) => counts.openTickets },
  { to: '/to-review', label: 'nav.to_review', Icon: InboxIcon, needs: 'to_review.read', count: (counts) => counts.toReview, isUrgent: true },
  { to: '/assets', label: 'nav.assets', Icon: AssetIcon, needs: 'asset.read', startsGroup: true },
  { to: '/workspaces', label: 'nav.workspaces', Icon: ApartmentIcon, needs: 'workspace.read' },
  { to: '/firms', label: 'nav.firms', Icon: BriefcaseIcon, needs: 'firm.read' },
  { to: '/partnerships', label: 'nav.partners', Icon: PartnerIcon, needs: 'partner.read' },
  { to: '/mails', label: 'nav.mails', Icon: MailIcon, needs: 'mail_log.read', count: (counts) => counts.mailProblems, isUrgent: true, startsGroup: true },
  { to: '/users', label: 'nav.users', Icon: PeopleIcon, needs: 'user.read' },
  { to: '/settings', label: 'nav.settings', Icon: SettingsIcon, needs: 'settings.read' },
];

/** In the account of a client there is only what exists for a partner. */
const PARTNER_ITEMS: readonly Item[] = [
  { to: '/', label: 'nav.dashboard', Icon: DashboardIcon, needs: 'dashboard.read', isOfRunning: true },
  { to: '/work-orders', label: 'nav.orders', Icon: ListIcon, needs: 'work_order.read', count: (counts) => counts.openTickets },
  { to: '/calendar', label: 'nav.calendar', Icon: CalendarIcon, needs: 'work_order.read' },
  { to: '/assets', label: 'nav.assets', Icon: AssetIcon, needs: 'asset.read', isOfRunning: true },
  { to: '/workspaces', label: 'nav.workspaces', Icon: ApartmentIcon, needs: 'workspace.read' },
  { to: '/partnership', label: 'nav.partnership', Icon: SettingsIcon, needs: 'own_partnership.read', startsGroup: true },
];

/** The menu: only what this person may open, with counts where a number asks for action. */
export function Menu({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const t = useT();
  const may = useMay();
  const account = useMaybeAccount()?.account;
  const counts = account?.counts;
  const items = account?.kind === 'partner' ? PARTNER_ITEMS : ITEMS;
  const isOperator = sessionNow()?.user.isOperator ?? false;
  return (
    <>
      {isOpen ? <button type="button" className="menu-shade" aria-label={t('action.close')} onClick={onClose} /> : null}
      <nav className={`menu ${isOpen ? 'is-open' : ''}`} aria-label={t('nav.main')} id="main-menu">
        {items.filter((item) => may(item.needs) && !(item.isOfRunning && account?.isEnded)).map((item) => (
          <MenuLink key={item.to} item={item} value={counts ? (item.count?.(counts) ?? 0) : 0} />
        ))}
        {account?.kind === 'member' ? <ClientsLink /> : null}
        {isOperator ? <NavLink to="/operator" className="menu-item starts-group"><HealthIcon />{t('nav.health')}</NavLink> : null}
      </nav>
    </>
  );
}

/** To the work of all clients, for who is somebody's partner. */
function ClientsLink() {
  const t = useT();
  const accounts = useAccounts().data;
  if (!accounts || accounts.clients.length === 0) return null;
  return (
    <NavLink to="/client-orders" className="menu-item starts-group">
      <SwitchIcon /><span className="one-line">{t('nav.client_orders')}</span>
      {accounts.clientsOpenCount > 0 ? <span className="menu-count">{accounts.clientsOpenCount}</span> : null}
    </NavLink>
  );
}

function MenuLink({ item, value }: { item: Item; value: number }) {
  const t = useT();
  const { Icon } = item;
  return (
    <NavLink to={item.to} end={item.to === '/'} className={`menu-item ${item.startsGroup ? 'starts-group' : ''}`}>
      <Icon />
      <span className="one-line">{t(item.label)}</span>
      {value > 0 ? <span className="menu-count">{item.isUrgent ? <Count value={value} isSolid /> : value}</span> : null}
    </NavLink>
  );
}
