import { domainOf } from '../addresses.ts';
import type { Header } from '../records.ts';

/** How the sender's mail proves where it comes from. */
export const PROOFS = ['both', 'dkim', 'spf', 'none', 'fail', 'forwarded'] as const;
export type Proof = (typeof PROOFS)[number];

const CLIENT_IP = '203.0.113.25';

/** SpamAssassin's tests and the SPF line of each kind of proof. */
const TRACES: Record<Proof, { tests: string[]; spf: string; score: string }> = {
  both: { tests: ['DKIM_SIGNED', 'DKIM_VALID', 'DKIM_VALID_AU', 'SPF_PASS'], spf: 'pass', score: '-0.2' },
  dkim: { tests: ['DKIM_SIGNED', 'DKIM_VALID', 'DKIM_VALID_AU'], spf: 'neutral', score: '-0.1' },
  spf: { tests: ['SPF_PASS'], spf: 'Pass', score: '0.0' },
  none: { tests: [], spf: 'none', score: '0.8' },
  fail: { tests: ['SPF_FAIL'], spf: 'fail', score: '3.9' },
  // A forwarding server: the envelope is its own, so SPF passes for another domain than From's.
  forwarded: { tests: ['SPF_PASS'], spf: 'pass', score: '0.3' },
};

export interface TraceInput {
  from: string;
  proof: Proof;
  isSpam: boolean;
  hasHtml: boolean;
  /** Return-Path and envelope sender; `''` for machines, which send with an empty one. */
  returnPath: string;
}

/** The headers that receiving puts in front: path, spam marks, SPF. */
export function traceHeaders({ from, proof, isSpam, hasHtml, returnPath }: TraceInput): Header[] {
  const trace = TRACES[proof];
  const domain = domainOf(from);
  const envelope = proof === 'forwarded' ? 'forward@relay.example' : returnPath || `postmaster@${domain}`;
  const tests = [...trace.tests, ...(hasHtml ? ['HTML_MESSAGE'] : []), ...(isSpam ? ['URIBL_BLACK', 'BAYES_99'] : [])];
  const score = isSpam ? '8.4' : trace.score;
  return [
    { Name: 'Return-Path', Value: `<${returnPath}>` },
    { Name: 'Received', Value: `by p-pm-inboundg02a-aws-euwest1a.inbound.postmarkapp.com (Postfix, from userid 996)\tid 4XyZ0000` },
    { Name: 'X-Spam-Checker-Version', Value: 'SpamAssassin 3.4.0 (2014-02-07) on p-pm-inboundg02a-aws-euwest1a' },
    { Name: 'X-Spam-Status', Value: isSpam ? 'Yes' : 'No' },
    { Name: 'X-Spam-Score', Value: score },
    { Name: 'X-Spam-Tests', Value: tests.join(',') },
    { Name: 'Received-SPF', Value: spfLine(trace.spf, envelope, domain) },
  ];
}

/** Two spellings are seen in real payloads: the one of Postmark's own example, and that of newer mail servers. */
function spfLine(result: string, envelope: string, domain: string): string {
  if (result === 'Pass') {
    return `Pass (sender SPF authorized) identity=mailfrom; client-ip=${CLIENT_IP}; helo=mail.${domain}; envelope-from=${envelope}; receiver=inbound.postmarkapp.com`;
  }
  const sayings: Record<string, string> = {
    pass: `Sender is authorized to use '${envelope}' in 'mfrom' identity (mechanism 'ip4:${CLIENT_IP}' matched)`,
    neutral: `Domain does not state whether sender is authorized to use '${envelope}' in 'mfrom' identity (mechanism '?all' matched)`,
    none: `No applicable sender policy available`,
    fail: `Sender is not authorized by default to use '${envelope}' in 'mfrom' identity (mechanism '-all' matched)`,
  };
  return `${result} (${sayings[result]}) receiver=p-pm-inboundg02a-aws-euwest1a; identity=mailfrom; ` +
    `envelope-from="${envelope}"; helo=mail.${domain}; client-ip=${CLIENT_IP}`;
}
