import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { acceptInvitation } from '#db/partnerships/accept-invitation.ts';
import { declineInvitation } from '#db/partnerships/answer-invitation.ts';
import type { Partnership } from '#db/partnerships/entity.ts';
import { findInvitationLink } from '#db/partnerships/invitation-links.ts';
import { invitePartner, type PartnerInvitation } from '#db/partnerships/invite.ts';
import { releasePausedMails } from '#db/mails/sending-pause.ts';
import { resendInvitation, withdrawInvitation } from '#db/partnerships/steer-invitation.ts';
import { hashPassword } from '#db/users/passwords.ts';
import { emFor, systemEm, type Em } from '#db/orm.ts';
import { reconcile } from '#activities/reconciler.ts';
import type { InviteeActor, MemberActor } from '#domain/actors.ts';
import { addDays, atLocalTime, localDate } from '#domain/calendar/local-time.ts';
import { adminOf } from '../support/cast.ts';
import { forwardTo } from '../support/temporal-time.ts';
import { askFirm, openStage, reachesStep, type Stage, until } from './stage.ts';

const BERLIN = { timeZone: 'Europe/Berlin' };
let stage: Stage;
let admin: MemberActor;
let counter = 0;

beforeAll(async () => {
  stage = await openStage();
  admin = adminOf(stage.cast);
});
afterAll(() => stage?.close());

const asAdmin = <T>(work: (em: Em) => Promise<T>): Promise<T> => emFor(stage.orm, admin).transactional(work);
const workflowOf = ({ id }: Pick<Partnership, 'id'>): string => `invitation:${id}`;
const handleOf = (partnership: Partnership) => stage.temporal.client.workflow.getHandle(workflowOf(partnership));

async function invite(given: Partial<PartnerInvitation> = {}): Promise<Partnership> {
  counter += 1;
  const input = { email: `partner-${counter}@firma.example`, company: `Aufzug ${counter}`, workspaceIds: [stage.cast.workspace.id], ...given };
  const partnership = await asAdmin((em) => invitePartner(em, admin, input, new Date()));
  await reaches(partnership, 'answer');
  return partnership;
}

/** Until its process stands there. */
async function reaches(partnership: Partnership, step: string): Promise<void> {
  await reachesStep(stage, workflowOf(partnership), step);
}

async function row(partnership: Partnership): Promise<Record<string, unknown>> {
  const [found] = await stage.query<Record<string, unknown>>('select * from partnerships where id = $1', [partnership.id]);
  return found ?? {};
}

/** Seven in the morning, so many days after it was sent. */
function morning(partnership: Partnership, days: number): Date {
  return atLocalTime(addDays(localDate(partnership.roundStartedAt, BERLIN), days), '07:00', BERLIN);
}

const tokenIn = (text: string): string => /\/i\/([\w-]{43})/.exec(text)?.[1] ?? '';

async function inviteeOf(text: string): Promise<InviteeActor> {
  const opened = await systemEm(stage.orm).transactional((em) => findInvitationLink(em, tokenIn(text)));
  if (!opened) throw new Error('the mail has no link that opens');
  return opened.actor;
}

