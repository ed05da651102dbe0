import type { EndingDecision, EndingOrder, OwnEndingDecision } from '../providers/partner-types.ts';

export const DECISIONS = ['finish', 'take_back', 'hand_on'] as const satisfies readonly EndingDecision['decision'][];
export type Decisions = Readonly<Record<string, { readonly decision: EndingDecision['decision']; readonly firmId?: string }>>;

type Asked = Pick<EndingOrder, 'id' | 'finishBy'>;

/** What is chosen for an order: now, or decided before; null where it is open. */
export function chosenFor({ id, finishBy }: Asked, decisions: Decisions): EndingDecision['decision'] | null {
  return decisions[id]?.decision ?? (finishBy ? 'finish' : null);
}

/** What becomes of each running order; null until all are decided, and whoever is handed on has a firm. */
export function decided(orders: readonly Pick<EndingOrder, 'id'>[], decisions: Decisions): EndingDecision[] | null {
  const whole = orders.flatMap(({ id }): EndingDecision[] => {
    const known = decisions[id];
    if (!known || (known.decision === 'hand_on' && !known.firmId)) return [];
    return [{ workOrderId: id, decision: known.decision, ...(known.decision === 'hand_on' && known.firmId ? { firmId: known.firmId } : {}) }];
  });
  return whole.length === orders.length ? whole : null;
}

/** What is decided otherwise than so far, while the rest stays; null while there is nothing, or a firm is missing. */
export function decidedAnew(orders: readonly Asked[], decisions: Decisions): EndingDecision[] | null {
  const anew = orders.filter((one) => decisions[one.id] && !(one.finishBy && decisions[one.id]?.decision === 'finish'));
  return anew.length > 0 ? decided(anew, decisions) : null;
}

export type OwnDecisions = Readonly<Record<string, OwnEndingDecision['decision']>>;

/** What a partner may do with an order of its own: what is done can't be given back. */
export function ownWays({ assignmentStatus }: Pick<EndingOrder, 'assignmentStatus'>): readonly OwnEndingDecision['decision'][] {
  return assignmentStatus === 'done' ? ['finish'] : ['finish', 'give_back'];
}

/** What the partner does with each of its running orders; null until all are decided. */
export function ownDecided(orders: readonly Pick<EndingOrder, 'id' | 'assignmentStatus'>[], decisions: OwnDecisions): OwnEndingDecision[] | null {
  const whole = orders.flatMap((one): OwnEndingDecision[] => {
    const ways = ownWays(one);
    const decision = ways.length === 1 ? ways[0] : decisions[one.id];
    return decision ? [{ workOrderId: one.id, decision }] : [];
  });
  return whole.length === orders.length ? whole : null;
}
