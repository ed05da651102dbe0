// `npm start`: everything that Gewerk needs on one machine, and Gewerk itself. README.md says what it can do.
import { join } from 'node:path';
import { ROOT, runOnModernNode } from './start/bootstrap.mjs';

await runOnModernNode(join(ROOT, 'tools/start/main.ts'), process.argv.slice(2), { isTied: true });
