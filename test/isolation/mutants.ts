import type { AccountActor } from '#domain/actors.ts';

/** Faults that could happen to somebody, by name. A new rule of who sees what gets one here. */
export const POLICY_MUTANTS: readonly (readonly [policy: string, table: string, what: string, condition: string])[] = [
  ...['partnerships', 'workspace_shares', 'asset_shares', 'participations', 'workspaces', 'work_orders', 'assets', 'assignments', 'internal_assignments', 'dispatch_rules', 'observers', 'comments', 'attachments', 'events', 'outbound_mails']
    .map((table) => ['partner_reads', table, 'gone', 'true'] as const),
  ['partner_reads', 'work_orders', 'the workspace forgotten', 'exists (select 1 from participations p where p.work_order_id = work_orders.id)'],
  ['partner_reads', 'work_orders', 'the part taken forgotten', 'exists (select 1 from workspace_shares s where s.workspace_id = work_orders.workspace_id and s.is_served)'],
  ['partner_reads', 'assets', 'chosen assets forgotten', 'exists (select 1 from workspace_shares s where s.workspace_id = assets.workspace_id and s.is_served)'],
  ['partner_reads', 'comments', 'the side forgotten', `exists (select 1 from work_orders o where o.id = comments.work_order_id) and visibility = 'shared'`],
  ['partner_reads', 'attachments', 'what is internal forgotten', 'exists (select 1 from work_orders o where o.id = attachments.work_order_id)'],
  ['partner_colleagues', 'memberships', 'gone', 'true'],
  ...['work_orders', 'workspaces', 'assets', 'firms', 'comments', 'attachments', 'events', 'partnerships'].map((table) => ['member_own', table, 'gone', 'true'] as const),
  ['member_own', 'comments', 'what the partner keeps inside forgotten', `organisation_id = nullif(current_setting('app.organisation_id', true), '')::uuid`],
  ['member_shown', 'internal_assignments', 'gone', 'true'],
  ['member_author', 'dispatch_rules', 'gone', 'true'],
  ['link_reads', 'work_orders', 'gone', 'true'],
  ['link_reads', 'comments', 'gone', 'true'],
  ...['partnerships', 'access_links', 'workspace_shares', 'workspaces'].map((table) => ['invitee_reads', table, 'gone', 'true'] as const),
];

export const KEY_MUTANTS: readonly (readonly [key: string, table: string])[] = [
  ['assignments_partnership_id_foreign', 'assignments'],
  ['assignments_firm_id_foreign', 'assignments'],
  ['work_orders_workspace_id_foreign', 'work_orders'],
  ['work_orders_asset_id_foreign', 'work_orders'],
  ['assets_workspace_id_foreign', 'assets'],
  ['partnerships_firm_id_foreign', 'partnerships'],
  ['workspace_shares_workspace_id_foreign', 'workspace_shares'],
  ['workspace_shares_partnership_id_foreign', 'workspace_shares'],
  ['asset_shares_asset_id_foreign', 'asset_shares'],
  ['internal_assignments_assignment_id_foreign', 'internal_assignments'],
  ['observers_partnership_id_foreign', 'observers'],
  ['account_tokens_partnership_id_foreign', 'account_tokens'],
];

/** A column too much, for a role that reads the rest of the row. */
export const GRANT_MUTANTS: readonly (readonly [what: string, column: string, table: string, role: string])[] = [
  ['a client reads its partner\'s own numbers', 'own_reference', 'internal_assignments', 'gewerk_member'],
  ['a client reads who of a partner hands work out', 'assigned_by_user_id', 'internal_assignments', 'gewerk_member'],
];

export const FUNCTION_MUTANTS: readonly (readonly [name: string, definition: string, change: (source: string) => string])[] = [
  ['a refused order stays the partner\'s', 'follow_assignment', (source) => source.replace(`('offered', 'accepted', 'done')`, `('offered', 'accepted', 'done', 'withdrawn')`)],
  ['one who left goes on observing', 'follow_observer', (source) => source.replace('new.left_at is not null', 'false')],
  ['a partner\'s search knows no side', 'search_partner_orders', (source) => source.replace(`d.audience = 'shared' and (d.assignment_id is null or d.assignment_id = any(own_assignments))`, `d.audience = 'shared'`)],
  ['a partner\'s search knows no orders', 'search_partner_orders', (source) => source.replace('d.work_order_id = any(orders)', 'true')],
  ['a client\'s search reads what partners keep inside', 'search_work_orders', (source) => source.replace(/\(d\.side_organisation_id = [^)]*\)[^)]*\)::uuid/i, '(true')],
  ['words are indexed for all sides', 'index_comment', (source) => source.replace('new.assignment_id, new.id, gewerk_words', `null, new.id, gewerk_words`)],
  ['a partner\'s own numbers are indexed for all sides', 'index_own_number', (source) => source.replace(`'internal', new.author_organisation_id, new.assignment_id`, `'shared', null, null`)],
  ['a partner\'s own numbers are the client\'s', 'index_own_number', (source) => source.replace('new.author_organisation_id', 'new.organisation_id')],
];

type Change = (answer: unknown, actor: AccountActor) => unknown;
const forPartner = (change: (answer: { $and: object[] }) => unknown): Change => (answer, actor) => (actor.kind === 'partner' ? change(answer as { $and: object[] }) : answer);
const without = (at: number): Change => forPartner(({ $and }) => ({ $and: $and.filter((_part, index) => index !== at) }));
const forMember = (change: (answer: object) => unknown): Change => (answer, actor) => (actor.kind === 'member' ? change(answer as object) : answer);
const nothing: Change = forPartner(() => ({}));

export const FILTER_MUTANTS: readonly (readonly [filter: string, what: string, change: Change])[] = [
  ['work-orders/visibleTo', 'the part taken forgotten', without(1)],
  ['work-orders/visibleTo', 'shared workspaces forgotten', without(2)],
  ['work-orders/visibleTo', 'a technician\'s share forgotten', without(3)],
  ['work-orders/visibleTo', 'gone for partners', nothing],
  ['work-orders/visibleTo', 'gone for members', forMember(() => ({}))],
  ['comments/heardBy', 'gone for partners', nothing],
  ['comments/heardBy', 'gone for members', forMember(() => ({}))],
  ['comments/heardBy', 'sides forgotten', (answer, actor) => (actor.kind === 'partner' ? { $or: [{ visibility: 'shared' }, { authorOrganisationId: actor.partnerOrganisationId }] } : answer)],
  ['assignments/assignmentsSeenBy', 'gone for partners', nothing],
  ['assets/visibleTo', 'gone for partners', nothing],
  ['assets/visibleTo', 'the end forgotten', (answer, actor) => (actor.kind === 'partner' && actor.isEnded ? { organisationId: actor.organisationId } : answer)],
  ['workspaces/visibleTo', 'gone for partners', nothing],
  ['firms/visibleTo', 'gone for members', forMember(() => ({}))],
];
