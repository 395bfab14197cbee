/** `npm start`: sets up what is missing, then opens the program and keeps it running. */
import { join } from 'node:path';
import {
  defaultUserDataDir,
  EXIT_WRONG_USAGE,
  LAUNCH_HELP,
  readLaunchOptions,
} from '../../app/contract/launch-options.ts';
import { PARENT_LOOK_MS, watchedParent } from '../../app/contract/parent.ts';
import { keepRunning } from '../../main/relauncher/relauncher.ts';
import { hasDisplay, startVirtualDisplay, type VirtualDisplay } from '../setup/display.ts';
import { ROOT } from '../setup/paths.ts';
import { SetUpError, say } from '../setup/report.ts';
import { ensureSandbox } from '../setup/sandbox.ts';
import { setUpHeadless, setUpWindow } from '../setup/set-up.ts';

// Whoever read what is said here may be gone (`| tee`, a closed terminal): that is no reason to end.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
const parentIsGone = watchedParent(process);
setInterval(() => {
  // As a request to end; before the program runs nobody listens, and set-up just stops.
  if (parentIsGone?.() && !process.emit('SIGTERM', 'SIGTERM')) process.exit(1);
}, PARENT_LOOK_MS).unref();

const words = process.argv.slice(2);
if (words.includes('--help')) {
  process.stdout.write(LAUNCH_HELP);
  process.exit(0);
}
const read = readLaunchOptions(words, true);
if (!read.ok) {
  say(`MedObsMind: ${read.problem} The options: npm start -- --help`);
  process.exit(EXIT_WRONG_USAGE);
}
const userDataDir = read.options.userDataDir ?? defaultUserDataDir(process.platform, process.env);
const programArguments = [
  ...words,
  ...(read.options.userDataDir === null ? ['--user-data-dir', userDataDir] : []),
];

try {
  process.exitCode = read.options.headless ? await startHeadless() : await startWindow();
} catch (error) {
  if (!(error instanceof SetUpError)) throw error;
  say(`\nMedObsMind: ${error.message}`);
  process.exitCode = 1;
}

async function startHeadless(): Promise<number> {
  await setUpHeadless();
  return keepRunning({
    command: process.execPath,
    commandArguments: [join(ROOT, 'main', 'headless', 'headless.ts'), ...programArguments],
    environment: { ...process.env, UV_THREADPOOL_SIZE: '8' },
    userDataDir,
    say,
  });
}

async function startWindow(): Promise<number> {
  const runtime = await setUpWindow({ virtualDisplay: true });
  ensureSandbox(runtime.executable);
  let display: VirtualDisplay | null = null;
  if (!hasDisplay()) {
    display = await startVirtualDisplay();
    say(`No display here: the window opens on a virtual one (DISPLAY=${display.name}).`);
  }
  const asRoot = process.getuid?.() === 0;
  if (asRoot) say('Running as root: Chromium has no sandbox for root. Use an ordinary account on a ward.');
  try {
    return await keepRunning({
      command: runtime.executable,
      commandArguments: [...(asRoot ? ['--no-sandbox'] : []), ROOT, ...programArguments],
      environment: {
        ...process.env,
        // The model computes on this pool; Node's own four threads would starve it of the disk and of each other.
        UV_THREADPOOL_SIZE: '8',
        ...(display ? { DISPLAY: display.name } : {}),
      },
      userDataDir,
      say,
    });
  } finally {
    display?.stop();
  }
}
