import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { usePortal } from './portal.ts';

/**
 * The whole of a record. React-admin's own `getOne` cache is also filled from the rows of lists, which know less;
 * screens that show one record ask under a key of their own.
 */
export function useFullRecord<Record extends { id: string }>(resource: string, id: string): UseQueryResult<Record> {
  const portal = usePortal();
  return useQuery({
    queryKey: [resource, 'full', id],
    queryFn: async ({ signal }) => (await portal.getOne(resource, { id, signal })).data as unknown as Record,
  });
}
