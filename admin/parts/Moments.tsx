import { Tooltip } from '@mui/material';
import type { Door } from '#domain/statuses.ts';
import { DesktopIcon, LinkIcon, MailIcon, PhoneIcon, ProcessIcon, WarningIcon } from './icons.ts';
import { pressure } from './near.ts';
import { useT, useWords } from './speech.ts';
import { useFormat } from './time.ts';

/** A near date in words, the exact one on hover and focus. */
export function Moment({ at, className }: { at: string; className?: string | undefined }) {
  const format = useFormat();
  return (
    <Tooltip title={format.dateTime(at)}>
      <time dateTime={at} className={className} tabIndex={-1}>{format.near(at)}</time>
    </Tooltip>
  );
}

/** A deadline: amber within a day, red with a triangle once passed. */
export function DueDate({ at, isPassed }: { at: string; isPassed?: boolean | undefined }) {
  const format = useFormat();
  const press = isPassed === true ? 'late' : pressure(new Date(at), format.now);
  if (press === 'late') return <span className="icon-line danger strong"><WarningIcon /><Moment at={at} /></span>;
  return <Moment at={at} className={press === 'soon' ? 'waiting strong' : undefined} />;
}

/** A due day; red with a word for readers once it has passed. */
export function DueDay({ day, isOverdue }: { day: string; isOverdue: boolean }) {
  const format = useFormat();
  const t = useT();
  return (
    <Tooltip title={format.date(day)}>
      <time dateTime={day} className={isOverdue ? 'danger strong' : ''}>
        {format.nearDay(day)}{isOverdue ? <span className="hidden-text"> ({t('order.overdue')})</span> : null}
      </time>
    </Tooltip>
  );
}

const DOOR_ICONS = { portal: DesktopIcon, link: LinkIcon, mail: MailIcon, phone: PhoneIcon, process: ProcessIcon } as const;

/** The door by which an entry came in, with its word. */
export function DoorIcon({ door, withWord = true }: { door: Door; withWord?: boolean }) {
  const words = useWords();
  const Icon = DOOR_ICONS[door];
  return (
    <span className="icon-line">
      <Icon aria-hidden />
      {withWord ? words.door[door] : <span className="hidden-text">{words.door[door]}</span>}
    </span>
  );
}
