import { useQuery } from '@tanstack/react-query';
import { fill } from '#domain/words/index.ts';
import { Empty, Answer } from '../parts/States.tsx';
import { DoorIcon } from '../parts/Moments.tsx';
import { usePortal } from '../parts/portal.ts';
import { useT, useWords } from '../parts/speech.ts';
import { useFormat, type Format } from '../parts/time.ts';
import type { Order, TimelineLine } from '../providers/types.ts';
import type { Words } from '#domain/words/index.ts';

/** What happened, when, by whom and by which door; newest first, never edited. */
export function TimelineTab({ order }: { order: Order }) {
  const t = useT();
  const portal = usePortal();
  const asked = useQuery({ queryKey: ['work-orders', 'timeline', order.id], queryFn: () => portal.timeline(order.id) });
  return (
    <section className="panel">
      <Answer query={asked} rows={6} isEmpty={(lines) => lines.length === 0} empty={<Empty text={t('order.no_timeline')} />}>
        {(lines) => <ol className="timeline">{[...lines].sort((one, other) => Date.parse(other.occurredAt) - Date.parse(one.occurredAt)).map((line) => <Line key={line.id} line={line} />)}</ol>}
      </Answer>
    </section>
  );
}

function Line({ line }: { line: TimelineLine }) {
  const t = useT();
  const words = useWords();
  const format = useFormat();
  return (
    <li className="timeline-line">
      <time dateTime={line.occurredAt} title={format.dateTime(line.occurredAt)} className="second">{format.near(line.occurredAt)}</time>
      <span>{sentenceOf(line, words, format)}</span>
      <span className="second"><DoorIcon door={line.door} withWord={false} /> {line.actorName ?? t('order.system')}</span>
    </li>
  );
}

const CODES: readonly (keyof Words)[] = ['declineReason', 'withdrawReason', 'holdReason', 'priority', 'planned', 'skipReason', 'step'];

/** The event's sentence; moments and codes in its data are put in words, unknown events show their name. */
export function sentenceOf(line: Pick<TimelineLine, 'name' | 'data' | 'assigneeName'>, words: Words, format: Pick<Format, 'near' | 'window'>): string {
  const sentence = (words.event as Readonly<Record<string, string>>)[line.name] ?? line.name;
  const said = Object.entries(line.data).map(([name, value]) => [name, sayValue(value, words, format)] as const);
  return fill(sentence, { assignee: line.assigneeName, ...Object.fromEntries(said) });
}

function sayValue(value: unknown, words: Words, format: Pick<Format, 'near'>): string {
  if (Array.isArray(value)) return value.map((one) => sayValue(one, words, format)).join(', ');
  if (value === null || value === undefined || typeof value === 'object') return '';
  const text = String(value as string | number | boolean);
  if (/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(text)) return format.near(text);
  for (const section of CODES) {
    const found = (words[section] as Readonly<Record<string, string>>)[text];
    if (found) return found;
  }
  return text;
}
