import type { Settings } from '#domain/settings.ts';
import type { Position } from '#workflows/contract.ts';

const RESTING: Omit<Position, 'status' | 'summary'> = {
  isEnded: false,
  nextAt: null,
  nextStep: null,
  level: 0,
  needsAttention: false,
  details: '',
};

/** The subject of a process is not there (any more): it ends. */
export function gone(): Position {
  return ended('gone', 'the row is gone');
}

/** The process has done its work. */
export function ended(status: string, summary: string, more: Partial<Position> = {}): Position {
  return { ...RESTING, ...more, status, summary, isEnded: true };
}

/** The process looks again at a moment, or when it is called. */
export function waiting(status: string, summary: string, until: { at: Date; step: string } | null, more: Partial<Position> = {}): Position {
  return { ...RESTING, ...more, status, summary, nextAt: until?.at.toISOString() ?? null, nextStep: until?.step ?? null };
}

/** Markdown link from the Temporal UI to the order in the portal. */
export function orderLink(settings: Settings, order: { readonly organisationId: string; readonly id: string; readonly number: string }): string {
  return `[${order.number}](${orderUrl(settings, order)})`;
}

/** Address of a mail in the portal's log, which says why it was sent. */
export function mailUrl(settings: Settings, organisationId: string, mailId: string): string {
  return `${settings.PUBLIC_URL.replace(/\/$/, '')}/go/${organisationId}/mails/${mailId}`;
}

/** Address of a partner or an invitation in the portal, for people of the client. */
export function partnershipUrl(settings: Settings, partnership: { readonly organisationId: string; readonly id: string }): string {
  return `${settings.PUBLIC_URL.replace(/\/$/, '')}/go/${partnership.organisationId}/partnerships/${partnership.id}`;
}

/** Address of an order in the portal, for people of the organisation. */
export function orderUrl(settings: Settings, order: { readonly organisationId: string; readonly id: string }, action?: 'answer' | 'hand-on' | 'extend'): string {
  const url = `${settings.PUBLIC_URL.replace(/\/$/, '')}/go/${order.organisationId}/work-orders/${order.id}`;
  return action ? `${url}?do=${action}` : url;
}