test('over its weeks it reminds twice below the first mail, expires, and tells the inviter', async () => {
  const partnership = await invite({ message: 'Willkommen' });
  const first = await stage.mailbox.mailTo(partnership.invitedEmail, { tag: 'partner-invitation' });
  expect(first.subject).toBe('Einladung zur Zusammenarbeit mit Lindenhof Verwaltung');
  await stage.mailbox.settled(first);
  await forwardTo(stage.temporal, workflowOf(partnership), new Date(morning(partnership, 4).getTime() - 1000));
  expect((await row(partnership))['reminded_at']).toBeNull();
  await forwardTo(stage.temporal, workflowOf(partnership), new Date(morning(partnership, 4).getTime() + 1000));
  const reminder = await stage.mailbox.mailTo(partnership.invitedEmail, { since: first });
  expect(reminder.subject).toBe('Re: Einladung zur Zusammenarbeit mit Lindenhof Verwaltung');
  const [sent] = await stage.query<{ message_id: string }>('select message_id from outbound_mails where partnership_id = $1 order by created_at limit 1', [partnership.id]);
  expect(reminder.headers.find((one) => one.Name === 'In-Reply-To')?.Value).toBe(`<${sent?.message_id}>`);
  expect(tokenIn(reminder.text)).not.toBe(tokenIn(first.text));
  await inviteeOf(first.text);
  await forwardTo(stage.temporal, workflowOf(partnership), new Date(morning(partnership, 14).getTime() + 1000));
  await stage.mailbox.mailTo(partnership.invitedEmail, { since: reminder });
  expect(await row(partnership)).toMatchObject({ status: 'invited', reminded_at: expect.any(Date), last_reminded_at: expect.any(Date) });
  await forwardTo(stage.temporal, workflowOf(partnership), new Date(partnership.validUntil.getTime() + 60_000)).catch(() => undefined);
  expect(await handleOf(partnership).result()).toEqual({ status: 'expired' });
  const told = await stage.mailbox.mailTo(stage.cast.admin.user.email, { subject: `Einladung an Aufzug ${counter} abgelaufen` });
  expect(told.text).toContain(`/go/${admin.organisationId}/partnerships/${partnership.id}`);
  await until('all mails to be noted as sent', async () => (await stage.query(`select 1 from outbound_mails where partnership_id = $1 and status not in ('sent', 'delivered')`, [partnership.id])).length === 0);
  const kept = await stage.query<{ text_body: string }>('select text_body from outbound_mails where partnership_id = $1', [partnership.id]);
  expect(kept.filter((one) => tokenIn(one.text_body) !== '')).toEqual([]);
});

test('an answer in the last moment wins over the reminder that was due', async () => {
  const partnership = await invite();
  const mail = await stage.mailbox.mailTo(partnership.invitedEmail);
  const invitee = await inviteeOf(mail.text);
  await stage.stopWorkers();
  await emFor(stage.orm, invitee).transactional((em) => declineInvitation(em, invitee, { reason: 'Keine Zeit' }, new Date()));
  await stage.startWorkers();
  await forwardTo(stage.temporal, workflowOf(partnership), morning(partnership, 20)).catch(() => undefined);
  expect(await handleOf(partnership).result()).toEqual({ status: 'declined' });
  const told = await stage.mailbox.mailTo(stage.cast.admin.user.email, { subject: `Aufzug ${counter} hat Ihre Einladung abgelehnt` });
  expect(told.text).toContain('Grund: Keine Zeit\n');
  expect(await stage.mailbox.mailsNow(partnership.invitedEmail)).toHaveLength(1);
});

test('sent again after its end, the same process runs anew from the first day; the old link is dead', async () => {
  const partnership = await invite();
  const old = await stage.mailbox.mailTo(partnership.invitedEmail);
  await asAdmin((em) => withdrawInvitation(em, admin, { id: partnership.id, reason: 'Versehen' }, new Date()));
  expect(await handleOf(partnership).result()).toEqual({ status: 'withdrawn' });
  const over = await stage.mailbox.mailTo(partnership.invitedEmail, { tag: 'invitation-withdrawn' });
  expect(over.text).toContain('Versehen');
  const again = await asAdmin((em) => resendInvitation(em, admin, { id: partnership.id }, new Date()));
  await reaches(partnership, 'answer');
  const fresh = await stage.mailbox.mailTo(partnership.invitedEmail, { since: over });
  expect(await stage.query('select token_hash from access_links where partnership_id = $1 and revoked_at is null', [partnership.id])).toHaveLength(1);
  expect((await inviteeOf(old.text)).linkId).not.toBe((await inviteeOf(fresh.text)).linkId);
  await forwardTo(stage.temporal, workflowOf(partnership), new Date(morning(again, 4).getTime() + 1000));
  await stage.mailbox.mailTo(partnership.invitedEmail, { since: fresh });
  expect(await row(partnership)).toMatchObject({ round: 2, last_reminded_at: null });
});

