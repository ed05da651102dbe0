// Runs a TypeScript file on the project's own Node, whatever Node the machine has: `node tools/run.mjs file.ts args`.
import { resolve } from 'node:path';
import { runOnModernNode } from './start/bootstrap.mjs';

const [file, ...args] = process.argv.slice(2);
if (file === undefined) {
  process.stderr.write('Name the file to run: node tools/run.mjs file.ts [arguments]\n');
  process.exit(1);
}
await runOnModernNode(resolve(file), args);
