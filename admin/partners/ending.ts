import type { EndingDecision, EndingOrder } from '../providers/partner-types.ts';

export const DECISIONS = ['finish', 'take_back', 'hand_on'] as const satisfies readonly EndingDecision['decision'][];
export type Decisions = Readonly<Record<string, { readonly decision: EndingDecision['decision']; readonly firmId?: string }>>;

/** What becomes of each running order; null until all are decided, and whoever is handed on has a firm. */
export function decided(orders: readonly Pick<EndingOrder, 'id'>[], decisions: Decisions): EndingDecision[] | null {
  const whole = orders.flatMap(({ id }): EndingDecision[] => {
    const known = decisions[id];
    if (!known || (known.decision === 'hand_on' && !known.firmId)) return [];
    return [{ workOrderId: id, decision: known.decision, ...(known.decision === 'hand_on' && known.firmId ? { firmId: known.firmId } : {}) }];
  });
  return whole.length === orders.length ? whole : null;
}
