import { describe, expect, test } from '@jest/globals';
import { addressedOrganisation, candidates, decideTrust, knownSender, orderNumbersIn, parseReplyAddress, referencedIds } from '#domain/mail/matching.ts';

const DOMAIN = 'reply.gewerk.example';
const KEY = 'k7f3q2m5x4w6a2b3c4d5e6f7g2';

describe('a reply address names organisation and key', () => {
  test.each([
    [`lindenhof+${KEY}@${DOMAIN}`, { organisation: 'lindenhof', key: KEY }],
    [`Lindenhof+${KEY.toUpperCase()}@Reply.Gewerk.Example`, { organisation: 'lindenhof', key: KEY }],
    [`"Lindenhof" <lindenhof+${KEY}@${DOMAIN}>`, { organisation: 'lindenhof', key: KEY }],
    [`lindenhof@${DOMAIN}`, { organisation: 'lindenhof', key: null }],
    [`lindenhof+short@${DOMAIN}`, { organisation: 'lindenhof', key: null }],
    [`lindenhof+a b'c;--------@${DOMAIN}`, { organisation: 'lindenhof', key: null }],
    [`lindenhof+${KEY}@other.example`, null],
    [`lindenhof+${KEY}@${DOMAIN}.evil.example`, null],
    ['', null],
    [`+${KEY}@${DOMAIN}`, null],
  ])('%s', (address, expected) => {
    expect(parseReplyAddress(address, DOMAIN)).toEqual(expected);
  });
});

test('references are read newest first: In-Reply-To, then References from the end', () => {
  const headers = [
    { name: 'References', value: '<root@x>\t<second@x>\r\n <third@x>' },
    { name: 'in-reply-to', value: '<third@x>' },
  ];
  expect(referencedIds(headers)).toEqual(['third@x', 'second@x', 'root@x']);
  expect(referencedIds([])).toEqual([]);
  expect(referencedIds([{ name: 'References', value: '<a@x>'.repeat(5000) + '<'.repeat(20_000) }])).toHaveLength(1);
});

describe('order numbers are found in the subject', () => {
  test.each([
    ['Re: Auftrag M-2026-00042: Wasserfleck', ['M-2026-00042']],
    ['AW: m-2026-00042 und W-2026-00007', ['M-2026-00042', 'W-2026-00007']],
    ['(M-2026-00042)', ['M-2026-00042']],
    ['XM-2026-00042A', []],
    ['RM-M-2026-00042', []],
    ['M-2026-0042', []],
    ['Rechnung 2026-00042', []],
    ['ABC-2026-123456', ['ABC-2026-123456']],
  ])('%s', (subject, numbers) => {
    expect(orderNumbersIn(subject)).toEqual(numbers);
  });

  test('only with the letters of the organisation', () => {
    expect(orderNumbersIn('R-2026-00001 zu M-2026-00042', ['M', 'W'])).toEqual(['M-2026-00042']);
  });
});

test('candidates come best first, the true recipient before To and Cc', () => {
  const other = 'a2b3c4d5e6f7g2h3j4k5m6n7p2';
  const mail = { headers: [{ name: 'In-Reply-To', value: '<a@x>' }], subject: 'Re: M-2026-00042', originalRecipient: `lindenhof+${KEY}@${DOMAIN}`, recipients: [`Lindenhof+${other}@${DOMAIN}`, `lindenhof+${KEY}@${DOMAIN}`, 'x@y.example'] };
  expect(candidates(mail, DOMAIN)).toEqual([
    { by: 'reply_address', organisation: 'lindenhof', key: KEY },
    { by: 'reply_address', organisation: 'lindenhof', key: other },
    { by: 'references', messageId: 'a@x' },
    { by: 'subject', orderNumber: 'M-2026-00042' },
  ]);
  expect(addressedOrganisation({ ...mail, originalRecipient: '', recipients: [`lindenhof@${DOMAIN}`] }, DOMAIN)).toBe('lindenhof');
  expect(addressedOrganisation({ ...mail, originalRecipient: '', recipients: ['x@y.example'] }, DOMAIN)).toBeNull();
});

describe('the same domain proves a company, never a mail provider', () => {
  test.each([
    ['Huber@Sanitaer.example', ['huber@sanitaer.example'], 'known_contact'],
    ['buero@sanitaer.example', ['huber@sanitaer.example'], 'same_company'],
    ['buero@sub.sanitaer.example', ['huber@sanitaer.example'], 'other'],
    ['fremd@gmx.de', ['huber@gmx.de'], 'other'],
    ['fremd@GMAIL.com', ['huber@gmail.com'], 'other'],
    ['fremd@t-online.de', ['huber@t-online.de'], 'other'],
    ['x@y.example', [], 'other'],
    ['', ['huber@sanitaer.example'], 'other'],
  ])('%s among %j is %s', (from, contacts, kind) => {
    expect(knownSender(from, contacts)).toBe(kind);
  });
});

describe('who may do what by mail is one table', () => {
  const STEP = 'comment_and_step';
  const PROPOSED = 'comment_step_proposed';
  const MARKED = 'comment_marked_step_proposed';
  const REVIEW = 'to_review';
  const columns: [Parameters<typeof decideTrust>[1], Parameters<typeof decideTrust>[2]][] = [['known_contact', 'pass'], ['known_contact', 'none'], ['same_company', 'pass'], ['other', 'pass'], ['other', 'none'], ['same_company', 'none'], ['known_contact', 'fail'], ['same_company', 'fail'], ['other', 'fail']];
  test.each([
    ['reply_address', [STEP, PROPOSED, STEP, MARKED, MARKED, MARKED, REVIEW, REVIEW, REVIEW]],
    ['references', [STEP, PROPOSED, STEP, REVIEW, REVIEW, REVIEW, REVIEW, REVIEW, REVIEW]],
    ['subject', [PROPOSED, PROPOSED, REVIEW, REVIEW, REVIEW, REVIEW, REVIEW, REVIEW, REVIEW]],
    ['nothing', [REVIEW, REVIEW, REVIEW, REVIEW, REVIEW, REVIEW, REVIEW, REVIEW, REVIEW]],
  ] as const)('%s', (foundBy, expected) => {
    expect(columns.map(([sender, proof]) => decideTrust(foundBy, sender, proof))).toEqual(expected);
  });
});
