import { DoorIcon } from '../parts/Moments.tsx';
import { useT, useWords } from '../parts/speech.ts';
import { useFormat } from '../parts/time.ts';
import type { PartnershipDetails } from '../providers/partner-types.ts';
import { partnershipSentence } from './history-words.ts';
import '../work-orders/order.css';

/** All that happened to the partnership, newest first, never edited. */
export function HistoryTab({ partnership }: { readonly partnership: PartnershipDetails }) {
  const t = useT();
  const words = useWords();
  const format = useFormat();
  return (
    <section className="panel">
      <ol className="timeline">
        {partnership.history.toReversed().map((event, at) => (
          <li key={`${event.name}${event.at}${at}`} className="timeline-line">
            <time dateTime={event.at} title={format.dateTime(event.at)} className="second">{format.near(event.at)}</time>
            <span>{partnershipSentence(event, words, format.near, format.date)}</span>
            <span className="second"><DoorIcon door={event.door} withWord={false} /> {event.by ?? t('order.system')}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
