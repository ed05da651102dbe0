import type { OrderRow } from '../providers/types.ts';
import './order-list.css';

/** What an order is called in lists: its title, below it number and workspace. */
export function OrderName({ row }: { row: OrderRow }) {
  return (
    <span className="order-name">
      <span className="strong one-line">{row.title}</span>
      <span className="second one-line">{row.number} · {row.workspaceName}</span>
    </span>
  );
}
