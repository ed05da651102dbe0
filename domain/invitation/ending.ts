import { addDays, atLocalTime, type Zoned } from '../calendar/local-time.ts';

/** Of a partnership that one side ends: `end` when its last day is over, `close` once nothing runs any more. */
export type EndingAction = 'end' | 'close';

export type EndingSnapshot = {
  readonly endsOn: string | null;
  /** Its last day is over; what was accepted by then is still being finished. */
  readonly endedAt: Date | null;
  readonly hasRunningOrders: boolean;
};

export type EndingPlan = {
  readonly due: EndingAction | null;
  readonly next: { readonly at: Date; readonly action: EndingAction } | null;
  readonly waitsFor: 'last_day' | 'last_orders' | 'nothing';
  readonly isEnded: boolean;
};

/** The first moment after the last day, by the client's clock. */
export function afterLastDay(endsOn: string, zone: Zoned): Date {
  return atLocalTime(addDays(endsOn, 1), '00:00', zone);
}

/** What becomes of an accepted partnership, and when; the rest is decided by people. */
export function nextEndingStep({ endsOn, endedAt, hasRunningOrders }: EndingSnapshot, zone: Zoned, now: Date): EndingPlan {
  if (!endsOn) return { due: null, next: null, waitsFor: 'nothing', isEnded: true };
  if (endedAt) return { due: hasRunningOrders ? null : 'close', next: null, waitsFor: 'last_orders', isEnded: false };
  const at = afterLastDay(endsOn, zone);
  const isOver = at <= now;
  return { due: isOver ? 'end' : null, next: isOver ? null : { at, action: 'end' }, waitsFor: 'last_day', isEnded: false };
}
