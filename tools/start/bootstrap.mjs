// Plain JavaScript for whatever Node the machine has (20 or newer): it installs the packages, among them the
// Node that the sources are written for, and starts again on that one.
import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';

const OLDEST_NODE = 20;
export const ROOT = fileURLToPath(new URL('../..', import.meta.url)).replace(/[/\\]$/, '');
const MODULES = join(ROOT, 'node_modules');
const BIN = join(MODULES, '.bin');
export const MODERN_NODE = join(MODULES, 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

/** Hash of the lock file that `npm ci` ended well with. */
const STAMP = join(MODULES, '.gewerk-installed');

const say = (line) => process.stderr.write(`${line}\n`);

/** Ends the program with one sentence. */
function fail(sentence) {
  say(sentence);
  process.exit(1);
}

/** Runs a TypeScript file on the project's own Node and ends with its exit code. */
export async function runOnModernNode(file, args, options = {}) {
  const [major] = process.versions.node.split('.').map(Number);
  if (major < OLDEST_NODE) {
    fail(`Node ${OLDEST_NODE} or newer is needed to start, and this is ${process.version}: install a newer one from your system's packages.`);
  }
  await installPackages();
  const stdio = ['inherit', 'inherit', 'inherit', ...(options.isTied ? ['ipc'] : [])];
  const env = { ...process.env, PATH: [BIN, process.env.PATH].filter(Boolean).join(delimiter) };
  const child = spawn(MODERN_NODE, [file, ...args], { stdio, env });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.once('error', (error) => fail(`The project's own Node does not run on this machine: ${error.message}`));
  child.once('exit', (code, signal) => {
    if (signal === null) process.exit(code ?? 1);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}

/** Installs the packages of package-lock.json unless exactly they are there. */
export async function installPackages() {
  if (isInstalled()) return;
  if (process.env.GEWERK_INSTALL === 'off') {
    const which = differingPackages()?.slice(0, 3).join(', ') ?? 'nothing is installed';
    fail(`The packages are not those of package-lock.json (${which}), and GEWERK_INSTALL=off forbids to install them: run \`npm ci\`.`);
  }
  const release = await lockInstall();
  try {
    if (!isInstalled()) await npmInstall();
  } finally {
    release();
  }
  if (!existsSync(MODERN_NODE)) {
    fail(`npm did not install Node into ${MODULES}: are install scripts switched off? Run \`npm ci --ignore-scripts=false\`.`);
  }
}

/** Packages in which the lock file and what npm installed differ; undefined when npm has installed nothing yet. */
export function differingPackages() {
  if (!existsSync(MODERN_NODE)) return undefined;
  try {
    const wanted = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')).packages;
    const present = JSON.parse(readFileSync(join(MODULES, '.package-lock.json'), 'utf8')).packages;
    const surplus = Object.keys(present).filter((path) => wanted[path] === undefined);
    const lacking = Object.entries(wanted).flatMap(([path, entry]) => {
      const found = present[path];
      // npm leaves out what is for other platforms, optional, or extraneous in the lock file itself.
      const isLeftOut = entry.optional || entry.devOptional || entry.peer || entry.extraneous;
      const isRight = path === '' || (found === undefined ? Boolean(isLeftOut) : found.version === entry.version);
      return isRight ? [] : [path];
    });
    return [...lacking, ...surplus];
  } catch {
    return undefined;
  }
}

/** What npm itself called complete stays so until the lock file changes, whatever the comparison thinks of it. */
function isInstalled() {
  if (existsSync(MODERN_NODE) && readStamp() === lockHash()) return true;
  return differingPackages()?.length === 0;
}

function lockHash() {
  return createHash('sha256').update(readFileSync(join(ROOT, 'package-lock.json'))).digest('hex');
}

function readStamp() {
  try {
    return readFileSync(STAMP, 'utf8');
  } catch {
    return undefined;
  }
}

function npmInstall() {
  const started = Date.now();
  const seconds = () => Math.round((Date.now() - started) / 1000);
  say('· installing packages with npm ci (1 to 2 minutes)');
  const timer = setInterval(() => say(`  … installing packages (${seconds()} s)`), 10_000);
  // The Node under node_modules is about to be replaced: npm must not run on it.
  const path = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== BIN).join(delimiter);
  const env = { ...process.env, PATH: path };
  delete env.npm_config_prefix;
  const args = ['ci', '--no-audit', '--no-fund', '--ignore-scripts=false', '--loglevel=error'];
  return new Promise((resolve) => {
    const child = spawn('npm', args, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'], shell: process.platform === 'win32' });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
    const stop = (signal) => child.kill(signal);
    process.once('SIGINT', stop);
    process.once('SIGTERM', stop);
    child.once('error', () => fail('npm is needed to install the packages, and there is none on the PATH.'));
    child.once('close', (code) => {
      clearInterval(timer);
      process.removeListener('SIGINT', stop);
      process.removeListener('SIGTERM', stop);
      if (code !== 0) fail(`The packages could not be installed: ${npmReason(output) || `npm ended with code ${code}`}`);
      writeFileSync(STAMP, lockHash());
      say(`✓ packages installed (${seconds()} s)`);
      resolve();
    });
  });
}

function npmReason(output) {
  const lines = output.split('\n').map((line) => line.replace(/^npm (error|ERR!)\s*/, '').trim());
  return lines.filter((line) => line && !/^(code|errno|syscall|A complete log)/.test(line)).slice(0, 3).join(' ');
}

/** Two starts of one clone must not install at the same time. */
async function lockInstall() {
  const folder = join(tmpdir(), 'gewerk-install');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, createHash('sha256').update(ROOT).digest('hex').slice(0, 16));
  for (let round = 0; ; round += 1) {
    try {
      const handle = openSync(file, 'wx');
      writeSync(handle, String(process.pid));
      closeSync(handle);
      const release = () => rmSync(file, { force: true });
      process.once('exit', release);
      return release;
    } catch (error) {
      if (error.code !== 'EEXIST') return () => undefined;
    }
    if (!ownerLives(file)) rmSync(file, { force: true });
    else if (round % 20 === 0) say('  … waiting for another start that is installing packages');
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

function ownerLives(file) {
  try {
    process.kill(Number(readFileSync(file, 'utf8')) || -1, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

