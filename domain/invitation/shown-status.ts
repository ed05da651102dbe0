import type { PartnershipStatus } from '../statuses.ts';

/** A partnership's status as lists show it: what is known beyond the bare one. Dependency-free. */
export const SHOWN_PARTNERSHIP_STATUSES = [
  'invited', 'reminded', 'bounced', 'accepted', 'declined', 'expired', 'withdrawn', 'ending', 'ended',
] as const;
export type ShownPartnershipStatus = (typeof SHOWN_PARTNERSHIP_STATUSES)[number];

type Known = {
  readonly status: PartnershipStatus;
  readonly remindedAt: Date | null;
  readonly lastRemindedAt: Date | null;
  readonly bouncedAt: Date | null;
  readonly endsOn: string | null;
};

export function shownStatus(known: Known): ShownPartnershipStatus {
  if (known.status === 'accepted') return known.endsOn ? 'ending' : 'accepted';
  if (known.status !== 'invited') return known.status;
  if (known.bouncedAt) return 'bounced';
  return known.remindedAt || known.lastRemindedAt ? 'reminded' : 'invited';
}
