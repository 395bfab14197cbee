/** The ward's window. */
import { join } from 'node:path';
import { BrowserWindow } from 'electron';
import { APP_ORIGIN } from './screen-files.ts';

/** Opens the window; it shows itself when its first frame is painted, so that nobody sees it half built. */
export function openWindow(distDir: string): BrowserWindow {
  const window = new BrowserWindow({
    width: 1920,
    height: 1080,
    minWidth: 800,
    minHeight: 600,
    show: false,
    autoHideMenuBar: true,
    // The day theme's background: no white flash between the window and its first frame.
    backgroundColor: '#ECEFF2',
    webPreferences: {
      preload: join(distDir, 'preload', 'preload.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
      // A ward's numbers must go on changing when another window covers them.
      backgroundThrottling: false,
      // An alarm sounds before anybody has touched anything.
      autoplayPolicy: 'no-user-gesture-required',
    },
  });
  window.removeMenu();
  window.once('ready-to-show', () => window.show());
  void window.loadURL(`${APP_ORIGIN}/index.html`);
  return window;
}
