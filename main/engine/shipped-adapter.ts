/**
 * The trained adapter that comes with the program for a model. The catalogue says which bytes it is and on which weights
 * it was trained; where anything of that is not so, the model writes without it and the status says why.
 */
import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { CatalogEntry } from './catalog.ts';
import { sha256Of } from './model-file.ts';

export type ShippedAdapter =
  | { readonly ok: true; readonly file: string; readonly version: string; readonly sha256: string }
  | { readonly ok: false; readonly sha256: string; readonly detail: string };

/**
 * Finds the adapter of `entry` in `directory`. Null where the catalogue names none; never rejects but when `signal`
 * aborts.
 */
export async function shippedAdapter(
  directory: string,
  entry: CatalogEntry & { readonly sha256: string },
  signal?: AbortSignal,
): Promise<ShippedAdapter | null> {
  const named = entry.adapter;
  if (named === undefined) return null;
  const file = path.join(directory, named.file);
  const refuse = (what: string): ShippedAdapter => ({
    ok: false,
    sha256: named.sha256,
    detail: `${named.file}: ${what}`,
  });
  if (named.baseSha256 !== entry.sha256) return refuse('it was trained on other weights than these');
  try {
    const found = await stat(file).catch(() => null);
    if (found?.isFile() !== true) return refuse('the file is not there');
    if (found.size !== named.sizeBytes) return refuse(`${found.size} bytes instead of ${named.sizeBytes}`);
    if ((await sha256Of(file, signal)) !== named.sha256)
      return refuse('its bytes are not those that the catalogue pinned');
    return { ok: true, file, version: named.version, sha256: named.sha256 };
  } catch (error) {
    signal?.throwIfAborted();
    return refuse(error instanceof Error ? error.message : String(error));
  }
}
