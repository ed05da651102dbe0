import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runTool } from '#tools/start/tool.ts';

const ELSEWHERE = { DATABASE_URL: '', NODE_ENV: '' };
let folder: string;
let server: Server;
let calls = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gewerk-operators-'));
  server = createServer((socket) => {
    calls += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
  await rm(folder, { recursive: true, force: true });
});

function operators(env: Record<string, string>): ReturnType<typeof runTool> {
  return runTool(['tools/operators.ts', 'add', 'nora@lindenhof.example'], { ...process.env, ...ELSEWHERE, ...env });
}

test('without an installation it says how to name one', async () => {
  const done = await operators({ GEWERK_DATA: join(folder, 'nothing') });
  expect(done.code).toBe(1);
  expect(done.output).toMatch(/^There is no installation in .*GEWERK_DATA and GEWERK_PORT\.\n$/);
});

test('the database asked is that of the installation named, whose password nobody types', async () => {
  await writeFile(join(folder, 'secrets.json'), JSON.stringify({ databasePassword: 'known to the folder only' }));
  const port = (server.address() as AddressInfo).port;
  const done = await operators({ GEWERK_DATA: folder, GEWERK_PORT: String(port - 4) });
  expect(done.code).toBe(1);
  expect(calls).toBeGreaterThan(0);
});
