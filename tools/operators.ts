import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { databaseUrl } from '#tools/postgres/cluster.ts';
import { StartFault } from './start/fault.ts';
import { readOptions } from './start/options.ts';
import { runTool } from './start/tool.ts';

/** Names operators of what `npm start` runs: finds its database by GEWERK_DATA and GEWERK_PORT, then `db/operators.ts` does the work. */
async function main(): Promise<void> {
  const url = await databaseOfStart();
  const done = await runTool(['db/operators.ts', ...process.argv.slice(2)], { ...process.env, DATABASE_URL: url });
  process.stderr.write(done.output);
  process.exitCode = done.code ?? 1;
}

/** The owner's address of the database; one that runs elsewhere is named by DATABASE_URL, as for `npm start`. */
async function databaseOfStart(): Promise<string> {
  const { folder, ports, outside } = readOptions([], process.env);
  if (outside.databaseUrl !== undefined) return outside.databaseUrl;
  const file = join(folder, 'secrets.json');
  const text = await readFile(file, 'utf8').catch(() => {
    throw new StartFault(`There is no installation in ${folder}: start it once, and name its folder and port by GEWERK_DATA and GEWERK_PORT.`);
  });
  const { databasePassword } = JSON.parse(text) as { databasePassword: string };
  return databaseUrl({ port: ports.postgres, password: databasePassword });
}

try {
  await main();
} catch (error) {
  process.stderr.write(`${error instanceof StartFault ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
