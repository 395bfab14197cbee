/** The shell, wired once: security, engine, core, window. What each is stands in its own file. */
import { join } from 'node:path';
import { app, type BrowserWindow, type MessagePortMain, powerMonitor, session } from 'electron';
import type { LaunchOptions } from '../../app/contract/launch-options.ts';
import { PARENT_LOOK_MS, watchedParent } from '../../app/contract/parent.ts';
import { channelOverPort } from '../../app/contract/port-channel.ts';
import { serveEngine } from '../engine/serve.ts';
import { serveScreens } from './app-protocol.ts';
import { startCoreProcess } from './core-process.ts';
import { openShellEngine } from './engine.ts';
import { openKeystore } from './keystore.ts';
import { log } from './log.ts';
import { createRestartPauses } from './restart-pause.ts';
import { places, runtimeName } from './runtime.ts';
import { refuseEscapes, refusePermissions } from './security.ts';
import { offerTerminalLines } from './terminal-lines.ts';
import { openWindow } from './window.ts';

/** A page that cannot be shown is tried again at most this often: each try takes the core and the disk's time. */
const LONGEST_RELOAD_PAUSE_MS = 10_000;

/** How long after the core's start the engine waits for the first painted ward. */
const LONGEST_WAIT_FOR_PAINT_MS = 4000;

export function startShell(options: LaunchOptions): void {
  const at = places();
  let window: BrowserWindow | null = null;

  refuseEscapes(log);
  refusePermissions(session.defaultSession);
  serveScreens(join(at.distDir, 'renderer'));

  // The model is loaded after the first vitals stand on the screen: loading it takes both disk and cores.
  const wardIsPainted = Promise.withResolvers<void>();
  const engine = openShellEngine(options, at, wardIsPainted.promise);

  const core = startCoreProcess({
    distDir: at.distDir,
    openKeystore,
    log,
    configuration: {
      userDataDir: app.getPath('userData'),
      resourcesDir: at.resourcesDir,
      modelsDir: at.modelsDir,
      nativeBinding: at.nativeBinding,
      mllpPort: options.mllpPort,
      replay: options.replay,
      passphraseFile: options.passphraseFile,
      program: { version: app.getVersion(), runtime: runtimeName() },
    },
    onEngineLine: (port: MessagePortMain) => serveEngine(channelOverPort(port), engine),
    onRestart: () => lines.lost(),
    onStarted: (mllp) => {
      log('core-started', { mllp });
      // A ward that is not set up has nothing to paint, and a window may be slow: the model does not wait for ever.
      setTimeout(wardIsPainted.resolve, LONGEST_WAIT_FOR_PAINT_MS);
    },
    onFailed: (code, detail) => {
      // The core itself answers the window's requests with this, so that the screen says it.
      log('core-failed', { code, detail });
    },
  });

  const lines = offerTerminalLines(
    () => window,
    () => core.terminalPort(),
    log,
  );
  window = openShellWindow();

  app.on('second-instance', () => {
    if (window?.isMinimized()) window.restore();
    window?.focus();
  });
  // Suspend stops the page's own clock: a fresh line brings a fresh snapshot with the true ages.
  powerMonitor.on('resume', () => lines.lost());
  app.on('window-all-closed', () => app.quit());
  // Chromium listens to the first of these signals only: a second one, and one Ctrl-C may arrive several times,
  // would end the program in the middle of its end.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => app.quit());
  const parentIsGone = watchedParent(process);
  if (parentIsGone !== null) setInterval(() => parentIsGone() && app.quit(), PARENT_LOOK_MS);

  let stopping = false;
  app.on('before-quit', (event) => {
    event.preventDefault();
    if (stopping) return;
    stopping = true;
    // Both come to an end within seconds. A person who quits a program that could not start has not crashed it.
    void Promise.allSettled([core.stop(), engine.close()]).then(() => app.exit(0));
  });

  function openShellWindow(): BrowserWindow {
    const opened = openWindow(at.distDir);
    const pauses = createRestartPauses(LONGEST_RELOAD_PAUSE_MS, performance.now());
    opened.webContents.on('render-process-gone', (_event, details) => {
      if (details.reason === 'clean-exit') return;
      const pause = pauses.died(performance.now());
      log('renderer-gone', { reason: details.reason, deaths: pauses.deaths });
      setTimeout(() => {
        if (!opened.isDestroyed()) opened.webContents.reload();
      }, pause);
    });
    // The page names the ward in its title once the ward has been painted; benchmarks read this line.
    opened.on('page-title-updated', (_event, title) => {
      if (title === app.getName()) return;
      log('window-titled', {});
      wardIsPainted.resolve();
    });
    opened.on('closed', () => {
      window = null;
    });
    return opened;
  }
}
