/** Small stand-ins and the real model for the engine's tests. Not part of the program. */

import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type CatalogEntry, catalogEntry, readCatalog } from './catalog.ts';

export const CATALOG_FILE = fileURLToPath(new URL('../../models/catalog.json', import.meta.url));
export const MODELS_DIRECTORY = fileURLToPath(new URL('../../models/', import.meta.url));

const found = catalogEntry(await readCatalog(CATALOG_FILE), null);
if (found === null) throw new Error('the catalogue has a default');
export const DEFAULT_ENTRY: CatalogEntry = found;
export const PINNED_ENTRY = { ...found, sha256: found.sha256 ?? '' };
export const MODEL_FILE = `${MODELS_DIRECTORY}${found.file}`;
/** Set-up fetches the model; without it the tests that need it are reported as skipped. */
export const hasModel = existsSync(MODEL_FILE);
/** So long a test waits for the real model (ms): its threads wait for one another, and a busy machine has them wait long. */
export const PATIENCE_MS = 300_000;
