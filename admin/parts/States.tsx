import { Button, Skeleton } from '@mui/material';
import { useEffect, useState, type ReactNode } from 'react';
import { Link } from 'react-router-dom';
import { isGone } from '../providers/http.ts';
import { WarningIcon } from './icons.ts';
import { useErrorText, useT } from './speech.ts';

/** Rows of the final height, shown only after 200 ms so that quick answers do not flicker. */
export function LoadingRows({ rows = 6, height = 44 }: { rows?: number; height?: number }) {
  const isShown = useAfter(200);
  const t = useT();
  return (
    <div role="status" aria-label={t('state.loading')} style={{ minHeight: rows * height }}>
      {isShown ? Array.from({ length: rows }, (_, row) => (
        <div key={row} style={{ height, padding: '8px 14px' }}><Skeleton height={height - 16} width={`${92 - (row % 3) * 14}%`} /></div>
      )) : null}
    </div>
  );
}

/** One sentence and one action. */
export function Empty({ text, icon, children }: { text: string; icon?: ReactNode; children?: ReactNode }) {
  return (
    <div className="empty">
      {icon ? <div className="empty-icon" aria-hidden>{icon}</div> : null}
      <p>{text}</p>
      {children}
    </div>
  );
}

/**
 * What failed, and the way to try again; a missing or forbidden thing is "nicht gefunden" alike. Whoever had it on their
 * screen until now (`wasShown`) is told why it went.
 */
export function Failed({ error, onRetry, wasShown = false }: { error: unknown; onRetry?: (() => void) | undefined; wasShown?: boolean }) {
  const errorText = useErrorText();
  const t = useT();
  if (isGone(error)) return wasShown ? <Gone /> : <NotFound />;
  return (
    <div className="empty" role="alert">
      <div className="empty-icon danger" aria-hidden><WarningIcon /></div>
      <p>{errorText(error)}</p>
      {onRetry ? <Button variant="outlined" onClick={onRetry}>{t('state.retry')}</Button> : null}
    </div>
  );
}

/** Taken away while it was being looked at. */
function Gone() {
  const t = useT();
  return (
    <div className="empty" role="status">
      <h1 className="empty-title">{t('state.gone_title')}</h1>
      <p>{t('state.gone')}</p>
      <Button variant="outlined" component={Link} to="/">{t('state.to_dashboard')}</Button>
    </div>
  );
}

export function NotFound() {
  const t = useT();
  return (
    <div className="empty">
      <h1 className="empty-title">{t('state.not_found_title')}</h1>
      <p>{t('state.not_found')}</p>
      <Button variant="outlined" component={Link} to="/">{t('state.to_dashboard')}</Button>
    </div>
  );
}

type Asked<Data> = { readonly data: Data | undefined; readonly error: unknown; readonly isPending: boolean; readonly refetch: () => unknown };

/** The states of a card that asks: skeleton, error with retry, empty, and its content; what was taken away meanwhile is shown no longer. */
export function Answer<Data>({ query, rows = 3, isEmpty, empty, children }: {
  query: Asked<Data>; rows?: number; isEmpty?: (data: Data) => boolean; empty?: ReactNode; children: (data: Data) => ReactNode;
}) {
  if (query.data !== undefined && !isGone(query.error)) return isEmpty?.(query.data) ? empty : children(query.data);
  if (query.isPending && !query.error) return <LoadingRows rows={rows} />;
  return <Failed error={query.error} wasShown={query.data !== undefined} onRetry={() => void query.refetch()} />;
}

/** True once so many milliseconds have passed since the component appeared. */
export function useAfter(milliseconds: number): boolean {
  const [isOver, setIsOver] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setIsOver(true), milliseconds);
    return () => clearTimeout(timer);
  }, [milliseconds]);
  return isOver;
}
