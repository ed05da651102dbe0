import type { ReactNode } from 'react';
import { useParams } from 'react-router-dom';
import { isGone } from '../providers/http.ts';
import { useFullRecord } from './full-record.ts';
import { Failed, LoadingRows } from './States.tsx';

/** Loads the record that the address names, with the states around it. */
export function OneRecord<Record extends { id: string }>({ resource, children }: { resource: string; children: (record: Record) => ReactNode }) {
  const { id = '' } = useParams();
  const asked = useFullRecord<Record>(resource, id);
  if (asked.data && !isGone(asked.error)) return <>{children(asked.data)}</>;
  return asked.error ? <Failed error={asked.error} wasShown={asked.data !== undefined} onRetry={() => void asked.refetch()} /> : <LoadingRows rows={8} />;
}
