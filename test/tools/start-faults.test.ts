import { afterAll, expect, test } from '@jest/globals';
import { spawn } from 'node:child_process';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '#tools/start/tool.ts';

const folders: string[] = [];

afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'gewerk-start-'));
  folders.push(folder);
  return folder;
}

/** Runs `npm start` until it gives up. */
function start(args: string[], env: Record<string, string>): Promise<{ code: number | null; errors: string; output: string }> {
  return new Promise((resolve, reject) => {
    const outside = { DATABASE_URL: '', TEMPORAL_ADDRESS: '', POSTMARK_SERVER_TOKEN: '', NODE_ENV: '' };
    const child = spawn(process.execPath, ['tools/start/main.ts', ...args], { cwd: ROOT, env: { ...process.env, ...outside, ...env } });
    let errors = '';
    let output = '';
    child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, errors, output }));
  });
}

test.each([
  ['an unknown flag', ['--rest'], {}, /does not know --rest; it knows --reset/],
  ['a port that is none', [], { GEWERK_PORT: '70000' }, /GEWERK_PORT must be a whole number/],
  ['production', [], { NODE_ENV: 'production' }, /npm start is for development/],
  ['--reset with an outside database', ['--reset'], { DATABASE_URL: 'postgres://a:b@127.0.0.1:1/c' }, /--reset only empties the database/],
  ['a setting that does not fit', [], { PUBLIC_URL: 'here' }, /PUBLIC_URL must be an address/],
])('%s is told in words, with exit code 1 and no stack', async (_what, args, env, sentence) => {
  const ended = await start(args, { GEWERK_DATA: await newFolder(), ...env });
  expect(ended.code).toBe(1);
  expect(ended.errors).toMatch(sentence);
  expect(ended.errors).not.toMatch(/\n\s+at /);
  expect(ended.output).toBe('');
});

test('a taken port is named with what it is for, and nothing is started', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const folder = await newFolder();
  const ended = await start([], { GEWERK_DATA: folder, GEWERK_PORT: String(port) });
  server.close();
  expect(ended.code).toBe(1);
  expect(ended.errors).toContain(`${port} (portal and API)`);
  expect(await readdir(join(folder, 'logs'))).toEqual([]);
});

test('a folder with files of others is never taken, not even to start over', async () => {
  const folder = await newFolder();
  await writeFile(join(folder, 'letter.txt'), 'keep me');
  const ended = await start(['--reset'], { GEWERK_DATA: folder });
  expect(ended.errors).toContain('holds other files');
  expect(await readdir(folder)).toEqual(['letter.txt']);
});

test('secrets are readable by their owner alone, and a folder that lost them is called broken', async () => {
  const folder = await newFolder();
  await start([], { GEWERK_DATA: folder, PUBLIC_URL: 'here' });
  expect((await stat(join(folder, 'secrets.json'))).mode & 0o777).toBe(0o600);
  await writeFile(join(folder, 'secrets.json'), '{"databasePassword":');
  const ended = await start([], { GEWERK_DATA: folder });
  expect(ended.code).toBe(1);
  expect(ended.errors).toContain('is broken (secrets.json can\'t be read)');
});
