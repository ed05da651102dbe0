import type { Colleague, DispatchRule, OwnPartnership } from '../providers/partner-types.ts';

/** Where a workspace's orders go: as everywhere else, to a person, or to a shared mailbox. */
export type DispatchFields = { readonly workspaceId: string | null; readonly to: '' | 'mailbox' | (string & {}); readonly email: string };

/** A line for all workspaces and one for each, in the order of the page. */
export function fieldsOfRules({ rules, workspaces }: Pick<OwnPartnership, 'rules' | 'workspaces'>): DispatchFields[] {
  return [null, ...workspaces.map((one) => one.workspaceId)].map((workspaceId) => {
    const rule = rules.find((one) => one.workspaceId === workspaceId);
    return { workspaceId, to: rule?.memberUserId ?? (rule?.email ? 'mailbox' : ''), email: rule?.email ?? '' };
  });
}

/** Without rules to people who have left or no longer hand out work: they are not offered, and saving another rule doesn't send them. */
export function withoutGone(fields: readonly DispatchFields[], people: readonly Pick<Colleague, 'id'>[]): DispatchFields[] {
  return fields.map((one) => (one.to === '' || one.to === 'mailbox' || people.some(({ id }) => id === one.to) ? one : { ...one, to: '' }));
}

/** The rules as the API takes them; null while a mailbox has no address. */
export function rulesOfFields(fields: readonly DispatchFields[]): DispatchRule[] | null {
  const areWhole = fields.every((one) => one.to !== 'mailbox' || /^\S+@\S+\.\S+$/.test(one.email.trim()));
  if (!areWhole) return null;
  return fields.flatMap(({ workspaceId, to, email }) => {
    if (to === '') return [];
    return [to === 'mailbox' ? { workspaceId, email: email.trim() } : { workspaceId, memberUserId: to }];
  });
}
