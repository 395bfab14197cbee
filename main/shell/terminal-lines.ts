/** The only place that listens to pages: it hands the program's own window its line to the core. */
import { type BrowserWindow, ipcMain, type MessagePortMain } from 'electron';
import { SHELL_CHANNELS } from '../../app/contract/shell-channels.ts';
import type { Log } from './log.ts';
import { isOwnWindow } from './security.ts';

/** Requests that a page may make in ten seconds; more is a loop, and is not answered. The page asks again later. */
const REQUESTS_IN_WINDOW = 20;
const WINDOW_MS = 10_000;

export interface TerminalLines {
  /** Tells the window that its line is dead; it will ask for a new one. */
  lost(): void;
}

export function offerTerminalLines(
  window: () => BrowserWindow | null,
  openLine: () => MessagePortMain,
  log: Log,
): TerminalLines {
  let requests: number[] = [];
  ipcMain.on(SHELL_CHANNELS.connect, (event, ...rest: unknown[]) => {
    const contents = window()?.webContents ?? null;
    if (!isOwnWindow(event.senderFrame, contents) || rest.length > 0) {
      log('terminal-line-refused', { reason: rest.length > 0 ? 'arguments' : 'sender' });
      return;
    }
    const now = Date.now();
    requests = requests.filter((at) => now - at < WINDOW_MS);
    if (requests.length >= REQUESTS_IN_WINDOW) {
      log('terminal-line-refused', { reason: 'rate' });
      return;
    }
    requests.push(now);
    contents?.postMessage(SHELL_CHANNELS.port, null, [openLine()]);
  });
  return { lost: () => window()?.webContents.send(SHELL_CHANNELS.lost) };
}
