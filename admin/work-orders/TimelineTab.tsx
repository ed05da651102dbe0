import { useInfiniteQuery } from '@tanstack/react-query';
import { Empty, Answer } from '../parts/States.tsx';
import { DoorIcon } from '../parts/Moments.tsx';
import { usePortal } from '../parts/portal.ts';
import { useT, useWords } from '../parts/speech.ts';
import { useFormat } from '../parts/time.ts';
import type { OnePage, Order, TimelineLine } from '../providers/types.ts';
import { OlderButton } from './older.tsx';
import { merged } from './thread-entries.ts';
import { timelineSentence } from './timeline-words.ts';

/** What happened, when, by whom and by which door; newest first, never edited. */
export function TimelineTab({ order }: { order: Order }) {
  const t = useT();
  const portal = usePortal();
  const asked = useInfiniteQuery({
    queryKey: ['work-orders', 'timeline', order.id],
    queryFn: ({ pageParam }) => portal.timeline(order.id, pageParam),
    initialPageParam: 1,
    getNextPageParam: ({ pageInfo }: OnePage<TimelineLine>) => (pageInfo.hasNextPage ? pageInfo.page + 1 : undefined),
  });
  const lines = asked.data && merged(asked.data.pages, []);
  const count = asked.hasNextPage && lines ? (asked.data?.pages[0]?.pageInfo.total ?? 0) - lines.length : 0;
  return (
    <section className="panel">
      <Answer query={{ ...asked, data: lines }} rows={6} isEmpty={(all) => all.length === 0} empty={<Empty text={t('order.no_timeline')} />}>
        {(all) => <ol className="timeline">{all.map((line) => <Line key={line.id} line={line} order={order} />)}</ol>}
      </Answer>
      <OlderButton more={{ count, isLoading: asked.isFetchingNextPage, error: asked.isFetchNextPageError ? asked.error : null, load: () => void asked.fetchNextPage() }} />
    </section>
  );
}

function Line({ line, order }: { line: TimelineLine; order: Order }) {
  const t = useT();
  const words = useWords();
  const format = useFormat();
  return (
    <li className="timeline-line">
      <time dateTime={line.occurredAt} title={format.dateTime(line.occurredAt)} className="second">{format.near(line.occurredAt)}</time>
      <span>{timelineSentence(line, { words, t, order, near: format.near, nearDay: format.nearDay, window: format.window })}</span>
      <span className="second"><DoorIcon door={line.door} withWord={false} /> {line.actorName ?? t('order.system')}</span>
    </li>
  );
}
