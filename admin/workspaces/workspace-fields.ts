import type { Workspace } from '../providers/types.ts';

const NAMES = ['name', 'shortName', 'street', 'postalCode', 'city', 'timeZone', 'holidayRegion', 'billingRecipient', 'invoiceEmail', 'onCallPhone', 'defaultResponsibleUserId'] as const;
export type WorkspaceFields = Readonly<Record<(typeof NAMES)[number], string>>;

export const EMPTY_WORKSPACE = Object.fromEntries(NAMES.map((name) => [name, ''])) as WorkspaceFields;

export function fieldsOfWorkspace(workspace: Workspace): WorkspaceFields {
  return Object.fromEntries(NAMES.map((name) => [name, workspace[name] ?? ''])) as WorkspaceFields;
}

/** What the API takes; null until it has a name and a short name for subjects. */
export function recordOfWorkspace(fields: WorkspaceFields): Record<string, unknown> | null {
  if (fields.name.trim() === '' || fields.shortName.trim() === '') return null;
  return Object.fromEntries(NAMES.map((name) => [name, fields[name].trim() || null]));
}
