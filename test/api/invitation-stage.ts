import { Partnership } from '#db/partnerships/entity.ts';
import { mintInvitationLink } from '#db/partnerships/invitation-links.ts';
import { invitePartner, type PartnerInvitation } from '#db/partnerships/invite.ts';
import { emFor, systemEm } from '#db/orm.ts';
import { call, type Answer, type TestApi } from '../support/api.ts';
import { account, adminOf, type Cast } from '../support/cast.ts';

/** An invitation by a real command, and a link as its mail would carry it. */
export type Invited = { readonly id: string; readonly email: string; readonly base: string };

let counter = 0;

export async function anInvitation(api: TestApi, cast: Cast, given: Partial<PartnerInvitation> = {}): Promise<Invited> {
  counter += 1;
  const email = given.email ?? `einladung-${counter}@farbwerk.test`;
  const actor = adminOf(cast);
  const input = { company: `Farbwerk ${counter}`, name: 'Mira Sonnleit', workspaceIds: [cast.workspace.id], ...given, email };
  const { id } = await emFor(api.orm, actor).transactional((em) => invitePartner(em, actor, input, api.now()));
  return { id, email, base: await anInvitationLink(api, cast, id) };
}

export async function anInvitationLink(api: TestApi, cast: Cast, id: string): Promise<string> {
  const organisationId = cast.organisation.id;
  return systemEm(api.orm, organisationId).transactional(async (em) => {
    const partnership = await em.findOneOrFail(Partnership, { organisationId, id });
    const [mail] = await em.execute<{ id: string }[]>('select id from outbound_mails where partnership_id = ? order by created_at desc limit 1', [id]);
    return `/i/${mintInvitationLink(em, partnership, mail?.id ?? id, api.now())}`;
  });
}

/** A command of the client's administrator. */
export function asAdmin(api: TestApi, cast: Cast, method: string, path: string, body?: unknown): Promise<Answer> {
  return call(api, method, account(cast, path), { cookie: cast.admin.cookie, ...(body === undefined ? {} : { body }) });
}

/** The row as its owner sees it. */
export async function partnershipRow(api: TestApi, id: string): Promise<Record<string, unknown>> {
  const [row] = await api.database.query<Record<string, unknown>>('select * from partnerships where id = $1', [id]);
  if (!row) throw new Error('no such partnership');
  return row;
}

/** What is to be mailed about a partnership, in order: template, outcome or kind, and to whom. */
export async function mailsOf(api: TestApi, id: string): Promise<string[]> {
  const rows = await api.database.query<{ template: string; parameters: Record<string, string>; to_email: string }>(
    'select template, parameters, to_email from outbound_mails where partnership_id = $1 and work_order_id is null order by created_at, id', [id],
  );
  return rows.map((row) => `${row.template} ${row.parameters['outcome'] ?? row.parameters['kind'] ?? ''} ${row.to_email}`);
}
