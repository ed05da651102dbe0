import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { newId } from '#db/columns.ts';
import { findLink } from '#db/assignments/links.ts';
import { requestReminder, withdrawAssignment } from '#db/assignments/steering.ts';
import { pauseMail } from '#db/organisations/settings.ts';
import { releasePausedMails } from '#db/mails/sending-pause.ts';
import { systemEm } from '#db/orm.ts';
import type { MemberActor } from '#domain/actors.ts';
import { aContact } from '../support/builders.ts';
import { forwardTo } from '../support/temporal-time.ts';
import type { FaultOrder } from '#tools/mailbox/client.ts';
import { asCoordinator, askFirm, assignmentRow, openStage, until, type Asked, type Stage } from './stage.ts';

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
});
afterEach(async () => {
  await stage.mailbox.clearFaults();
  await stage.mailbox.change({ isDeliveryAutomatic: true });
});
afterAll(() => stage?.close());

type MailRow = { id: string; status: string; status_reason: string | null; attempts: number; is_possible_duplicate: boolean; text_body: string; html_body: string; message_id: string };

async function mailOf(assignmentId: string, template = 'assignment'): Promise<MailRow> {
  return until(`a ${template} mail`, async () => (await stage.query<MailRow>('select * from outbound_mails where assignment_id = $1 and template = $2 order by created_at desc', [assignmentId, template]))[0]);
}

async function reaches(assignmentId: string, ...statuses: string[]): Promise<MailRow> {
  return until(`status ${statuses.join(' or ')}`, async () => {
    const mail = await mailOf(assignmentId);
    return statuses.includes(mail.status) && mail;
  });
}

/** Asks a firm whose mail, and no other, meets a fault of the provider. */
async function askWithFault(fault: Omit<FaultOrder, 'to'>): Promise<Asked> {
  const email = `fault-${newId()}@firma.example`;
  await stage.mailbox.orderFault({ ...fault, to: email });
  return askFirm(stage, { contact: { email } });
}

/** Until an address is known to be dead. */
async function marked(contactId: string): Promise<void> {
  await until('the mark', async () => (await stage.query('select 1 from firm_contacts where id = $1 and undeliverable_since is not null', [contactId])).length > 0);
}

/** Lets the mail's own clock run; that its process ends on the way is what is hoped for. */
async function later(mailId: string, seconds: number): Promise<void> {
  await forwardTo(stage.temporal, `mail:${mailId}`, new Date(Date.now() + seconds * 1000)).catch(() => undefined);
}

test.each(['error_after_accept', 'cut_after_accept', 'wrong_json_after_accept'] as const)('after %s the provider is asked, and nothing is sent twice', async (kind) => {
  // Else the news of its delivery would answer the question first.
  await stage.mailbox.change({ isDeliveryAutomatic: false });
  const { assignment, contact } = await askWithFault({ kind });
  await stage.mailbox.mailTo(contact.email);
  // A machine that pauses for ten seconds finds the question asked already.
  const { id } = await reaches(assignment.id, 'unclear', 'sent');
  await later(id, 12);
  expect(await reaches(assignment.id, 'sent', 'delivered')).toMatchObject({ attempts: 1, is_possible_duplicate: false });
  expect(await stage.mailbox.mailsNow(contact.email)).toHaveLength(1);
});

test('what the provider does not know after ten minutes is sent once more, and marked', async () => {
  const { assignment, contact } = await askWithFault({ kind: 'cut_before_accept' });
  const { id } = await reaches(assignment.id, 'unclear');
  expect(await stage.mailbox.mailsNow(contact.email)).toEqual([]);
  await later(id, 11 * 60);
  expect(await reaches(assignment.id, 'sent', 'delivered')).toMatchObject({ attempts: 2, is_possible_duplicate: true });
  expect(await stage.mailbox.mailsNow(contact.email)).toHaveLength(1);
});

test('the rate limit only delays', async () => {
  const { assignment, contact } = await askWithFault({ kind: 'rate_limit', retryAfterSeconds: 600, count: 2 });
  const { id } = await until('a refused attempt', async () => {
    const mail = await mailOf(assignment.id);
    return mail.status_reason === 'provider_rate' && mail;
  });
  await later(id, 3600);
  await reaches(assignment.id, 'sent', 'delivered');
  expect(await stage.mailbox.mailsNow(contact.email)).toHaveLength(1);
});

test('a dead address is marked, the coordinator told at once, and the firm’s next contact mailed', async () => {
  const first = await askFirm(stage);
  await reaches(first.assignment.id, 'delivered');
  const second = await aContact(stage.orm, stage.cast.organisation.id, first.firm.id, { position: 1 });
  await stage.mailbox.bounce(await stage.mailbox.mailTo(first.contact.email));
  const mail = await stage.mailbox.mailTo(second.email);
  expect(mail.subject).toContain(first.order.number);
  const told = await stage.mailbox.mailTo(stage.cast.coordinator.user.email, { subject: 'Nicht zugestellt' });
  expect(told.text).toContain(first.contact.email);
  expect(await stage.query('select undeliverable_since is not null as dead from firm_contacts where id = $1', [first.contact.id])).toEqual([{ dead: true }]);
  expect(await assignmentRow(stage, first.assignment.id)).toMatchObject({ contact_id: second.id, status: 'offered' });
});

test('an address that the provider refuses goes the road of a bounce', async () => {
  const first = await askFirm(stage);
  await reaches(first.assignment.id, 'delivered');
  await stage.mailbox.bounce(await stage.mailbox.mailTo(first.contact.email));
  await marked(first.contact.id);
  await stage.query(`update firm_contacts set undeliverable_since = null where id = $1`, [first.contact.id]);
  const again = await askFirm(stage, { contact: { email: first.contact.email } });
  expect(await reaches(again.assignment.id, 'refused')).toMatchObject({ status_reason: 'inactive_recipient' });
  await marked(again.contact.id);
});

