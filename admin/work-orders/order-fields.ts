import type { Priority } from '#domain/statuses.ts';
import type { Order } from '../providers/types.ts';

/** The form of an order: all strings, as fields hold them. */
export type OrderFields = {
  readonly title: string; readonly description: string; readonly workspaceId: string; readonly assetId: string; readonly locationText: string;
  readonly priority: Priority; readonly dueOn: string; readonly onSiteName: string; readonly onSitePhone: string; readonly onSiteEmail: string;
  readonly onSiteHours: string; readonly accessNote: string; readonly category: string; readonly costLimit: string; readonly clientReference: string;
  readonly responsibleUserId: string; readonly isSafetyRelevant: boolean; readonly isWarranty: boolean;
};

export function emptyFields(responsibleUserId: string): OrderFields {
  return {
    title: '', description: '', workspaceId: '', assetId: '', locationText: '', priority: 'normal', dueOn: '', onSiteName: '', onSitePhone: '', onSiteEmail: '',
    onSiteHours: '', accessNote: '', category: '', costLimit: '', clientReference: '', responsibleUserId, isSafetyRelevant: false, isWarranty: false,
  };
}

export function fieldsOf(order: Order): OrderFields {
  return {
    title: order.title, description: order.description ?? '', workspaceId: order.workspaceId, assetId: order.assetId ?? '', locationText: order.locationText ?? '',
    priority: order.priority, dueOn: order.dueOn ?? '', onSiteName: order.onSiteName ?? '', onSitePhone: order.onSitePhone ?? '', onSiteEmail: order.onSiteEmail ?? '',
    onSiteHours: order.onSiteHours ?? '', accessNote: order.accessNote ?? '', category: order.category ?? '',
    costLimit: order.costLimitCents === null ? '' : (order.costLimitCents / 100).toFixed(2).replace('.', ',').replace(/,00$/, ''),
    clientReference: order.clientReference ?? '', responsibleUserId: order.responsibleUserId ?? '', isSafetyRelevant: order.isSafetyRelevant, isWarranty: order.isWarranty,
  };
}

/** The record as the API takes it: empty fields are null, money in cents; null when the amount can't be read. */
export function recordOf(fields: OrderFields): Record<string, unknown> | null {
  const costLimitCents = centsOf(fields.costLimit);
  if (costLimitCents === undefined) return null;
  const orNull = (value: string): string | null => value.trim() || null;
  return {
    title: fields.title.trim(), description: fields.description.trim(), workspaceId: fields.workspaceId, assetId: orNull(fields.assetId), locationText: orNull(fields.locationText),
    priority: fields.priority, dueOn: orNull(fields.dueOn), onSiteName: orNull(fields.onSiteName), onSitePhone: orNull(fields.onSitePhone),
    onSiteEmail: orNull(fields.onSiteEmail), onSiteHours: orNull(fields.onSiteHours), accessNote: orNull(fields.accessNote), category: orNull(fields.category),
    costLimitCents, clientReference: orNull(fields.clientReference), responsibleUserId: orNull(fields.responsibleUserId),
    isSafetyRelevant: fields.isSafetyRelevant, isWarranty: fields.isWarranty,
  };
}

/** `1.234,50`, `1,234.50`, `500` → cents; empty → null; anything else → undefined. The last `.` or `,` before two digits is the point. */
export function centsOf(typed: string): number | null | undefined {
  const text = typed.replace(/[\s€£]|CHF|EUR|GBP/gi, '');
  if (text === '') return null;
  const match = /^(\d{1,3}(?:[.,']?\d{3})*|\d+)(?:[.,](\d{1,2}))?$/.exec(text);
  if (!match) return undefined;
  const whole = Number((match[1] ?? '').replace(/[.,']/g, ''));
  return whole * 100 + Number((match[2] ?? '0').padEnd(2, '0'));
}
