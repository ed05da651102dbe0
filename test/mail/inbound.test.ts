import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { askPainter, fixture, forgetOrders, openMailStage, withHeaders, type MailStage } from './stage.ts';

let stage: MailStage;

beforeAll(async () => {
  stage = await openMailStage();
});
afterEach(() => forgetOrders(stage));
afterAll(() => stage?.close());

type CommentRow = { body: string; author_contact_id: string | null; unverified_sender: string | null; missing_files: unknown; cut_lines: number };
const comments = (): Promise<CommentRow[]> => stage.query('select * from comments order by created_at, id');
const assignment = async (): Promise<{ status: string; proposed_answer: { step: string; why: string } | null }> =>
  (await stage.query<{ status: string; proposed_answer: { step: string; why: string } | null }>('select * from assignments'))[0]!;
const inbound = async (id: string): Promise<Record<string, unknown>> => (await stage.query<Record<string, unknown>>('select * from inbound_mails where id = $1', [id]))[0]!;
const mails = async (template: string): Promise<Record<string, unknown>[]> => stage.query('select * from outbound_mails where template = $1', [template]);

test('ANNEHMEN by the known contact accepts, becomes a comment and is confirmed', async () => {
  const { contact } = await askPainter(stage);
  const { id, position } = await stage.receive(fixture('gmail-accept'));
  expect(position).toMatchObject({ isEnded: true, status: 'processed' });
  expect(await comments()).toMatchObject([{ author_contact_id: contact.id, unverified_sender: null }]);
  expect((await comments())[0]!.body).not.toContain('schrieb');
  expect(await assignment()).toMatchObject({ status: 'accepted', answer_door: 'mail', answered_by_contact_id: contact.id });
  expect(await mails('acceptance-confirmed')).toHaveLength(1);
  expect(await inbound(id)).toMatchObject({ status: 'processed', found_by: 'reply_address', proof: 'pass' });
});

test('ABLEHNEN with a reason declines, and the reason is kept', async () => {
  await askPainter(stage);
  await stage.receive(fixture('gmx-decline'));
  expect(await assignment()).toMatchObject({ status: 'declined' });
  expect(await mails('decline-confirmed')).toHaveLength(1);
});

test('a question is a comment and no step', async () => {
  await askPainter(stage);
  await stage.receive(fixture('outlook-question'));
  expect(await comments()).toHaveLength(1);
  expect(await assignment()).toMatchObject({ status: 'offered', proposed_answer: null });
});

test('ERLEDIGT by who has accepted completes the order', async () => {
  await askPainter(stage, { isAccepted: true });
  await stage.receive(fixture('outlook-mobile-done'));
  expect(await stage.query('select status from work_orders')).toEqual([{ status: 'done' }]);
});

test('ERLEDIGT by who has not accepted is refused by mail, and is a comment all the same', async () => {
  await askPainter(stage);
  await stage.receive(fixture('outlook-mobile-done'));
  expect(await stage.query('select status from work_orders')).toEqual([{ status: 'assigned' }]);
  expect(await comments()).toHaveLength(1);
  expect(await mails('step-refused')).toMatchObject([{ parameters: { cause: 'not_possible' } }]);
});

test('a photo comes along with its comment, without position and with a preview', async () => {
  await askPainter(stage);
  await stage.receive(fixture('iphone-photo'));
  const files = await stage.query<Record<string, unknown>>('select * from attachments');
  expect(files).toMatchObject([{ is_hidden: false, visibility: 'shared', door: 'mail', inbound_mail_id: expect.any(String), comment_id: expect.any(String) }]);
});

test('the same mail delivered twice is one comment', async () => {
  await askPainter(stage);
  const first = await stage.receive(fixture('outlook-question'));
  const second = await stage.receive(fixture('outlook-question'));
  expect(await comments()).toHaveLength(1);
  expect(await inbound(first.id)).toMatchObject({ status: 'processed' });
  expect(await inbound(second.id)).toMatchObject({ status: 'rejected', reason: 'duplicate' });
});

