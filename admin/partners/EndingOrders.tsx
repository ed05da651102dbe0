import { MenuItem, TextField } from '@mui/material';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Answer } from '../parts/States.tsx';
import { StatusChip } from '../parts/StatusChip.tsx';
import { useT } from '../parts/speech.ts';
import type { EndingOrder } from '../providers/partner-types.ts';

export type Choice<D extends string> = { readonly value: D; readonly label: string };

type Props<D extends string> = {
  readonly asked: UseQueryResult<{ orders: EndingOrder[] }>;
  readonly empty: string;
  /** What may become of an order; where there is one way only, it is not asked. */
  readonly choices: (order: EndingOrder) => readonly Choice<D>[];
  readonly chosen: (order: EndingOrder) => D | null;
  readonly onChoose: (order: EndingOrder, decision: D) => void;
  /** What was decided so far, in words. */
  readonly soFar?: (order: EndingOrder) => string;
  /** What a choice asks beyond itself. */
  readonly more?: (order: EndingOrder) => ReactNode;
};

/** The running orders of a partnership that ends, each with what becomes of it. */
export function EndingOrders<D extends string>({ asked, empty, ...line }: Props<D>) {
  const t = useT();
  return (
    <Answer query={asked} rows={3} isEmpty={(data) => data.orders.length === 0} empty={<p className="note-box">{empty}</p>}>
      {({ orders }) => (
        <>
          <h3 className="form-section">{t('partners.end_orders', { smart_count: orders.length })}</h3>
          <ul className="ending">{orders.map((one) => <Line key={one.id} order={one} {...line} />)}</ul>
        </>
      )}
    </Answer>
  );
}

function Line<D extends string>({ order, choices, chosen, onChoose, soFar, more }: Omit<Props<D>, 'asked' | 'empty'> & { readonly order: EndingOrder }) {
  const t = useT();
  const ways = choices(order);
  const only = ways.length === 1 ? ways[0] : undefined;
  return (
    <li className="ending-line">
      <span className="share-name">
        <span className="strong">{order.title}</span><br />
        <span className="second">{order.number} · {order.workspaceName}{soFar ? ` · ${soFar(order)}` : ''}</span>
      </span>
      <StatusChip status={order.status} />
      {only ? <span className="second ending-only">{only.label}</span> : (
        <TextField select label={t('partners.end_what')} value={chosen(order) ?? ''} onChange={(event) => onChoose(order, event.target.value as D)}
          slotProps={{ select: { SelectDisplayProps: { 'aria-label': `${t('partners.end_what')}: ${order.number}` } } }}>
          {ways.map((one) => <MenuItem key={one.value} value={one.value}>{one.label}</MenuItem>)}
        </TextField>
      )}
      {more?.(order)}
    </li>
  );
}

/** Carries a decision out; where the API refuses, the orders are asked for again while what was chosen stays. */
export async function orAskAgain(asked: UseQueryResult, decision: Promise<unknown>): Promise<void> {
  try {
    await decision;
  } catch (error) {
    await asked.refetch();
    throw error;
  }
}
