import { expect, test } from '@jest/globals';
import { isNewEnough } from '#tools/temporal/find.ts';
import { neededFor } from '../support/services.ts';

test.each([
  [[], true, true],
  [['test/domain'], false, false],
  [['test/domain/mail', 'test/templates'], false, false],
  [['test/api'], true, false],
  [['test/domain', 'test/api/sign-in.test.ts'], true, false],
  [['test/journeys'], true, true],
  [['reminder'], true, true],
])('tests under %j start PostgreSQL: %s, Temporal: %s', (patterns, postgres, temporal) => {
  expect(neededFor(patterns)).toEqual({ postgres, temporal });
});

test.each([
  ['1.31.9', false],
  ['1.32.0', true],
  ['1.33.1', true],
  ['2.0.0', true],
  ['0.99.0', false],
])('a Temporal server %s is new enough for tests that skip time: %s', (version, expected) => {
  expect(isNewEnough(version)).toBe(expected);
});
