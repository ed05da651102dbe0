import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { newId } from '#db/columns.ts';
import type { WorkOrder } from '#db/work-orders/entity.ts';
import type { Assignment } from '#db/assignments/entity.ts';
import { aHeldMail, mailFixture } from '../support/mail-in.ts';
import { aPartnerStage, anOrderOf, asClient, asPartner, saying, type Stage } from './partner-stage.ts';

type Row = { id: string; template: string | null; toEmail: string | null; toName: string | null; subject: string | null };

let stage: Stage;
let order: WorkOrder;
let assignment: Assignment;

beforeAll(async () => {
  stage = await aPartnerStage();
  const made = await anOrderOf(stage, stage.lift, { status: 'accepted' }, {});
  order = made.order;
  assignment = made.assignment!;
});
afterAll(() => stage?.api.stop());

const client = (path: string) => asClient(stage)('GET', path);
const rows = async (query = ''): Promise<Row[]> => ((await client(`/mails?order=DESC${query}`)).body as { data: Row[] }).data;
const showPeople = (showsPeople: boolean) => asPartner(stage, stage.lift, 'admin')('PATCH', '/partnership', { showsPeople });

/** A mail that went to the partner's coordinator. */
async function aMailTo(template: string, of: object | null = order, status = 'delivered'): Promise<string> {
  const id = newId();
  const { user } = stage.lift.own.coordinator;
  await stage.api.database.query(
    `insert into outbound_mails (id, organisation_id, partnership_id, work_order_id, assignment_id, template, parameters, to_email, to_name, to_user_id, locale, cause, status, subject, text_body, html_body, created_at)
     values ($1, $2, $3, $4, $5, $6, '{}', $7, $8, $9, 'de-DE', 'digest', $10, 'Betreff', 'Guten Tag', '<p>Guten Tag</p>', now())`,
    [id, stage.client.organisation.id, stage.lift.partnership.id, of && order.id, of && assignment.id, template, user.email, user.name, user.id, status],
  );
  return id;
}

test('mails that tell a partner\'s people of their own side are none of the client\'s log', async () => {
  for (const template of ['comment-digest', 'daily-digest', 'internal-assignment', 'nudge']) {
    const id = await aMailTo(template);
    expect((await rows()).map((one) => one.id)).not.toContain(id);
    for (const path of ['', '/cause']) expect((await client(`/mails/${id}${path}`)).status).toBe(404);
    expect((await asClient(stage)('POST', `/mails/${id}/resending`, {})).status).toBe(404);
  }
});

test('of mails that asked a partner the client reads the company; person, address and words only where the partner shows its people', async () => {
  const { user } = stage.lift.own.coordinator;
  const id = await aMailTo('assignment');
  const found = async () => [(await rows()).find((one) => one.id === id), (await client(`/mails/${id}`)).body, (await client(`/mails/${id}/cause`)).body];
  await showPeople(false);
  const hidden = await found();
  expect(hidden).toMatchObject([{ toEmail: null, toName: 'Treppner Aufzüge' }, { toEmail: null, text: null, html: null }, { toEmail: 'Treppner Aufzüge' }]);
  expect(JSON.stringify(hidden)).not.toMatch(new RegExp(`${user.name}|${user.email}|Guten Tag`));
  await showPeople(true);
  expect(await found()).toMatchObject([{ toEmail: user.email, toName: user.name }, { text: 'Guten Tag' }, { toEmail: user.email }]);
});

test('nobody finds out by searching which of a partner\'s people was mailed', async () => {
  const { user } = stage.lift.own.coordinator;
  await aMailTo('assignment');
  for (const q of [user.email, user.name]) expect(await rows(`&q=${encodeURIComponent(q)}`)).toEqual([]);
  expect((await rows('&q=Betreff')).length).toBeGreaterThan(0);
});

test('whom a message reached the client reads by the name of the company, with the best that became of its mails', async () => {
  await showPeople(false);
  const comment = await saying(stage, order, 'Bitte am Vormittag');
  const event = newId();
  await stage.api.database.query(`insert into events (id, organisation_id, name, occurred_at, door, work_order_id, subject_id, data) values ($1, $2, 'comment.added', now(), 'portal', $3, $4, '{}')`, [event, order.organisationId, order.id, comment.id]);
  for (const status of ['bounced', 'delivered']) {
    const mail = await aMailTo('comment-digest', order, status);
    await stage.api.database.query(`insert into digest_items (id, organisation_id, work_order_id, recipient, event_id, created_at, mail_id) values ($1, $2, $3, $6, $4, now(), $5)`, [newId(), order.organisationId, order.id, event, mail, status]);
  }
  const { comments } = (await client(`/work-orders/${order.id}`)).body as { comments: { id: string; mailedTo: unknown }[] };
  expect(comments.find((one) => one.id === comment.id)?.mailedTo).toEqual([{ name: 'Treppner Aufzüge', status: 'delivered' }]);
});

