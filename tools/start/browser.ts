import { execFile } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { isProgram } from '#tools/temporal/cache.ts';
import { StartFault } from './fault.ts';
import { step } from './progress.ts';

const execute = promisify(execFile);

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'microsoft-edge', 'microsoft-edge-stable', 'msedge'];
const FIXED = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

/** The browser for tests: the one in CHROME_PATH, else the first that this machine has; undefined when there is none. */
export async function findBrowser(env: NodeJS.ProcessEnv = process.env): Promise<string | undefined> {
  const named = env['CHROME_PATH'];
  if (named) {
    if (await isProgram(named)) return named;
    throw new StartFault(`CHROME_PATH names ${named}, which is no program: name a Chromium, Chrome or Edge.`);
  }
  const folders = (env['PATH'] ?? '').split(delimiter).filter(Boolean);
  const candidates = [...NAMES.flatMap((name) => folders.map((folder) => join(folder, name))), ...FIXED];
  for (const file of candidates) if (await isProgram(file)) return file;
  return undefined;
}

/** The same, but installs Debian's Chromium where that is allowed. Throws a StartFault that says what to install. */
export async function requireBrowser(): Promise<string> {
  const found = await findBrowser();
  if (found !== undefined) return found;
  if (process.getuid?.() === 0 && (await isProgram('/usr/bin/apt-get'))) {
    await step('Chromium installed for the browser tests', installChromium).catch(() => undefined);
  }
  const installed = await findBrowser();
  if (installed !== undefined) return installed;
  throw new StartFault('The browser tests need a browser: install Chromium (Debian: apt-get install chromium), Chrome or Edge, or name one by CHROME_PATH.');
}

async function installChromium(): Promise<void> {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await execute('apt-get', ['update', '-q'], { env, maxBuffer: 1e8 });
  await execute('apt-get', ['install', '-q', '-y', '--no-install-recommends', 'chromium'], { env, maxBuffer: 1e8 });
}
