import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { askPainter, fixture, forgetOrders, openMailStage, withHeaders, type Json, type MailStage } from './stage.ts';

let stage: MailStage;

beforeAll(async () => {
  stage = await openMailStage();
});
afterEach(() => forgetOrders(stage));
afterAll(() => stage?.close());

const DOMAIN = 'reply.gewerk.localhost';

/** How a mail shows which order it belongs to. */
const SIGNS: Record<string, (json: Json) => Json> = {
  'reply address': (json) => withHeaders({ ...json, Subject: 'Re: Treppenhaus' }, { 'In-Reply-To': null, References: null }),
  references: (json) => ({ ...json, ...toInbox(), Subject: 'Re: Treppenhaus' }),
  'number in the subject': (json) => withHeaders({ ...json, ...toInbox(), Subject: 'Re: M-2026-00042' }, { 'In-Reply-To': null, References: null }),
  nothing: (json) => withHeaders({ ...json, ...toInbox(), Subject: 'Treppenhaus' }, { 'In-Reply-To': null, References: null }),
};

function toInbox(): Json {
  const email = `lohbach@${DOMAIN}`;
  return { OriginalRecipient: email, To: email, ToFull: [{ Email: email, Name: '', MailboxHash: '' }], MailboxHash: '' };
}

/** Who sends it, and what proves it. */
const SENDERS: Record<string, (json: Json) => Json> = {
  'contact, proved': (json) => proved(from(json, 'kern@maler-kern.example'), 'maler-kern.example'),
  'contact, no proof': (json) => unproved(from(json, 'kern@maler-kern.example')),
  'same company, proved': (json) => proved(from(json, 'jonas@maler-kern.example'), 'maler-kern.example'),
  'other address': (json) => proved(from(json, 'irgendwer@fremd.example'), 'fremd.example'),
  'same provider is no company': (json) => proved(from(json, 'jonas@gmx.de'), 'gmx.de'),
  'SPF fails, no DKIM': (json) => withHeaders(from(json, 'kern@maler-kern.example'), { 'Received-SPF': 'fail (not permitted) envelope-from=kern@maler-kern.example', 'X-Spam-Tests': 'SPF_FAIL' }),
};

function from(json: Json, email: string): Json {
  return { ...json, From: email, FromFull: { Email: email, Name: 'Jemand', MailboxHash: '' } };
}

function proved(json: Json, domain: string): Json {
  return withHeaders(json, { 'Received-SPF': `pass (allowed) envelope-from=x@${domain}`, 'X-Spam-Tests': 'DKIM_SIGNED,DKIM_VALID,DKIM_VALID_AU,SPF_PASS' });
}

function unproved(json: Json): Json {
  return withHeaders(json, { 'Received-SPF': 'none (no record)', 'X-Spam-Tests': 'HTML_MESSAGE' });
}

type Outcome = 'comment, step' | 'comment, step proposed' | 'comment, marked, step proposed' | 'to review';

const TABLE: [sign: string, sender: string, outcome: Outcome][] = [
  ['reply address', 'contact, proved', 'comment, step'],
  ['reply address', 'contact, no proof', 'comment, step proposed'],
  ['reply address', 'same company, proved', 'comment, step'],
  ['reply address', 'other address', 'comment, marked, step proposed'],
  ['reply address', 'same provider is no company', 'comment, marked, step proposed'],
  ['reply address', 'SPF fails, no DKIM', 'to review'],
  ['references', 'contact, proved', 'comment, step'],
  ['references', 'contact, no proof', 'comment, step proposed'],
  ['references', 'same company, proved', 'comment, step'],
  ['references', 'other address', 'to review'],
  ['references', 'SPF fails, no DKIM', 'to review'],
  ['number in the subject', 'contact, proved', 'comment, step proposed'],
  ['number in the subject', 'contact, no proof', 'comment, step proposed'],
  ['number in the subject', 'same company, proved', 'to review'],
  ['number in the subject', 'other address', 'to review'],
  ['number in the subject', 'SPF fails, no DKIM', 'to review'],
  ['nothing', 'contact, proved', 'to review'],
  ['nothing', 'contact, no proof', 'to review'],
  ['nothing', 'same company, proved', 'to review'],
  ['nothing', 'other address', 'to review'],
  ['nothing', 'SPF fails, no DKIM', 'to review'],
];

test.each(TABLE)('found by %s, from %s: %s', async (sign, sender, outcome) => {
  await askPainter(stage);
  await stage.receive(SENDERS[sender]!(SIGNS[sign]!(fixture('gmail-accept'))));
  expect(await whatHappened()).toBe(outcome);
});

async function whatHappened(): Promise<string> {
  const [mail] = await stage.query<{ status: string }>('select status from inbound_mails');
  const comments = await stage.query<{ unverified_sender: string | null }>('select unverified_sender from comments');
  const [assignment] = await stage.query<{ status: string; proposed_answer: { step: string } | null }>('select status, proposed_answer from assignments');
  if (mail!.status === 'held') return comments.length === 0 && assignment!.status === 'offered' && !assignment!.proposed_answer ? 'to review' : 'held, but something changed';
  const step = assignment!.status === 'accepted' ? 'step' : assignment!.proposed_answer?.step === 'accept' ? 'step proposed' : 'no step';
  return [comments.length === 1 ? 'comment' : `${comments.length} comments`, comments[0]?.unverified_sender ? 'marked' : null, step].filter(Boolean).join(', ');
}
