import { copyFile } from 'node:fs/promises';
import { workflowBundle } from './builds.ts';

/** `node tools/start/write-bundle.ts <file>`: the workflow bundle for an image, so that workers start at once. */
const [target] = process.argv.slice(2);
const file = await workflowBundle();
if (target === undefined || file === undefined) throw new Error('Name the file to write: node tools/start/write-bundle.ts <file>');
await copyFile(file, target);
