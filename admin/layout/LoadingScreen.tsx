import { useAfter } from '../parts/States.tsx';
import { useT } from '../parts/speech.ts';

/** Shown while the session is asked for; blank at first, so that it does not flash. */
export function LoadingScreen() {
  const t = useT();
  const isShown = useAfter(400);
  return <div className="loading-screen" role="status">{isShown ? t('state.loading') : null}</div>;
}
