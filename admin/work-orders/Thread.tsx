import { useLayoutEffect, useMemo, useRef } from 'react';
import { Button } from '@mui/material';
import { Empty } from '../parts/States.tsx';
import { CheckCircleIcon, ProcessIcon } from '../parts/icons.ts';
import { usePortal } from '../parts/portal.ts';
import { useT, useWords } from '../parts/speech.ts';
import { useFormat } from '../parts/time.ts';
import type { Comment, Order } from '../providers/types.ts';
import { OlderButton, useOlder } from './older.tsx';
import { useOrderDialog } from './order-actions.tsx';
import { actionWord } from './process-words.ts';
import { ThreadEntry } from './ThreadEntry.tsx';
import { assigneeName, threadOf, type Mark } from './thread-entries.ts';

/** The conversation in order of time, with what the process did between the messages. */
export function Thread({ order, isSharedOnly }: { order: Order; isSharedOnly: boolean }) {
  const t = useT();
  const open = useOrderDialog();
  const portal = usePortal();
  const said = useOlder<Comment>(['work-orders', 'comments', order.id], { newest: order.comments, count: order.commentCount, perPage: 50 }, (page) => portal.comments(order.id, page));
  const hasOlder = said.more.count > 0;
  const entries = useMemo(() => threadOf({ comments: said.items, assignments: order.assignments }, isSharedOnly, hasOlder), [said.items, order.assignments, isSharedOnly, hasOlder]);
  const scroller = useThreadScroll(entries[0]?.id, entries.at(-1)?.id);
  return (
    <div className="thread" ref={scroller} tabIndex={0} role="log" aria-label={t('order.conversation')} aria-live="off">
      {order.description ? <p className="thread-description pre">{order.description}</p> : null}
      <OlderButton more={said.more} />
      {entries.length === 0 ? (
        <Empty text={t('order.no_messages')}>
          {order.can['assign'] ? <Button variant="outlined" onClick={() => open({ kind: 'assign' })}>{t('assign.title')}</Button> : null}
        </Empty>
      ) : null}
      {entries.map((entry) => (entry.kind === 'comment' ? <ThreadEntry key={entry.id} comment={entry.comment} /> : <MarkLine key={entry.id} mark={entry} />))}
    </div>
  );
}

/** Shows the newest message when there is one, and keeps its place where older ones come in above. */
function useThreadScroll(first: string | undefined, last: string | undefined) {
  const scroller = useRef<HTMLDivElement>(null);
  const before = useRef<{ first: string | undefined; last: string | undefined; height: number }>({ first: undefined, last: undefined, height: 0 });
  useLayoutEffect(() => {
    const box = scroller.current;
    if (!box) return;
    if (before.current.last !== last) box.scrollTop = box.scrollHeight;
    else if (before.current.first !== first) box.scrollTop += box.scrollHeight - before.current.height;
    before.current = { first, last, height: box.scrollHeight };
  }, [first, last]);
  return scroller;
}

function MarkLine({ mark }: { mark: Mark }) {
  const words = useWords();
  const format = useFormat();
  const { assignment } = mark;
  const who = assigneeName(assignment);
  const said = {
    offered: `${words.workOrderStatus.assigned}: ${[who, assignment.contact?.name].filter(Boolean).join(' · ')}`,
    reminded: mark.line ? actionWord(mark.line.action, words, mark.line.number) : '',
    accepted: `${words.assignmentStatus.accepted}: ${assignment.answeredByName ?? who}`,
    bounced: `${words.outboundMailStatus.bounced}: ${assignment.contact?.email ?? who}`,
    ended: `${words.assignmentStatus[assignment.status]}: ${who}`,
  }[mark.what];
  const isDelivered = mark.what === 'offered' && assignment.deliveredAt !== null;
  return (
    <p className={`mark ${mark.what === 'bounced' ? 'danger' : ''}`}>
      <span className="icon-line"><ProcessIcon />{said}</span>
      <span className="icon-line">
        {isDelivered ? <><CheckCircleIcon />{words.outboundMailStatus.delivered.toLowerCase()} {format.near(assignment.deliveredAt ?? mark.at)}</> : <time dateTime={mark.at} title={format.dateTime(mark.at)}>{format.near(mark.at)}</time>}
      </span>
    </p>
  );
}
