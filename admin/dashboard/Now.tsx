import { formatDate, formatTime } from '#domain/format/dates.ts';
import { useSpokenLocale } from '../parts/speech.ts';
import { useFormat } from '../parts/time.ts';

/** The day and the time in the organisation's zone. */
export function Now() {
  const locale = useSpokenLocale();
  const { now, zone } = useFormat();
  return <span className="hint">{formatDate(now, locale, zone)}, {formatTime(now, locale, zone)}</span>;
}
