/** Which file of the screens a URL names. Apart from Electron, so that every escape can be tried on it. */
import { existsSync, statSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';

export const APP_SCHEME = 'app';
export const APP_HOST = 'medobsmind';
export const APP_ORIGIN = `${APP_SCHEME}://${APP_HOST}`;

/** The file below `root` (absolute) that a URL names, or null: nothing outside of it, no folder, no other host. */
export function screenFile(root: string, url: string): string | null {
  let path: string;
  try {
    const parsed = new URL(url);
    if (parsed.host !== APP_HOST) return null;
    path = decodeURIComponent(parsed.pathname);
  } catch {
    return null;
  }
  if (path.includes('\0') || path.includes('\\')) return null;
  const file = resolve(join(root, path === '/' ? 'index.html' : path));
  if (!file.startsWith(root + sep) || !existsSync(file) || !statSync(file).isFile()) return null;
  return file;
}
