import { expect, test } from '@jest/globals';
import { errorForLog } from '#domain/error-for-log.ts';

test('a database error is logged by its codes, never with the values of its statement', () => {
  const error = Object.assign(new Error(`insert into "comments" values ('Frau Muster ist krank')`), { code: '23505', constraint: 'comments_pkey' });
  const logged = errorForLog(error);
  expect(logged).toMatchObject({ code: '23505', constraint: 'comments_pkey' });
  expect(JSON.stringify(logged)).not.toContain('Muster');
});

test('other errors keep their sentence, and all keep the place', () => {
  const logged = errorForLog(new TypeError('no bundle'));
  expect(logged).toMatchObject({ type: 'TypeError', message: 'no bundle' });
  expect(String(logged['stack'])).toContain('error-for-log.test');
});
