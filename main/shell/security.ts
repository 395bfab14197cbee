/** What no page of this program may do, whatever gets into it. */
import { app, type Session, type WebContents, type WebFrameMain } from 'electron';
import { APP_ORIGIN } from './screen-files.ts';

/** Refuses every permission, navigation, window and embedded view, for every page that is ever made. */
export function refuseEscapes(log: (event: string, detail: Record<string, unknown>) => void): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.setWindowOpenHandler(({ url }) => {
      log('window-refused', { url: originOf(url) });
      return { action: 'deny' };
    });
    const refuseNavigation = (event: { preventDefault(): void }, url: string): void => {
      event.preventDefault();
      log('navigation-refused', { url: originOf(url) });
    };
    contents.on('will-navigate', (event) => refuseNavigation(event, event.url));
    contents.on('will-redirect', (event) => refuseNavigation(event, event.url));
    contents.on('will-frame-navigate', (event) => refuseNavigation(event, event.url));
    contents.on('will-attach-webview', (event) => event.preventDefault());
  });
}

export function refusePermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  // No download ever starts from a page: exports are written by the program itself.
  session.on('will-download', (event) => event.preventDefault());
}

/** True only for the top frame of the program's own window, showing the program's own page. */
export function isOwnWindow(frame: WebFrameMain | null, own: WebContents | null): boolean {
  if (frame === null || own === null || own.isDestroyed()) return false;
  return frame === own.mainFrame && frame.parent === null && originOf(frame.url) === APP_ORIGIN;
}

function originOf(url: string): string {
  try {
    const parsed = new URL(url);
    return `${parsed.protocol}//${parsed.host}`;
  } catch {
    return 'unreadable';
  }
}