test('a mail that was decided stays as it is when its process runs again', async () => {
  await askPainter(stage);
  const { id } = await stage.receive(fixture('outlook-question'));
  expect(await stage.again(id, stage.cast.organisation.id)).toMatchObject({ status: 'processed' });
  expect(await comments()).toHaveLength(1);
});

test.each(['out-of-office-outlook', 'out-of-office-gmail-english'])('%s never becomes a comment, is not answered, and shows on the assignment', async (name) => {
  await askPainter(stage);
  const { id } = await stage.receive(fixture(name));
  expect(await comments()).toEqual([]);
  expect(await inbound(id)).toMatchObject({ status: 'automatic', reason: 'out_of_office' });
  expect(await stage.query(`select data from events where name = 'assignment.away'`)).toHaveLength(1);
  expect(await stage.query(`select 1 from outbound_mails where template <> 'assignment'`)).toEqual([]);
});

test('a deputy whom the directory knows is asked instead of who is away', async () => {
  const { firm } = await askPainter(stage);
  await stage.query(`insert into firm_contacts (id, organisation_id, firm_id, name, email, roles, position, created_at)
    values (gen_random_uuid(), $1, $2, 'Vera Kern', 'vera@maler-kern.example', '["deputy"]', 1, now())`, [stage.cast.organisation.id, firm.id]);
  await stage.receive(fixture('out-of-office-outlook'));
  expect(await stage.query(`select to_email from outbound_mails where template = 'assignment' order by created_at, id`)).toEqual([{ to_email: 'kern@maler-kern.example' }, { to_email: 'vera@maler-kern.example' }]);
});

const deputies = (): Promise<Record<string, unknown>[]> => stage.query('select email, name, away_until::text, decision from deputy_proposals order by created_at, id');
const AWAY = (whom: string): Record<string, unknown> => ({ TextBody: `Ich bin bis 04.12.2026 im Urlaub. In dringenden Fällen wenden Sie sich bitte an ${whom}.`, HtmlBody: '' });

test('a deputy whom only the note names is a proposal: nobody is added, nobody is mailed, and no event names them', async () => {
  await askPainter(stage);
  await stage.receive(fixture('out-of-office-outlook', AWAY('petra.lindner@maler-kern.example')));
  expect(await deputies()).toEqual([{ email: 'petra.lindner@maler-kern.example', name: 'Petra Lindner', away_until: '2026-12-04', decision: null }]);
  expect(await stage.query('select 1 from firm_contacts')).toHaveLength(1);
  expect(await mails('assignment')).toHaveLength(1);
  expect(JSON.stringify(await stage.query('select data from events'))).not.toContain('lindner');
});

test('a later note of absence replaces the proposal of an earlier one', async () => {
  await askPainter(stage);
  await stage.receive(withHeaders(fixture('out-of-office-outlook', AWAY('petra.lindner@maler-kern.example')), { 'Message-ID': '<away-1@maler-kern.example>' }));
  await stage.receive(withHeaders(fixture('out-of-office-outlook', AWAY('buero@maler-kern.example')), { 'Message-ID': '<away-2@maler-kern.example>' }));
  expect(await deputies()).toMatchObject([{ decision: 'outdated', email: null, name: null }, { email: 'buero@maler-kern.example', name: null, decision: null }]);
});

test('no deputy is proposed to who has accepted: nobody waits for an answer', async () => {
  await askPainter(stage, { isAccepted: true });
  await stage.receive(fixture('out-of-office-outlook', AWAY('petra.lindner@maler-kern.example')));
  expect(await deputies()).toEqual([]);
});

test('a bounce sent to the reply address marks the mail and tells the coordinator', async () => {
  await askPainter(stage);
  await stage.query(`update outbound_mails set status = 'sent'`);
  const { id } = await stage.receive(fixture('bounce-mail'));
  expect(await inbound(id)).toMatchObject({ status: 'bounce' });
  expect(await comments()).toEqual([]);
  expect(await mails('assignment')).toMatchObject([{ status: 'bounced' }]);
  expect(await mails('escalation')).toHaveLength(1);
});

