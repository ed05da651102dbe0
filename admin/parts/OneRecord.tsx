import type { ReactNode } from 'react';
import { useGetOne, type RaRecord } from 'react-admin';
import { useParams } from 'react-router-dom';
import { Failed, LoadingRows } from './States.tsx';

/** Loads the record that the address names, with the states around it. */
export function OneRecord<Record extends { id: string }>({ resource, children }: { resource: string; children: (record: Record) => ReactNode }) {
  const { id = '' } = useParams();
  const asked = useGetOne<Record & RaRecord>(resource, { id });
  if (asked.data) return <>{children(asked.data)}</>;
  return asked.error ? <Failed error={asked.error} onRetry={() => void asked.refetch()} /> : <LoadingRows rows={8} />;
}