test('a reply that became a partner\'s internal message is closed to the client, as the message is', async () => {
  const partners = { authorOrganisationId: stage.lift.own.organisation.id, authorUserId: stage.lift.own.coordinator.user.id };
  const [open, kept] = [await saying(stage, order, 'Geteilt', partners), await saying(stage, order, 'Unter uns', { ...partners, visibility: 'internal' })];
  const status = async (commentId: string): Promise<number[]> => {
    const mail = await aHeldMail(stage.api, order.organisationId, mailFixture('nothing-to-match', { Subject: 'Antwort' }));
    await stage.api.database.query(`update inbound_mails set status = 'processed', work_order_id = $1, comment_id = $2 where id = $3`, [order.id, commentId, mail.id]);
    return Promise.all([`/mails/${mail.id}`, `/inbound-mails/${mail.id}/original`].map(async (path) => (await client(path)).status));
  };
  expect(await status(open.id)).toEqual([200, 200]);
  expect(await status(kept.id)).toEqual([404, 404]);
});

test('why a daily mail over all orders came, its reader may ask, and no colleague', async () => {
  const id = await aMailTo('daily-digest', null);
  expect((await asPartner(stage, stage.lift)('GET', `/mails/${id}/cause`)).status).toBe(200);
  expect((await asPartner(stage, stage.lift, 'admin')('GET', `/mails/${id}/cause`)).status).toBe(404);
});

test('of a reply of a partner\'s person the client reads the company alone, where the partner doesn\'t show its people', async () => {
  const { user } = stage.lift.own.coordinator;
  const partners = { authorOrganisationId: stage.lift.own.organisation.id, authorUserId: user.id, assignmentId: assignment.id };
  const comment = await saying(stage, order, 'Wir kommen um zehn', { ...partners, door: 'mail', cutLines: 3 });
  const mail = await aHeldMail(stage.api, order.organisationId, mailFixture('nothing-to-match', { From: user.email, FromName: user.name, Subject: 'Antwort auf den Auftrag' }));
  await stage.api.database.query(`update inbound_mails set status = 'processed', work_order_id = $1, comment_id = $2, partnership_id = $3 where id = $4`, [order.id, comment.id, stage.lift.partnership.id, mail.id]);
  await stage.api.database.query('update comments set inbound_mail_id = $1 where id = $2', [mail.id, comment.id]);
  const said = async () => ((await client(`/work-orders/${order.id}`)).body as { comments: { id: string; inboundMailId: string | null; can: { restore: boolean } }[] }).comments.find((one) => one.id === comment.id);
  await showPeople(false);
  const listed = await client(`/mails?order=DESC&direction=in`);
  const hidden = [listed, await client(`/mails/${mail.id}`)];
  expect((listed.body as { data: { id: string }[] }).data.find((one) => one.id === mail.id)).toMatchObject({ fromEmail: null, fromName: 'Treppner Aufzüge' });
  expect(hidden[1]!.body).toMatchObject({ fromEmail: null, fromName: 'Treppner Aufzüge', text: null, html: null });
  for (const one of hidden) expect(one.text).not.toMatch(new RegExp(`${user.name}|${user.email}`));
  expect((await client(`/inbound-mails/${mail.id}/original`)).status).toBe(404);
  expect((await asClient(stage)('POST', `/comments/${comment.id}/restoration`, {})).status).toBe(404);
  expect(await said()).toMatchObject({ inboundMailId: null, can: { restore: false } });
  for (const q of [user.email, user.name]) expect(await rows(`&direction=in&q=${encodeURIComponent(q)}`)).toEqual([]);
  await showPeople(true);
  expect((await client(`/mails/${mail.id}`)).body).toMatchObject({ fromEmail: user.email, text: expect.any(String) });
  expect((await client(`/inbound-mails/${mail.id}/original`)).status).toBe(200);
  expect(await said()).toMatchObject({ inboundMailId: mail.id, can: { restore: true } });
});

test('what answers a partner\'s own matters stands in no client\'s log, whatever became of it', async () => {
  const mail = await aHeldMail(stage.api, order.organisationId, mailFixture('nothing-to-match', { Subject: 'Unter uns' }));
  for (const status of ['automatic', 'rejected', 'processed']) {
    await stage.api.database.query(`update inbound_mails set status = $1, work_order_id = $2, partnership_id = $3, is_internal = true where id = $4`, [status, order.id, stage.lift.partnership.id, mail.id]);
    expect((await rows('&direction=in')).map((one) => one.id)).not.toContain(mail.id);
    for (const path of [`/mails/${mail.id}`, `/inbound-mails/${mail.id}/original`, `/inbound-mails/${mail.id}/files/0`]) expect((await client(path)).status).toBe(404);
  }
});