test('the link opens the order, and its secret is nowhere but in the mail', async () => {
  const { assignment, contact } = await askFirm(stage);
  const mail = await stage.mailbox.mailTo(contact.email);
  const token = /\/a\/([\w-]{43})/.exec(mail.text)?.[1] ?? '';
  const opened = await systemEm(stage.orm).transactional((em) => findLink(em, token, 'assignment'));
  expect(opened?.actor).toMatchObject({ assignmentId: assignment.id, contactId: contact.id });
  const kept = await reaches(assignment.id, 'sent', 'delivered');
  expect(kept.text_body).toContain('/a/…');
  expect(`${kept.text_body}${kept.html_body}`).not.toContain(token);
  const rows = await stage.query<{ hit: boolean }>(`select exists (select 1 from access_links where token_hash = $1) as hit`, [token]);
  expect(rows).toEqual([{ hit: false }]);
});

test('later mails stay in the thread: same subject, our id and the provider’s as references', async () => {
  const { assignment, contact } = await askFirm(stage);
  const first = await stage.mailbox.mailTo(contact.email);
  await reaches(assignment.id, 'delivered');
  await asCoordinator(stage, (em) => requestReminder(em, stage.coordinator, { assignmentId: assignment.id }, new Date()));
  const reminder = await stage.mailbox.mailTo(contact.email, { since: first });
  const { message_id: messageId } = await mailOf(assignment.id);
  expect(reminder.subject).toBe(`Re: ${first.subject}`);
  const headers = new Map(reminder.headers.map((one) => [one.Name, one.Value]));
  expect(headers.get('In-Reply-To')).toBe(`<${messageId}>`);
  expect(headers.get('References')).toContain('@mtasv.net>');
  expect(headers.get('Auto-Submitted')).toBeUndefined();
});

test('news of the delivery settle an unclear mail before the provider is asked', async () => {
  const { assignment, contact } = await askWithFault({ kind: 'error_after_accept' });
  await stage.mailbox.mailTo(contact.email);
  expect(await reaches(assignment.id, 'delivered')).toMatchObject({ attempts: 1 });
  await until('the answer time to run', async () => (await assignmentRow(stage, assignment.id))['delivered_at']);
});

test('a paused mail waits, visibly, and leaves when the pause is over', async () => {
  const admin: MemberActor = { ...stage.coordinator, userId: stage.cast.admin.user.id, role: 'admin' };
  await asCoordinator(stage, (em) => pauseMail(em, admin, true, new Date()));
  const { assignment, contact } = await askFirm(stage);
  await until('a paused process', async () => {
    const { id } = await mailOf(assignment.id);
    return (await stage.query(`select 1 from processes where workflow_id = $1 and step = 'paused'`, [`mail:${id}`])).length > 0;
  });
  expect(await mailOf(assignment.id)).toMatchObject({ status: 'queued', status_reason: 'paused', attempts: 0 });
  await asCoordinator(stage, (em) => pauseMail(em, admin, false, new Date()));
  expect(await releasePausedMails(stage.orm, new Date())).toBeGreaterThan(0);
  await stage.mailbox.mailTo(contact.email);
  expect(await stage.query('select organisation_id from outages')).toEqual([{ organisation_id: stage.cast.organisation.id }]);
});

test('a mail that waits goes to where its recipient is when it leaves: a corrected address is used', async () => {
  await stage.stopWorkers();
  const { assignment, contact } = await askFirm(stage);
  const email = `neu-${newId()}@firma.example`;
  await stage.query('update firm_contacts set email = $1, name = $2 where id = $3', [email, 'Petra Kern', contact.id]);
  await stage.startWorkers();
  expect((await stage.mailbox.mailTo(email)).text).toContain('Petra Kern');
  expect(await stage.mailbox.mailsNow(contact.email)).toEqual([]);
  expect(await stage.query('select to_email, to_name from outbound_mails where assignment_id = $1', [assignment.id])).toEqual([{ to_email: email, to_name: 'Petra Kern' }]);
});

test('a late bounce of an address that was corrected meanwhile does not mark the new one', async () => {
  const { assignment, contact } = await askFirm(stage);
  await reaches(assignment.id, 'delivered');
  const mail = await stage.mailbox.mailTo(contact.email);
  await stage.query('update firm_contacts set email = $1 where id = $2', [`neu-${newId()}@firma.example`, contact.id]);
  await stage.mailbox.bounce(mail);
  await reaches(assignment.id, 'bounced');
  expect(await stage.query('select undeliverable_since from firm_contacts where id = $1', [contact.id])).toEqual([{ undeliverable_since: null }]);
  expect((await assignmentRow(stage, assignment.id))['bounced_at']).not.toBeNull();
});

test('nothing outdated leaves: withdrawn before it was sent, neither request nor withdrawal goes out', async () => {
  await stage.stopWorkers();
  const { assignment, contact } = await askFirm(stage);
  await asCoordinator(stage, (em) => withdrawAssignment(em, stage.coordinator, { assignmentId: assignment.id, reason: 'no_longer_needed' }, new Date()));
  await stage.startWorkers();
  expect(await reaches(assignment.id, 'skipped')).toMatchObject({ status_reason: 'assignment_withdrawn' });
  expect(await until('withdrawal', async () => {
    const mail = await mailOf(assignment.id, 'withdrawal');
    return mail.status === 'skipped' && mail;
  })).toMatchObject({ status_reason: 'never_asked' });
  expect(await stage.mailbox.mailsNow(contact.email)).toEqual([]);
});
