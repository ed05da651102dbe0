// `npm test`: all checks and tests; `npm test -- test/domain` runs a part of the tests.
import { join } from 'node:path';
import { ROOT, runOnModernNode } from './start/bootstrap.mjs';

await runOnModernNode(join(ROOT, 'tools/start/checks.ts'), process.argv.slice(2));
