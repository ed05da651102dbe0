import type { Asset } from '../providers/types.ts';

const NAMES = ['workspaceId', 'number', 'name', 'category', 'locationText', 'parentId', 'manufacturer', 'model', 'serialNumber', 'installedOn', 'warrantyUntil', 'notes'] as const;
export type AssetFields = Readonly<Record<(typeof NAMES)[number], string>>;

export const EMPTY_ASSET = Object.fromEntries(NAMES.map((name) => [name, ''])) as AssetFields;

export function fieldsOfAsset(asset: Asset): AssetFields {
  return Object.fromEntries(NAMES.map((name) => [name, asset[name] ?? ''])) as AssetFields;
}

/** What the API takes; null until it has a number, a name and a workspace. */
export function recordOfAsset(fields: AssetFields): Record<string, unknown> | null {
  if (!fields.workspaceId || fields.number.trim() === '' || fields.name.trim() === '') return null;
  return Object.fromEntries(NAMES.map((name) => [name, fields[name].trim() || null]));
}
