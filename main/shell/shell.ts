/** The shell, wired once: security, engine, core, window. What each is stands in its own file. */
import { join } from 'node:path';
import { app, type BrowserWindow, type MessagePortMain, powerMonitor, session } from 'electron';
import type { LaunchOptions } from '../../app/contract/launch-options.ts';
import { channelOverPort } from '../../app/contract/port-channel.ts';
import { serveEngine } from '../engine/serve.ts';
import { serveScreens } from './app-protocol.ts';
import { startCoreProcess } from './core-process.ts';
import { openShellEngine } from './engine.ts';
import { openKeystore } from './keystore.ts';
import { log } from './log.ts';
import { places, runtimeName } from './runtime.ts';
import { refuseEscapes, refusePermissions } from './security.ts';
import { offerTerminalLines } from './terminal-lines.ts';
import { openWindow } from './window.ts';

export function startShell(options: LaunchOptions): void {
  const at = places();
  let window: BrowserWindow | null = null;

  refuseEscapes(log);
  refusePermissions(session.defaultSession);
  serveScreens(join(at.distDir, 'renderer'));

  // The model is loaded after the first vitals can be shown: loading it takes both disk and cores.
  const coreRuns = Promise.withResolvers<void>();
  const engine = openShellEngine(options, at, coreRuns.promise);
  let failure: { code: string; detail: string } | null = null;

  const core = startCoreProcess({
    distDir: at.distDir,
    keystore: openKeystore(),
    log,
    configuration: {
      userDataDir: app.getPath('userData'),
      resourcesDir: at.resourcesDir,
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
      coreRuns.resolve();
    },
    onFailed: (code, detail) => {
      log('core-failed', { code, detail });
      failure = { code, detail };
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

  let stopped = false;
  app.on('before-quit', (event) => {
    if (stopped) return;
    event.preventDefault();
    stopped = true;
    void Promise.allSettled([core.stop(), engine.close()]).then(() => app.exit(failure === null ? 0 : 1));
  });

  function openShellWindow(): BrowserWindow {
    const opened = openWindow(at.distDir);
    opened.webContents.on('render-process-gone', (_event, details) => {
      log('renderer-gone', { reason: details.reason });
      if (details.reason !== 'clean-exit') opened.webContents.reload();
    });
    // The page names the ward in its title once the ward has been painted; benchmarks read this line.
    opened.on('page-title-updated', (_event, title) => {
      if (title !== app.getName()) log('window-titled', {});
    });
    opened.on('closed', () => {
      window = null;
    });
    return opened;
  }
}