const SPF_FAILS = { 'Received-SPF': 'fail (not permitted) envelope-from=kern@maler-kern.example', 'X-Spam-Tests': 'SPF_FAIL' };
const INBOX = { OriginalRecipient: 'lohbach@reply.gewerk.localhost', To: 'lohbach@reply.gewerk.localhost', ToFull: [], CcFull: [], Subject: 'Re: M-2026-00042' };
const BY_NUMBER = { 'In-Reply-To': null, References: null };

test.each<[string, Record<string, string | null>, Record<string, unknown>]>([
  ['whose sender is forged', SPF_FAILS, {}],
  ['of a stranger who knows the number', { ...BY_NUMBER, 'X-Autoreply': 'yes' }, { ...INBOX, From: 'wer@fremd.example', FromFull: { Email: 'wer@fremd.example', Name: '', MailboxHash: '' } }],
])('a note of absence %s sends nobody away and moves nothing', async (_whose, headers, change) => {
  const { firm } = await askPainter(stage);
  await stage.query(`insert into firm_contacts (id, organisation_id, firm_id, name, email, roles, position, created_at)
    values (gen_random_uuid(), $1, $2, 'Vera Kern', 'vera@maler-kern.example', '["deputy"]', 1, now())`, [stage.cast.organisation.id, firm.id]);
  const { id } = await stage.receive(withHeaders(fixture('out-of-office-outlook', change), headers));
  expect(await inbound(id)).toMatchObject({ status: 'automatic', reason: 'out_of_office' });
  expect(await stage.query(`select 1 from firm_contacts where away_until is not null`)).toEqual([]);
  expect(await stage.query(`select 1 from events where name = 'assignment.away'`)).toEqual([]);
  expect(await mails('assignment')).toHaveLength(1);
});

test.each<[string, Record<string, string | null>, Record<string, unknown>]>([
  ['whose sender is forged', SPF_FAILS, {}],
  ['that knows no more than the number', BY_NUMBER, INBOX],
])('a bounce %s marks no mail', async (_which, headers, change) => {
  await askPainter(stage);
  // The loosest case: a mail to nobody in the directory, which a number alone would find.
  await stage.query(`update outbound_mails set status = 'sent', to_contact_id = case when $1 then null else to_contact_id end`, [change === INBOX]);
  const { id } = await stage.receive(withHeaders(fixture('bounce-mail', change), headers));
  expect(await inbound(id)).toMatchObject({ status: 'bounce' });
  expect(await mails('assignment')).toMatchObject([{ status: 'sent' }]);
  expect(await mails('escalation')).toEqual([]);
});

test('a read receipt is noted and nothing else', async () => {
  await askPainter(stage);
  const { id } = await stage.receive(fixture('read-receipt'));
  expect(await inbound(id)).toMatchObject({ status: 'automatic', reason: 'read_receipt' });
  expect(await comments()).toEqual([]);
});

test('a stranger’s mail waits for a person, and the stranger learns nothing', async () => {
  await askPainter(stage);
  const { id } = await stage.receive(fixture('nothing-to-match'));
  expect(await inbound(id)).toMatchObject({ status: 'held', reason: 'no_match', organisation_id: stage.cast.organisation.id, suggestion: null });
  expect(await mails('could-not-match')).toEqual([]);
});

test('a known contact whose mail matches nothing is told once a day, with a suggestion for the coordinator', async () => {
  const { order, assignment: asked } = await askPainter(stage);
  const lost = (): Record<string, unknown> => fixture('nothing-to-match', { From: 'kern@maler-kern.example', FromFull: { Email: 'kern@maler-kern.example', Name: 'Peter Kern', MailboxHash: '' } });
  const { id } = await stage.receive(withHeaders(lost(), { 'Message-ID': '<one@maler-kern.example>' }));
  await stage.receive(withHeaders(lost(), { 'Message-ID': '<two@maler-kern.example>' }));
  expect(await inbound(id)).toMatchObject({ status: 'held', suggestion: { workOrderId: order.id, assignmentId: asked.id } });
  expect(await mails('could-not-match')).toHaveLength(1);
});

