/** `app://medobsmind/…`: the screens, and nothing else of the disk. */
import { extname, resolve } from 'node:path';
import { protocol } from 'electron';
import { APP_SCHEME, screenFile } from './screen-files.ts';

/** As a header, so that no page can leave it out. Styles and scripts come from the program's own files only. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
};

/** Must run before the program is ready. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: APP_SCHEME,
      privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
    },
  ]);
}

/** Chromium's own code for a file that is not there (net_error_list.h, FILE_NOT_FOUND). */
const FILE_NOT_FOUND = -6;

/**
 * Serves the files below `folder`. A path that leaves it or names a folder is not found.
 *
 * The browser process streams the file itself. The newer `protocol.handle` makes a `Request` and a `Response` of
 * Node's fetch for every file, and loading that costs the main thread 65 ms before the first screen.
 */
export function serveScreens(folder: string): void {
  const root = resolve(folder);
  protocol.registerFileProtocol(APP_SCHEME, (request, answer) => {
    const path = request.method === 'GET' ? screenFile(root, request.url) : null;
    if (path === null) {
      answer({ error: FILE_NOT_FOUND });
      return;
    }
    answer({
      path,
      headers: {
        'content-type': MEDIA_TYPES[extname(path)] ?? 'application/octet-stream',
        'content-security-policy': CONTENT_SECURITY_POLICY,
        'x-content-type-options': 'nosniff',
      },
    });
  });
}
