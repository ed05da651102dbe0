import { useQuery } from '@tanstack/react-query';
import type { Partnership } from '../providers/partner-types.ts';
import type { Asset, Firm, Member, Workspace } from '../providers/types.ts';
import { usePortal } from './portal.ts';

type Names = { workspaces: Workspace; firms: Firm; users: Member; assets: Asset; partnerships: Partnership };

/** The records of a small directory for choosing from, at most a hundred; larger ones are searched by `q`. */
export function useRecords<Name extends keyof Names>(resource: Name, filter: Record<string, unknown> = {}, isEnabled = true): readonly Names[Name][] {
  const portal = usePortal();
  const asked = useQuery({
    queryKey: [resource, 'choices', filter],
    queryFn: async ({ signal }) => (await portal.getList(resource, { pagination: { page: 1, perPage: 100 }, filter, signal })).data,
    enabled: isEnabled,
    staleTime: 60_000,
  });
  return (asked.data ?? []) as unknown as readonly Names[Name][];
}
