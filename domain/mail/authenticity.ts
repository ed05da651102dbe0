import { type Header, domainOf, headerValue, headerValues } from './inbound-facts.ts';

export type SpfResult = 'pass' | 'fail' | 'softfail' | 'neutral' | 'none' | 'temperror' | 'permerror';

export interface Authenticity {
  /** Signed by the domain of From itself. */
  dkim: 'pass' | 'fail' | 'none';
  /** Of the envelope sender; says of From only what `proof` makes of it. */
  spf: SpfResult;
  /** Whether From is proved; `fail`: SPF says no and no signature speaks for it. */
  proof: 'pass' | 'none' | 'fail';
  isSpam: boolean;
}

const SPF_RESULTS: readonly SpfResult[] = ['fail', 'softfail', 'permerror', 'temperror', 'none', 'neutral', 'pass'];

/** What Postmark's own headers prove of a mail's sender. Authentication-Results is not looked at: Postmark writes none, so whoever did is unknown. */
export function proveSender(headers: Header[], from: string): Authenticity {
  const tests = spamTests(headers);
  const dkim = tests.has('DKIM_VALID_AU') ? 'pass' : tests.has('DKIM_INVALID') || tests.has('T_DKIM_INVALID') ? 'fail' : 'none';
  const spf = spfOf(headers, tests);
  const isAligned = spf === 'pass' && isEnvelopeOf(headers, domainOf(from));
  const proof = dkim === 'pass' || isAligned ? 'pass' : spf === 'fail' ? 'fail' : 'none';
  return { dkim, spf, proof, isSpam: headerValues(headers, 'X-Spam-Status').some((value) => /^yes\b/i.test(value)) };
}

// The sender may have written such a header himself: of several only what all say counts.
function spamTests(headers: Header[]): Set<string> {
  const lists = headerValues(headers, 'X-Spam-Tests').map((value) => new Set(value.toUpperCase().split(/[\s,]+/)));
  const [first, ...others] = lists;
  if (first === undefined) return new Set();
  return new Set([...first].filter((test) => others.every((other) => other.has(test))));
}

function spfOf(headers: Header[], tests: Set<string>): SpfResult {
  const results = headerValues(headers, 'Received-SPF').map((value) => value.split(' ', 1)[0]!.toLowerCase().replace(/[^a-z]/g, ''));
  const worst = SPF_RESULTS.find((result) => results.includes(result));
  if (worst !== undefined) return worst;
  if (tests.has('SPF_FAIL')) return 'fail';
  if (tests.has('SPF_SOFTFAIL')) return 'softfail';
  return tests.has('SPF_PASS') ? 'pass' : 'none';
}

function isEnvelopeOf(headers: Header[], fromDomain: string): boolean {
  const envelopes = headerValues(headers, 'Received-SPF').map((value) => /envelope-from\s*=\s*["'<]*([^\s;"'<>]+)/i.exec(value)?.[1] ?? '');
  const senders = envelopes.filter((envelope) => envelope !== '');
  // Without the header, SPF_PASS of the spam tests and the Return-Path say the same.
  const known = senders.length > 0 ? senders : [headerValue(headers, 'Return-Path').replace(/[<>]/g, '')];
  return fromDomain !== '' && known.every((sender) => domainOf(sender) === fromDomain);
}
