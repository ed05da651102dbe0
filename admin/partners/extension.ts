import { addDays, localDate } from '#domain/calendar/local-time.ts';

/** What is proposed when an invitation is extended. */
const MORE_DAYS = 14;

/** Days to which an open invitation can be extended: the first one after its present last day that is not over, and the one proposed. */
export function extensionDays(validUntil: string, now: Date, timeZone: string): { readonly earliest: string; readonly proposed: string } {
  const [lastDay, today] = [localDate(new Date(validUntil), { timeZone }), localDate(now, { timeZone })];
  const next = addDays(lastDay, 1);
  return { earliest: next > today ? next : today, proposed: addDays(lastDay > today ? lastDay : today, MORE_DAYS) };
}
