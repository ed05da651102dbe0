import { useQuery } from '@tanstack/react-query';
import { Empty, Answer } from '../parts/States.tsx';
import { DoorIcon } from '../parts/Moments.tsx';
import { usePortal } from '../parts/portal.ts';
import { useT, useWords } from '../parts/speech.ts';
import { useFormat } from '../parts/time.ts';
import type { Order, TimelineLine } from '../providers/types.ts';
import { timelineSentence } from './timeline-words.ts';

/** What happened, when, by whom and by which door; newest first, never edited. */
export function TimelineTab({ order }: { order: Order }) {
  const t = useT();
  const portal = usePortal();
  const asked = useQuery({ queryKey: ['work-orders', 'timeline', order.id], queryFn: () => portal.timeline(order.id) });
  return (
    <section className="panel">
      <Answer query={asked} rows={6} isEmpty={(lines) => lines.length === 0} empty={<Empty text={t('order.no_timeline')} />}>
        {(lines) => <ol className="timeline">{[...lines].sort((one, other) => Date.parse(other.occurredAt) - Date.parse(one.occurredAt)).map((line) => <Line key={line.id} line={line} order={order} />)}</ol>}
      </Answer>
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