test('an order that is over is never guessed for a mail that matches nothing', async () => {
  await askPainter(stage, { isAccepted: true });
  await stage.query(`update work_orders set status = 'closed'`);
  const { id } = await stage.receive(fixture('nothing-to-match', { From: 'kern@maler-kern.example', FromFull: { Email: 'kern@maler-kern.example', Name: 'Peter Kern', MailboxHash: '' } }));
  expect(await inbound(id)).toMatchObject({ status: 'held', suggestion: null });
});

test('a mail to an unknown organisation belongs to nobody and waits for the operator', async () => {
  const { id } = await stage.receive(fixture('nothing-to-match', { OriginalRecipient: 'niemand@reply.gewerk.localhost', ToFull: [], To: '' }));
  expect(await inbound(id)).toMatchObject({ status: 'held', reason: 'unknown_recipient', organisation_id: null });
});

test('spam waits for a person, whatever else it carries', async () => {
  const { id } = await stage.receive(fixture('spam'));
  expect(await inbound(id)).toMatchObject({ status: 'held' });
  expect(await comments()).toEqual([]);
});

test('a file over 20 MB is refused by name, the rest is kept, and its sender gets a link for the same comment', async () => {
  await askPainter(stage);
  const big = { Name: 'Video.mp4', Content: Buffer.alloc(21 * 1024 * 1024).toString('base64'), ContentType: 'video/mp4', ContentLength: 21 * 1024 * 1024, ContentID: '' };
  const small = { Name: 'Angebot.txt', Content: Buffer.from('12 Stunden').toString('base64'), ContentType: 'text/plain', ContentLength: 10, ContentID: '' };
  await stage.receive(fixture('outlook-question', { Attachments: [big, small] }));
  const [comment] = await comments();
  expect(comment!.missing_files).toEqual([{ name: 'Video.mp4', reason: 'too_large', size: 21 * 1024 * 1024 }]);
  expect(await stage.query('select name from attachments')).toEqual([{ name: 'Angebot.txt' }]);
  expect(await stage.query(`select to_email, files from file_requests`)).toEqual([{ to_email: 'kern@maler-kern.example', files: [{ name: 'Video.mp4', size: 21 * 1024 * 1024 }] }]);
  expect(await mails('file-too-large')).toHaveLength(1);
});

test('somebody in Cc is proposed as observer and told nothing', async () => {
  await askPainter(stage);
  await stage.receive(fixture('outlook-question', { Cc: 'chef@bau.example', CcFull: [{ Email: 'chef@bau.example', Name: 'Eva Chef', MailboxHash: '' }] }));
  expect(await stage.query('select email, is_proposed from observers')).toEqual([{ email: 'chef@bau.example', is_proposed: true }]);
  expect(await stage.query(`select 1 from digest_items where recipient like 'observer:%'`)).toEqual([]);
});

test('a soft yes is a comment and a proposal', async () => {
  await askPainter(stage);
  await stage.receive(fixture('outlook-question', { TextBody: 'Machen wir', HtmlBody: '' }));
  expect(await assignment()).toMatchObject({ status: 'offered', proposed_answer: { step: 'accept', why: 'soft_word' } });
});

test('an answer after the work went to another firm is told so kindly', async () => {
  await askPainter(stage);
  await stage.query(`update assignments set status = 'withdrawn', withdraw_reason = 'given_to_other', ended_at = now()`);
  await stage.receive(fixture('gmail-accept'));
  expect(await mails('step-refused')).toMatchObject([{ parameters: { cause: 'given_to_other' } }]);
  expect(await comments()).toHaveLength(1);
});

test('a mail that is no JSON stops only itself and waits for a person', async () => {
  const { id } = await stage.receive(fixture('outlook-question'));
  await stage.query(`update inbound_mails set status = 'stored', organisation_id = null where id = $1`, [id]);
  const [row] = await stage.query<{ raw_key: string }>('select raw_key from inbound_mails where id = $1', [id]);
  await stage.deps.files.put(row!.raw_key, 'no json');
  expect(await stage.again(id)).toMatchObject({ status: 'held', needsAttention: true });
  expect(await inbound(id)).toMatchObject({ reason: 'unreadable' });
});
