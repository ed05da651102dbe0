import { Button } from '@mui/material';
import { Empty } from '../parts/States.tsx';
import { WarningIcon } from '../parts/icons.ts';
import { useT } from '../parts/speech.ts';

/** A screen threw while rendering. */
export function CrashPage() {
  const t = useT();
  return (
    <Empty text={t('state.crashed')} icon={<WarningIcon />}>
      <Button variant="outlined" onClick={() => window.location.reload()}>{t('state.reload')}</Button>
    </Empty>
  );
}
