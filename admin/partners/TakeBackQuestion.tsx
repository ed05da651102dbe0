import { Checkbox, FormControlLabel } from '@mui/material';
import type { ReactNode } from 'react';
import { Link } from 'react-router-dom';
import { WarningIcon } from '../parts/icons.ts';
import { useT, useWords } from '../parts/speech.ts';
import type { ShareEffect } from '../providers/partner-types.ts';

type QuestionProps = { readonly orders: ShareEffect['toTakeBack']; readonly isConfirmed: boolean; readonly onConfirmed: (isOn: boolean) => void };

/** Work that the partner could not see any more goes back to the client, once somebody has read which. */
export function TakeBackQuestion({ orders, isConfirmed, onConfirmed }: QuestionProps) {
  const t = useT();
  const words = useWords();
  return (
    <NamedOrders tone="waiting" title={t('partners.take_back_title', { smart_count: orders.length })} orders={orders} more={(one) => <span>({words.assignmentStatus[one.assignmentStatus]})</span>}>
      <p>{t('partners.take_back_instead')}</p>
      <FormControlLabel control={<Checkbox checked={isConfirmed} onChange={(_, isOn) => onConfirmed(isOn)} />} label={t('partners.take_back_confirm', { smart_count: orders.length })} />
    </NamedOrders>
  );
}

/** Work that is reported done must be checked before the partner loses sight of it. */
export function CheckFirst({ orders }: { readonly orders: ShareEffect['toCheck'] }) {
  const t = useT();
  return <NamedOrders tone="danger" title={t('partners.check_first', { smart_count: orders.length })} orders={orders} />;
}

type Named = { readonly id: string; readonly number: string; readonly title: string };
type NamedProps<Order extends Named> = { readonly tone: 'waiting' | 'danger'; readonly title: string; readonly orders: readonly Order[]; readonly more?: (order: Order) => ReactNode; readonly children?: ReactNode };

function NamedOrders<Order extends Named>({ tone, title, orders, more, children }: NamedProps<Order>) {
  return (
    <div className={`note-box is-${tone}`}>
      <WarningIcon aria-hidden />
      <div>
        <p className="strong">{title}</p>
        <ul>{orders.map((one) => <li key={one.id}><Link to={`/work-orders/${one.id}/show`}>{one.number}</Link> {one.title} {more?.(one)}</li>)}</ul>
        {children}
      </div>
    </div>
  );
}
