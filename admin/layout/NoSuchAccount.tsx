import { Button } from '@mui/material';
import { Empty } from '../parts/States.tsx';
import { useT } from '../parts/speech.ts';
import { moveToAccount } from '../providers/address.ts';
import { ownAccountId } from '../providers/session.ts';

/** The address names an account that is not, or is no longer, one of theirs. */
export function NoSuchAccount() {
  const t = useT();
  return (
    <main className="no-account">
      <Empty text={t('accounts.not_found')}>
        <Button variant="outlined" onClick={() => moveToAccount(ownAccountId())}>{t('accounts.to_own')}</Button>
      </Empty>
    </main>
  );
}
