import { describe, expect, test } from '@jest/globals';
import { proveSender } from '#domain/mail/authenticity.ts';

const FROM = 'huber@sanitaer.example';
const headers = (...rows: [string, string][]): { name: string; value: string }[] => rows.map(([name, value]) => ({ name, value }));
const spf = (result: string, envelope: string): [string, string] => ['Received-SPF', `${result} (sender SPF authorized) identity=mailfrom; client-ip=192.0.2.1;\thelo=mx.example; envelope-from=${envelope}; receiver=auftrag@reply.gewerk.example`];

describe('what proves the sender', () => {
  test.each([
    ['signed by the domain of From', headers(['X-Spam-Tests', 'DKIM_SIGNED,DKIM_VALID,DKIM_VALID_AU,SPF_PASS'], spf('Pass', FROM)), { dkim: 'pass', spf: 'pass', proof: 'pass' }],
    ['signed by another domain only', headers(['X-Spam-Tests', 'DKIM_SIGNED,DKIM_VALID'], spf('none', 'x@relay.example')), { dkim: 'none', spf: 'none', proof: 'none' }],
    ['SPF passes for the domain of From', headers(spf('Pass', 'bounce@SANITAER.example')), { dkim: 'none', spf: 'pass', proof: 'pass' }],
    ['SPF passes for somebody else', headers(spf('Pass', 'x@attacker.example')), { dkim: 'none', spf: 'pass', proof: 'none' }],
    ['a domain that only ends alike', headers(spf('Pass', 'x@evilsanitaer.example')), { dkim: 'none', spf: 'pass', proof: 'none' }],
    ['forwarded: SPF soft fails', headers(spf('softfail', FROM)), { dkim: 'none', spf: 'softfail', proof: 'none' }],
    ['SPF fails and nothing signs', headers(spf('Fail', FROM), ['X-Spam-Tests', 'SPF_FAIL']), { dkim: 'none', spf: 'fail', proof: 'fail' }],
    ['SPF fails but the signature holds', headers(spf('Fail', FROM), ['X-Spam-Tests', 'DKIM_SIGNED,DKIM_VALID_AU']), { dkim: 'pass', spf: 'fail', proof: 'pass' }],
    ['a broken signature', headers(['X-Spam-Tests', 'DKIM_SIGNED,DKIM_INVALID']), { dkim: 'fail', spf: 'none', proof: 'none' }],
    ['nothing at all', headers(), { dkim: 'none', spf: 'none', proof: 'none' }],
    ['Authentication-Results of an unknown writer', headers(['Authentication-Results', 'x; dkim=pass; spf=pass']), { dkim: 'none', spf: 'none', proof: 'none' }],
    ['a second Received-SPF written by the sender', headers(spf('Fail', FROM), spf('Pass', FROM)), { dkim: 'none', spf: 'fail', proof: 'fail' }],
    ['a second X-Spam-Tests written by the sender', headers(['X-Spam-Tests', 'SPF_NONE'], ['X-Spam-Tests', 'DKIM_VALID_AU']), { dkim: 'none', spf: 'none', proof: 'none' }],
  ])('%s', (_name, rows, expected) => {
    expect(proveSender(rows, FROM)).toEqual({ ...expected, isSpam: false });
  });

  test('X-Spam-Status Yes is spam', () => {
    expect(proveSender(headers(['X-Spam-Status', 'Yes']), FROM).isSpam).toBe(true);
    expect(proveSender(headers(['X-Spam-Status', 'No']), FROM).isSpam).toBe(false);
  });
});
