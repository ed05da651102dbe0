import { assignWork, type AssignInput } from '#db/assignments/assign.ts';
import type { Assignment } from '#db/assignments/entity.ts';
import { mintLink } from '#db/assignments/links.ts';
import type { Firm, FirmContact } from '#db/firms/entity.ts';
import { emFor, systemEm } from '#db/orm.ts';
import type { WorkOrder } from '#db/work-orders/entity.ts';
import type { MemberActor } from '#domain/actors.ts';
import type { TestApi } from '../support/api.ts';
import { aContact, aFirm, aWorkOrder } from '../support/builders.ts';
import type { Cast } from '../support/cast.ts';

export type Shown = { readonly status: number; readonly html: string; readonly text: string; readonly headers: Headers; readonly location: string };
type Fields = Readonly<Record<string, string>> | readonly (readonly [string, string])[];
export type FormFile = { readonly name: string; readonly bytes: Uint8Array | string; readonly type?: string };

/** A firm that was asked, by a real command, and its link. */
export type Asked = {
  readonly order: WorkOrder; readonly firm: Firm; readonly mira: FirmContact; readonly jost: FirmContact;
  readonly assignment: Assignment; readonly token: string; readonly base: string;
};

export function memberOf(cast: Cast): MemberActor {
  return { kind: 'member', organisationId: cast.organisation.id, userId: cast.coordinator.user.id, role: 'coordinator', workspaceIds: null };
}

export async function anAskedFirm(
  api: TestApi,
  cast: Cast,
  given: { order?: Partial<WorkOrder>; firm?: Partial<Firm>; assign?: Partial<AssignInput>; of?: WorkOrder } = {},
): Promise<Asked> {
  const organisationId = cast.organisation.id;
  const order = given.of ?? (await aWorkOrder(api.orm, organisationId, cast.workspace.id, {
    title: 'Decke nach Wasserschaden streichen', description: 'Im Treppenhaus, 3. OG.', onSiteName: 'Ivo Bronn', onSitePhone: '0171 39200 12',
    accessNote: 'Schlüssel beim Hausmeister', responsibleUserId: cast.coordinator.user.id, ...given.order,
  }));
  const firm = await aFirm(api.orm, organisationId, { company: 'Farbwerk Sonnleit', ...given.firm });
  const mira = await aContact(api.orm, organisationId, firm.id, { name: 'Mira Sonnleit', email: 'mira@farbwerk.test', roles: ['dispatch'] });
  const jost = await aContact(api.orm, organisationId, firm.id, { name: 'Jost Sonnleit', email: 'jost@farbwerk.test', position: 1 });
  const actor = memberOf(cast);
  const assignment = await emFor(api.orm, actor).transactional((em) => assignWork(em, actor, { workOrderId: order.id, firmId: firm.id, ...given.assign }, api.now()));
  const token = await aLink(api, assignment);
  return { order, firm, mira, jost, assignment, token, base: `/a/${token}` };
}

export async function aLink(api: TestApi, assignment: Assignment, more: { expiresAt?: Date } = {}): Promise<string> {
  return systemEm(api.orm, assignment.organisationId).transactional(async (em) => mintLink(em, {
    organisationId: assignment.organisationId, workOrderId: assignment.workOrderId, purpose: 'assignment', assignmentId: assignment.id, contactId: assignment.contactId ?? null, ...more,
  }, api.now()));
}

/** A page as a browser would get it; redirects are not followed. */
export async function show(api: TestApi, path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Shown> {
  return shown(await fetch(`${api.url}${path}`, { method, redirect: 'manual', headers: { 'accept-language': 'de', ...headers } }));
}

/** Sends a form as a browser without JavaScript would. */
export async function send(api: TestApi, path: string, fields: Fields = {}, headers: Record<string, string> = {}): Promise<Shown> {
  const pairs = (Array.isArray(fields) ? fields : Object.entries(fields)) as [string, string][];
  return shown(await fetch(`${api.url}${path}`, { method: 'POST', redirect: 'manual', body: new URLSearchParams(pairs), headers: { 'accept-language': 'de', ...headers } }));
}

export async function sendFiles(api: TestApi, path: string, files: readonly FormFile[], fields: Fields = {}): Promise<Shown> {
  const form = new FormData();
  for (const [name, value] of (Array.isArray(fields) ? fields : Object.entries(fields)) as [string, string][]) form.append(name, value);
  for (const file of files) form.append('files', new Blob([file.bytes as Uint8Array<ArrayBuffer>], { type: file.type ?? 'application/octet-stream' }), file.name);
  return shown(await fetch(`${api.url}${path}`, { method: 'POST', redirect: 'manual', body: form, headers: { 'accept-language': 'de' } }));
}

async function shown(response: Response): Promise<Shown> {
  const html = (await response.text()).replaceAll('&#x3D;', '=').replaceAll('&#x27;', "'");
  const text = html.replace(/<[^>]+>/g, ' ').replace(/[\u00a0\u2060]/g, (sign) => (sign === '\u00a0' ? ' ' : '')).replace(/\s+/g, ' ');
  return { status: response.status, html, text, headers: response.headers, location: response.headers.get('location') ?? '' };
}

/** One number for the content of every table but the counters of how often somebody asked. */
export async function checksum(api: TestApi): Promise<string> {
  const tables = await api.database.query<{ name: string }>(`select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE' and table_name <> 'rate_limits' order by 1`);
  const sums: string[] = [];
  for (const { name } of tables) {
    const [row] = await api.database.query<{ sum: string }>(`select coalesce(md5(string_agg(t::text, '|' order by t::text)), '') as sum from "${name}" t`);
    sums.push(`${name}:${row?.sum ?? ''}`);
  }
  return sums.join('\n');
}
