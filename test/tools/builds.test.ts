import { expect, test } from '@jest/globals';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { forgetCompiled, forgettable } from '#tools/start/builds.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const NOW = Date.UTC(2026, 10, 25);
const build = (name: string, ageMs: number) => ({ name, usedAt: NOW - ageMs });
const many = (count: number, ageMs: number) => Array.from({ length: count }, (_, at) => build(`portal-${at}`, ageMs + at));

test('a build that an installation beside this one may serve stays for 14 days after its last start', () => {
  const builds = [...many(3, 0), build('young', 14 * DAY_MS - HOUR_MS), build('old', 14 * DAY_MS + HOUR_MS)];
  expect(forgettable(builds, NOW)).toEqual(['old']);
});

test('the three newest stay, however old', () => {
  expect(forgettable(many(4, 30 * DAY_MS), NOW)).toEqual(['portal-3']);
});

test('no more than 20 stay, however young: builds can not fill a disk', () => {
  expect(forgettable(many(23, 0), NOW)).toEqual(['portal-20', 'portal-21', 'portal-22']);
});

test('a draft that was cut off goes after an hour and counts for none', () => {
  const builds = [build('portal-a.1.new', HOUR_MS + 1), build('portal-b.2.new', 1), ...many(20, 0)];
  expect(forgettable(builds, NOW)).toEqual(['portal-a.1.new']);
});

test('compiled code is thrown away whole when it has grown past its number of files', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'gewerk-compiled-'));
  await mkdir(join(folder, 'v24'));
  for (const name of ['a', 'b']) await writeFile(join(folder, 'v24', name), '');
  await forgetCompiled(folder, 3);
  expect(existsSync(join(folder, 'v24', 'b'))).toBe(true);
  await forgetCompiled(folder, 2);
  expect(existsSync(folder)).toBe(false);
  await forgetCompiled(folder, 2);
  await rm(folder, { recursive: true, force: true });
});
