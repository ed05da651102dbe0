import { Button } from '@mui/material';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useErrorText, useT } from '../parts/speech.ts';
import type { OnePage } from '../providers/types.ts';
import { merged } from './thread-entries.ts';

type Item = { readonly id: string };
type Newest<One extends Item> = { readonly newest: readonly One[]; readonly count: number; readonly perPage: number };

export type Older<One extends Item> = {
  /** What is known, in no order: the newest and what was asked for. */
  readonly items: readonly One[];
  readonly more: { readonly count: number; readonly isLoading: boolean; readonly error: unknown; readonly load: () => void };
};

/**
 * What a record brings along of something long (its newest), and older pages on demand. Once asked for, all pages follow
 * live changes from the first on, so that nothing falls between what the record brings and what was asked for before.
 */
export function useOlder<One extends Item>(key: readonly string[], { newest, count, perPage }: Newest<One>, load: (page: number) => Promise<OnePage<One>>): Older<One> {
  const asked = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam }) => load(pageParam),
    initialPageParam: 1,
    getNextPageParam: (last: OnePage<One>) => (last.pageInfo.hasNextPage ? last.pageInfo.page + 1 : undefined),
    initialData: () => ({ pages: [firstPage(newest, count, perPage)], pageParams: [1] }),
    // Only what somebody has opened is asked for again; it is forgotten with the page.
    enabled: ({ state }) => (state.data?.pages.length ?? 0) > 1,
    gcTime: 0,
  });
  const { pages } = asked.data;
  const items = useMemo(() => merged(pages, newest), [pages, newest]);
  return {
    items,
    more: { count: Math.max(0, count - items.length), isLoading: asked.isFetchingNextPage, error: asked.isFetchNextPageError ? asked.error : null, load: () => void asked.fetchNextPage() },
  };
}

function firstPage<One extends Item>(newest: readonly One[], count: number, perPage: number): OnePage<One> {
  return { data: [...newest], pageInfo: { page: 1, perPage, total: count, isTotalCapped: false, hasNextPage: true } };
}

/** "Ältere anzeigen (n)", as long as there are any. */
export function OlderButton({ more }: { more: Older<Item>['more'] }) {
  const t = useT();
  const errorText = useErrorText();
  if (more.count === 0) return null;
  return (
    <p className="older">
      {more.error ? <span className="danger" role="alert">{errorText(more.error)}</span> : null}
      <Button variant="outlined" size="small" disabled={more.isLoading} onClick={more.load}>{t('order.older', { count: more.count })}</Button>
    </p>
  );
}
