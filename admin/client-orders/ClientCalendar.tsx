import { useAccount } from '../layout/account-context.ts';
import { PageHead } from '../parts/PageHead.tsx';
import { NotFound } from '../parts/States.tsx';
import { useT } from '../parts/speech.ts';
import { CalendarView } from './CalendarView.tsx';

/** The calendar of one client, in its account. */
export function ClientCalendar() {
  const t = useT();
  const { accountId, account } = useAccount();
  if (account.kind !== 'partner') return <NotFound />;
  return (
    <>
      <PageHead title={t('nav.calendar')} />
      <CalendarView clientId={accountId} />
    </>
  );
}
