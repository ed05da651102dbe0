import type { ReactNode } from 'react';

type PanelProps = {
  readonly title?: ReactNode; readonly icon?: ReactNode; readonly count?: number | undefined; readonly isDanger?: boolean;
  readonly end?: ReactNode; readonly flush?: boolean; readonly className?: string; readonly children: ReactNode;
};

/** A card with a line around it: head with title, count and one action, then its content. */
export function Panel({ title, icon, count, isDanger, end, flush, className, children }: PanelProps) {
  return (
    <section className={`panel ${className ?? ''}`}>
      {title ? (
        <div className="panel-head">
          {icon}
          <h2>{title}</h2>
          {count === undefined ? null : <Count value={count} isDanger={Boolean(isDanger) && count > 0} />}
          {end ? <div className="panel-end">{end}</div> : null}
        </div>
      ) : null}
      {flush ? children : <div className="panel-body">{children}</div>}
    </section>
  );
}

export function Count({ value, isDanger, isSolid }: { value: number; isDanger?: boolean; isSolid?: boolean }) {
  return <span className={`count ${isSolid ? 'is-solid' : isDanger ? 'is-danger' : ''}`}>{value >= 10_000 ? '10.000+' : value}</span>;
}

/** Two letters for a person (round) or a firm (square); the name stands beside it, so the letters are drawn by the style sheet. */
export function Initials({ name, isFirm, isLarge }: { name: string; isFirm?: boolean; isLarge?: boolean }) {
  const letters = name.split(/[\s-]+/).filter((part) => /^\p{L}/u.test(part)).map((part) => part[0]?.toUpperCase() ?? '');
  const shown = letters.length > 1 ? `${letters[0] ?? ''}${letters[1] ?? ''}` : name.slice(0, 2).toUpperCase();
  return <span aria-hidden data-letters={shown} className={`initials ${isFirm ? 'is-firm' : ''} ${isLarge ? 'is-large' : ''}`} />;
}