test('what does not arrive is told at once and not reminded of; the reconciler knows that it should run', async () => {
  const partnership = await invite();
  await stage.mailbox.bounce(await stage.mailbox.mailTo(partnership.invitedEmail));
  await reaches(partnership, 'bounced');
  const told = await stage.mailbox.mailTo(stage.cast.admin.user.email, { subject: `Einladung an Aufzug ${counter} nicht zugestellt` });
  expect(told.text).toContain('kam nicht an: Das Postfach gibt es nicht.');
  await handleOf(partnership).terminate('by hand');
  await until('the list to know it', async () => {
    for await (const _one of stage.temporal.client.workflow.list({ query: `ExecutionStatus = "Running" and WorkflowId = "${workflowOf(partnership)}"` })) return false;
    return true;
  });
  expect((await reconcile(stage.deps, new Date(Date.now() + 5 * 60_000), () => undefined)).started).toBeGreaterThanOrEqual(1);
  await until('it to run', async () => (await handleOf(partnership).describe()).status.name === 'RUNNING');
  await reaches(partnership, 'bounced');
  await forwardTo(stage.temporal, workflowOf(partnership), morning(partnership, 20));
  expect(await row(partnership)).toMatchObject({ reminded_at: null, last_reminded_at: null });
  expect(await stage.mailbox.mailsNow(partnership.invitedEmail)).toHaveLength(1);
});

test('work that was asked for by mail goes on in the same process when its firm becomes a partner', async () => {
  const { assignment, contact, firm } = await askFirm(stage);
  await reachesStep(stage, `assignment:${assignment.id}`, 'answer');
  const handle = stage.temporal.client.workflow.getHandle(`assignment:${assignment.id}`);
  const { runId } = await handle.describe();
  const due = async (): Promise<unknown> => (await stage.query('select step, next_due_at, next_action, updated_at from processes where workflow_id = $1', [`assignment:${assignment.id}`]))[0];
  const before = (await due()) as { next_due_at: Date; updated_at: Date };
  const partnership = await invite({ email: contact.email, firmId: firm.id, company: undefined });
  const mail = await stage.mailbox.mailTo(contact.email, { tag: 'partner-invitation' });
  expect(mail.text).toContain('Laufende Aufträge per E-Mail gehen unverändert weiter.');
  const invitee = await inviteeOf(mail.text);
  const user = { name: 'Petra Kern', passwordHash: await hashPassword('Rostiges Wehr am Bach 7'), locale: 'de-DE' as const };
  await emFor(stage.orm, invitee).transactional((em) => acceptInvitation(em, invitee, { user, organisation: { name: 'Maler Kern GmbH' } }, new Date()));
  expect(await handleOf(partnership).result()).toEqual({ status: 'accepted' });
  await until('another look', async () => ((await due()) as { updated_at: Date }).updated_at > before.updated_at);
  expect(await due()).toMatchObject({ step: 'answer', next_due_at: before.next_due_at });
  expect((await handle.describe()).runId).toBe(runId);
  const told = await stage.mailbox.mailTo(stage.cast.admin.user.email, { subject: 'Maler Kern GmbH hat Ihre Einladung angenommen' });
  expect(told.text).toContain('weitergehen: 1.');
});

test('while mail is paused nothing leaves and nothing expires; its end brings the step that is due', async () => {
  const partnership = await invite();
  const first = await stage.mailbox.mailTo(partnership.invitedEmail);
  await stage.query('update organisations set is_mail_paused = true, mail_paused_at = now() where id = $1', [admin.organisationId]);
  await forwardTo(stage.temporal, workflowOf(partnership), new Date(morning(partnership, 4).getTime() + 1000));
  await reaches(partnership, 'paused');
  expect(await row(partnership)).toMatchObject({ status: 'invited', reminded_at: null });
  await stage.query('update organisations set is_mail_paused = false where id = $1', [admin.organisationId]);
  await releasePausedMails(stage.orm, new Date());
  const reminder = await stage.mailbox.mailTo(partnership.invitedEmail, { since: first });
  expect(reminder.text).toContain('ist noch offen');
  await reaches(partnership, 'answer');
});
