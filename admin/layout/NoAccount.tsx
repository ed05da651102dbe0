import { ApartmentIcon } from '../parts/icons.ts';
import { usePageTitle } from '../parts/PageHead.tsx';
import { useT } from '../parts/speech.ts';
import { sessionNow } from '../providers/session.ts';

/** Signed in and at work nowhere; invitations stand above it. */
export function NoAccount() {
  const t = useT();
  usePageTitle(t('accounts.none_title'));
  return (
    <div className="empty">
      <div className="empty-icon" aria-hidden><ApartmentIcon /></div>
      <h1 className="empty-title">{t('accounts.none_title')}</h1>
      <p>{t('accounts.none', { email: sessionNow()?.user.email ?? '' })}</p>
    </div>
  );
}
