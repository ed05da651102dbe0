import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Assignment } from '#db/assignments/entity.ts';
import { emFor, systemEm, type Em } from '#db/orm.ts';
import { acceptInvitation, type Acceptance } from '#db/partnerships/accept-invitation.ts';
import { declineInvitation, nameOtherPerson } from '#db/partnerships/answer-invitation.ts';
import { findInvitationLink } from '#db/partnerships/invitation-links.ts';
import type { InviteeActor } from '#domain/actors.ts';
import { startApi, type TestApi } from '../support/api.ts';
import { aFirm, aMembership, anOrganisation, aPassword, aSession, aUser, aWorkspace } from '../support/builders.ts';
import { aCast, type Cast } from '../support/cast.ts';
import { anInvitation, anInvitationLink, asAdmin, mailsOf, partnershipRow } from './invitation-stage.ts';
import { anAskedFirm, send, show, type Shown } from './public-stage.ts';

const PASSWORD = 'Rostiges Wehr am Bach 7';
let api: TestApi;
let cast: Cast;

beforeAll(async () => {
  api = await startApi();
  cast = await aCast(api.orm, api.now());
});
afterAll(() => api.stop());

const sessionOf = (answer: Shown): string => (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
const count = async (sql: string, ...values: unknown[]): Promise<number> => Number((await api.database.query<{ n: string }>(`select count(*) as n ${sql}`, values))[0]?.n);
const account = { name: 'Mira Sonnleit', company: 'Farbwerk Sonnleit', password: PASSWORD };

describe('somebody without a login', () => {
  test('looks, makes an account, and is the administrator of the new partner; nothing was changed by looking', async () => {
    const { id, base, email } = await anInvitation(api, cast, { message: 'Guten Tag Frau Sonnleit' });
    const first = await show(api, base);
    expect(first.status).toBe(200);
    expect(first.text).toContain(`${cast.organisation.name} lädt Sie zur Zusammenarbeit ein`);
    expect(first.text).toContain('Guten Tag Frau Sonnleit');
    expect(first.text).toContain('Lindenhof alle Anlagen');
    const step = await show(api, `${base}/annehmen`);
    expect(step.html).toContain('autocomplete="new-password"');
    expect((await partnershipRow(api, id))['status']).toBe('invited');

    const done = await send(api, `${base}/konto`, account);
    expect(done).toMatchObject({ status: 303, location: `/go/${id}` });
    const row = await partnershipRow(api, id);
    expect(row).toMatchObject({ status: 'accepted' });
    const cookie = sessionOf(done);
    const session = await fetch(`${api.url}/api/v1/session`, { headers: { cookie } });
    expect(await session.json()).toMatchObject({ user: { email, name: 'Mira Sonnleit' } });
    const [organisation] = await api.database.query('select name, time_zone, country, mail_name from organisations where id = $1', [row['partner_organisation_id']]);
    expect(organisation).toEqual({ name: 'Farbwerk Sonnleit', time_zone: 'Europe/Berlin', country: 'DE', mail_name: 'farbwerk-sonnleit' });
    expect(await api.database.query('select role from memberships where organisation_id = $1', [row['partner_organisation_id']])).toEqual([{ role: 'admin' }]);
    expect((await mailsOf(api, id)).at(-1)).toBe(`invitation-answered accepted ${cast.admin.user.email}`);
    expect((await asAdmin(api, cast, 'GET', `/partnerships/${id}`)).body).toMatchObject({
      shownStatus: 'accepted', acceptedByName: 'Mira Sonnleit', partnerName: 'Farbwerk Sonnleit', contact: { name: 'Mira Sonnleit', email }, can: { assign: true, end: true, resend: false },
      history: [{ name: 'partnership.invited' }, { name: 'partnership.accepted', by: 'Mira Sonnleit', door: 'link' }],
    });
    expect(await api.database.query('select access from firms where id = $1', [row['firm_id']])).toEqual([{ access: 'partner' }]);
    expect((await show(api, base)).text).toContain('Mira Sonnleit hat diese Einladung am Mi., 25.11.2026, 10:00 Uhr angenommen.');
  });

  test('who was invited in English begins where the client is: a language is no place', async () => {
    const { id, base } = await anInvitation(api, cast, { locale: 'en-GB' });
    expect((await send(api, `${base}/konto`, { ...account, company: 'Lift Works' })).status).toBe(303);
    const row = await partnershipRow(api, id);
    expect(await api.database.query('select locale, time_zone, country, holiday_region, currency from organisations where id = $1', [row['partner_organisation_id']]))
      .toEqual([{ locale: 'en-GB', time_zone: 'Europe/Berlin', country: 'DE', holiday_region: cast.organisation.holidayRegion, currency: 'EUR' }]);
  });

  test('what is missing is named at its field, a poor password too, and nothing is made', async () => {
    const { id, base, email } = await anInvitation(api, cast);
    const empty = await send(api, `${base}/konto`, { password: 'kurz' });
    expect(empty.status).toBe(422);
    for (const fault of ['Noch nicht angenommen.', 'Bitte geben Sie den Namen der Firma an.', 'Das Passwort ist zu kurz.']) expect(empty.text).toContain(fault);
    const poor = await send(api, `${base}/konto`, { ...account, password: `${email}${email}` });
    expect(poor.text).toContain('zu leicht zu erraten');
    expect((await partnershipRow(api, id))['status']).toBe('invited');
    expect(await count('from users where email = $1', email)).toBe(0);
  });

  test('two presses at one moment make one account, one company and one partnership', async () => {
    const { id, base, email } = await anInvitation(api, cast);
    const answers = await Promise.all([1, 2, 3].map(() => send(api, `${base}/konto`, { ...account, company: 'Doppelt & Söhne' })));
    expect(answers.map((one) => one.status)).toEqual([303, 303, 303]);
    expect(answers.filter((one) => one.location === `/go/${id}`)).toHaveLength(1);
    expect(await count('from users where email = $1', email)).toBe(1);
    expect(await count(`from organisations where name = 'Doppelt & Söhne'`)).toBe(1);
    expect((await mailsOf(api, id)).filter((one) => one.startsWith('invitation-answered'))).toHaveLength(1);
  });

  test('accepted and declined at one moment: one of them holds, the other is told what was first', async () => {
    const { id, base } = await anInvitation(api, cast);
    await Promise.all([send(api, `${base}/konto`, account), send(api, `${base}/ablehnen`, { sure: 'yes', reason: 'Nein' })]);
    const { status } = await partnershipRow(api, id);
    expect(['accepted', 'declined']).toContain(status);
    expect((await mailsOf(api, id)).filter((one) => one.startsWith('invitation-answered'))).toEqual([`invitation-answered ${String(status)} ${cast.admin.user.email}`]);
    expect(await count('from memberships where organisation_id = (select partner_organisation_id from partnerships where id = $1)', id)).toBe(status === 'accepted' ? 1 : 0);
  });
});

describe('somebody who has a login', () => {
  async function aPainter(): Promise<{ email: string; userId: string; organisationId: string }> {
    const user = await aUser(api.orm, { name: 'Jost Sonnleit' });
    const organisation = await anOrganisation(api.orm, { name: 'Sonnleit Gerüste' });
    await aMembership(api.orm, organisation.id, user.id, 'admin');
    await aPassword(api.orm, user.id, PASSWORD);
    return { email: user.email, userId: user.id, organisationId: organisation.id };
  }

  test('signs in with it, never sets a new password, and chooses a company', async () => {
    const painter = await aPainter();
    const { id, base } = await anInvitation(api, cast, { email: painter.email });
    expect((await show(api, `${base}/annehmen`)).html).toContain('autocomplete="current-password"');
    expect(await send(api, `${base}/konto`, { ...account, password: 'Ein ganz anderes Passwort 9' })).toMatchObject({ status: 303, location: `${base}/annehmen` });
    const wrong = await send(api, `${base}/anmelden`, { password: 'falsch' });
    expect(wrong.status).toBe(422);
    expect(wrong.text).toContain('Das Passwort stimmt nicht.');
    const right = await send(api, `${base}/anmelden`, { password: PASSWORD });
    expect(right).toMatchObject({ status: 303, location: `${base}/annehmen` });
    const cookie = sessionOf(right);
    expect((await show(api, `${base}/annehmen`, { cookie })).text).toContain('Sonnleit Gerüste');
    expect((await send(api, `${base}/annehmen`, {}, { cookie })).text).toContain('Bitte wählen Sie eine Firma.');
    const done = await send(api, `${base}/annehmen`, { organisation: painter.organisationId }, { cookie });
    expect(done).toMatchObject({ status: 303, location: `/go/${id}` });
    expect(await partnershipRow(api, id)).toMatchObject({ status: 'accepted', partner_organisation_id: painter.organisationId, accepted_by_user_id: painter.userId });
    expect((await send(api, `${base}/annehmen`, { organisation: painter.organisationId }, { cookie })).location).toBe(`/go/${id}`);
  });

  test('may found a company, and may not answer for one that they do not administer', async () => {
    const painter = await aPainter();
    const other = await anOrganisation(api.orm);
    await aMembership(api.orm, other.id, painter.userId, 'coordinator');
    const { id, base } = await anInvitation(api, cast, { email: painter.email });
    const cookie = await aSession(api.orm, painter.userId, api.now());
    expect((await send(api, `${base}/annehmen`, { organisation: other.id }, { cookie })).status).toBe(422);
    for (const id of [cast.organisation.id, cast.organisation.id.toUpperCase(), '-'.repeat(36)]) expect((await send(api, `${base}/annehmen`, { organisation: id }, { cookie })).status).toBe(422);
    expect((await partnershipRow(api, id))['status']).toBe('invited');
    expect((await send(api, `${base}/annehmen`, { organisation: 'other', company: 'Neu gegründet' }, { cookie })).location).toBe(`/go/${id}`);
    expect(await count(`from organisations where name = 'Neu gegründet'`)).toBe(1);
  });

  test('is told why their own company is not among those to choose from, and whom to name; its administrators are not', async () => {
    const user = await aUser(api.orm);
    const [employer, boss] = [await anOrganisation(api.orm, { name: 'Gerüstbau Nord' }), await aUser(api.orm, { name: 'Birte Chefin' })];
    await aMembership(api.orm, employer.id, user.id, 'coordinator');
    await aMembership(api.orm, employer.id, boss.id, 'admin');
    const { id, base } = await anInvitation(api, cast, { email: user.email });
    const cookie = await aSession(api.orm, user.id, api.now());
    const page = await show(api, `${base}/annehmen`, { cookie });
    expect(page.text).toContain('Sie gehören zu Gerüstbau Nord. Annehmen kann dort nur die Administration');
    expect(page.html).toContain(`href="${base}/andere-person"`);
    expect(page.html).not.toMatch(/Birte|value="other" checked/);
    // As the form stands nothing is founded in their employer's place.
    expect((await send(api, `${base}/annehmen`, { company: 'Farbwerk' }, { cookie })).text).toContain('Bitte wählen Sie eine Firma.');
    expect(await partnershipRow(api, id)).toMatchObject({ status: 'invited' });
    const administrator = await aPainter();
    const own = await anInvitation(api, cast, { email: administrator.email });
    expect((await show(api, `${own.base}/annehmen`, { cookie: await aSession(api.orm, administrator.userId, api.now()) })).text).not.toContain('Annehmen kann dort nur');
  });

  test('a company that is a partner already is not a second one', async () => {
    const painter = await aPainter();
    const cookie = await aSession(api.orm, painter.userId, api.now());
    const first = await anInvitation(api, cast, { email: painter.email });
    await send(api, `${first.base}/annehmen`, { organisation: painter.organisationId }, { cookie });
    const other = await aFirm(api.orm, cast.organisation.id);
    const second = await anInvitation(api, cast, { email: painter.email, firmId: other.id });
    expect((await send(api, `${second.base}/annehmen`, { organisation: painter.organisationId }, { cookie })).text).toContain('Diese Firma arbeitet schon');
  });
});

describe('whoever is signed in as somebody else', () => {
  test('is told so, changes nothing, and may sign out', async () => {
    const { id, base } = await anInvitation(api, cast);
    const { cookie } = cast.technician;
    const seen = await show(api, base, { cookie });
    expect(seen.status).toBe(409);
    expect(seen.text).toContain(`Sie sind als ${cast.technician.user.email} angemeldet. Es wurde nichts geändert.`);
    for (const step of ['annehmen', 'konto', 'ablehnen', 'andere-person']) {
      expect(await send(api, `${base}/${step}`, { ...account, email: 'x@x.test', organisation: 'other' }, { cookie })).toMatchObject({ status: 303, location: base });
    }
    expect(await partnershipRow(api, id)).toMatchObject({ status: 'invited', other_email: null });
    const out = await send(api, `${base}/abmelden`, {}, { cookie });
    expect(out.headers.get('set-cookie')).toMatch(/gewerk=;/);
    expect((await show(api, base)).status).toBe(200);
  });
});

describe('the command itself, whatever page it is asked by', () => {
  const inviteeOf = async (base: string): Promise<InviteeActor> => {
    const opened = await systemEm(api.orm).transactional((em) => findInvitationLink(em, base.slice(3)));
    if (!opened) throw new Error('no such link');
    return opened.actor;
  };
  const accepts = async (base: string, user: Acceptance['user']): Promise<unknown> => {
    const invitee = await inviteeOf(base);
    return emFor(api.orm, invitee).transactional((em) => acceptInvitation(em, invitee, { user, organisation: { name: 'Fremde GmbH' } }, api.now()));
  };

  test('takes no other user, and no new password for an address that has one', async () => {
    const user = await aUser(api.orm);
    await aPassword(api.orm, user.id, PASSWORD);
    const { id, base } = await anInvitation(api, cast, { email: user.email });
    await expect(accepts(base, { id: cast.technician.user.id })).rejects.toMatchObject({ code: 'invitation_for_other' });
    await expect(accepts(base, { name: 'Dieb', passwordHash: 'x', locale: 'de-DE' })).rejects.toMatchObject({ code: 'email_taken' });
    expect((await partnershipRow(api, id))['status']).toBe('invited');
    expect(await count(`from organisations where name = 'Fremde GmbH'`)).toBe(0);
  });

  test('whoever opened a link before it was sent to somebody else answers nothing with it, least of all in the other\'s name', async () => {
    const { id, base } = await anInvitation(api, cast);
    const invitee = await inviteeOf(base);
    await asAdmin(api, cast, 'POST', `/partnerships/${id}/resend`, { email: 'andere@farbwerk.test' });
    const late = { code: 'invitation_not_open', details: { status: 'old' } };
    await expect(accepts(base, { name: 'Dieb', passwordHash: 'x', locale: 'de-DE' })).rejects.toMatchObject(late);
    const answers = [
      (em: Em) => declineInvitation(em, invitee, { reason: null }, api.now()),
      (em: Em) => nameOtherPerson(em, invitee, { email: 'dritte@farbwerk.test' }, api.now()),
    ];
    for (const answer of answers) await expect(emFor(api.orm, invitee).transactional<unknown>(answer)).rejects.toMatchObject(late);
    expect(await partnershipRow(api, id)).toMatchObject({ status: 'invited', other_email: null });
    expect(await count(`from users where email = 'andere@farbwerk.test'`)).toBe(0);
  });

  test('an old link tells nothing of whoever has accepted since', async () => {
    const { id, base } = await anInvitation(api, cast);
    await asAdmin(api, cast, 'POST', `/partnerships/${id}/resend`, { email: 'zweite@farbwerk.test' });
    expect(await send(api, `${await anInvitationLink(api, cast, id)}/konto`, account)).toMatchObject({ status: 303 });
    const old = await show(api, base);
    expect(old.status).toBe(410);
    expect(old.html).not.toMatch(new RegExp(`Mira|Farbwerk Sonnleit|${id}`));
  });

  test('an invitee sees nothing of the client but their invitation, and writes nothing by themselves', async () => {
    const { id, base } = await anInvitation(api, cast);
    await anInvitation(api, cast);
    const invitee = await inviteeOf(base);
    const em = emFor(api.orm, invitee);
    expect(await em.transactional((own) => own.execute('select id from partnerships'))).toEqual([{ id }]);
    expect(await em.transactional((own) => own.execute('select id from work_orders'))).toEqual([]);
    await expect(em.transactional((own) => own.execute(`update partnerships set status = 'accepted'`))).rejects.toThrow(/permission denied/);
  });
});

describe('a contractor by mail becomes a partner while orders run', () => {
  test('the same assignment goes on under the partnership, its process is woken, its workspace is shared, old links lead into the account', async () => {
    const site = await aWorkspace(api.orm, cast.organisation.id, { name: 'Werkstatt Nord' });
    const asked = await anAskedFirm(api, cast, { order: { workspaceId: site.id } });
    const other = await anAskedFirm(api, cast);
    const before = await systemEm(api.orm, cast.organisation.id).transactional((em) => em.findOneOrFail(Assignment, { id: asked.assignment.id }));
    const { id, base } = await anInvitation(api, cast, { firmId: asked.firm.id, email: 'mira@farbwerk.test', company: undefined });
    const page = await show(api, base);
    expect(page.text).toContain('Werkstatt Nord nur Ihre laufenden Aufträge');
    expect(page.text).toContain('Laufende Aufträge per E-Mail gehen unverändert weiter.');
    await api.database.query('delete from outbox');
    expect((await send(api, `${base}/konto`, account)).location).toBe(`/go/${id}`);

    const [row] = await api.database.query<Record<string, unknown>>('select * from assignments where id = $1', [asked.assignment.id]);
    expect(row).toMatchObject({ kind: 'partner', partnership_id: id, status: 'offered', contact_id: asked.mira.id, answer_by: before.answerBy, offered_at: before.offeredAt });
    expect(await api.database.query('select work_order_id, role from participations where partnership_id = $1', [id])).toEqual([{ work_order_id: asked.order.id, role: 'contractor' }]);
    expect(await count(`from outbox where workflow_id = $1`, `assignment:${asked.assignment.id}`)).toBe(1);
    const shares = await api.database.query('select workspace_id, scope from workspace_shares where partnership_id = $1 order by scope', [id]);
    expect(shares).toEqual([{ workspace_id: cast.workspace.id, scope: 'all' }, { workspace_id: site.id, scope: 'chosen' }]);
    expect(await count(`from events where assignment_id = $1 and name = 'assignment.moved_to_partner'`, asked.assignment.id)).toBe(1);
    const [mail] = await api.database.query<{ parameters: unknown }>(`select parameters from outbound_mails where partnership_id = $1 and template = 'invitation-answered'`, [id]);
    expect(mail?.parameters).toMatchObject({ orderCount: 1, addedWorkspaceIds: [site.id] });

    const old = await show(api, asked.base);
    expect(old.text).toContain('Dieser Auftrag ist jetzt in Ihrem Account.');
    expect(old.html).toContain(`/go/${id}/work-orders/${asked.order.id}`);
    await send(api, `${asked.base}/annehmen`, { contactId: asked.mira.id });
    expect((await api.database.query<{ status: string }>('select status from assignments where id = $1', [asked.assignment.id]))[0]?.status).toBe('offered');
    expect((await show(api, other.base)).text).toContain('Können Sie diesen Auftrag übernehmen?');
  });
});
