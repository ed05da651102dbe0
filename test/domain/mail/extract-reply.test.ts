import { describe, expect, test } from '@jest/globals';
import { extractReply } from '#domain/mail/extract-reply.ts';
import { ENGLISH } from '../../fixtures/replies/english.ts';
import { GERMAN_HTML } from '../../fixtures/replies/german-html.ts';
import { GERMAN_TEXT } from '../../fixtures/replies/german-text.ts';
import type { ReplyFixture } from '../../fixtures/replies/our-mail.ts';
import { SIGNATURES } from '../../fixtures/replies/signatures.ts';
import { TRICKY } from '../../fixtures/replies/tricky.ts';

const GROUPS: [string, ReplyFixture[]][] = [
  ['German programs, plain text', GERMAN_TEXT],
  ['German programs, HTML', GERMAN_HTML],
  ['signatures', SIGNATURES],
  ['look-alikes and forwards', TRICKY],
  ['English programs', ENGLISH],
];

describe.each(GROUPS)('own text is shown and nothing else: %s', (_group, fixtures) => {
  test.each(fixtures.map((fixture): [string, ReplyFixture] => [fixture.name, fixture]))('%s', (_name, fixture) => {
    const reply = extractReply(fixture);
    expect(reply.visible).toBe(fixture.visible);
    expect(reply.isUncut).toBe(fixture.isUncut ?? false);
    if (fixture.signature !== undefined) expect(reply.cut.signature).toContain(fixture.signature);
    if (fixture.hiddenContentIds !== undefined) expect(reply.hiddenContentIds).toEqual(fixture.hiddenContentIds);
  });
});

test('what was cut can be shown again: history and signature are handed back', () => {
  const reply = extractReply(GERMAN_TEXT[4]!);
  expect(reply.cut.quote).toContain('Wasserfleck an der Decke');
  expect(reply.cut.signature).toContain('Mit freundlichen Grüßen');
  expect(reply.cutLines).toBeGreaterThan(15);
});
