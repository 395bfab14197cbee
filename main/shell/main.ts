/** The entry of the Electron main process: what must happen before `ready`, then the shell. */
import { app } from 'electron';
import { EXIT_WRONG_USAGE, readLaunchOptions } from '../../app/contract/launch-options.ts';
import { registerAppScheme } from './app-protocol.ts';
import { log } from './log.ts';
import { startShell } from './shell.ts';

// Whoever read what this program says may be gone (`| tee`, a closed terminal): that is no reason to end.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

const read = readLaunchOptions(process.argv.slice(1), false);
if (!read.ok) {
  process.stderr.write(`MedObsMind: ${read.problem}\n`);
  process.exit(EXIT_WRONG_USAGE);
}
const { options } = read;
if (options.fault !== null && app.isPackaged) {
  process.stderr.write('MedObsMind: --fault is for tests and not part of a packaged program.\n');
  process.exit(EXIT_WRONG_USAGE);
}
if (options.userDataDir !== null) app.setPath('userData', options.userDataDir);

// Electron's own answer to an error that nobody caught is a box that waits for somebody to press a button. The
// relauncher brings the program back instead.
process.on('uncaughtException', (error) => {
  log('shell-failed', { error: error.stack ?? error.message });
  app.exit(1);
});

// Root has no sandbox in Chromium; asking for it there would end in a crash loop.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
// Day before month and 24 hours in the fields that Chromium draws itself: so both of the ward's languages have it.
app.commandLine.appendSwitch('lang', 'en-GB');
registerAppScheme();

if (!app.requestSingleInstanceLock()) {
  log('second-instance', {});
  app.exit(0);
} else {
  // Not awaited: `ready` does not come before this module has been evaluated.
  app
    .whenReady()
    .then(() => startShell(options))
    .catch((error: unknown) => {
      log('shell-failed', { error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
      app.exit(1);
    });
}
