/** Where set-up puts things. All of it is ignored by git and can be deleted; the next start makes it again. */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
export const RUNTIME_DIR = join(ROOT, '.runtime');
export const DIST_DIR = join(ROOT, 'dist');
export const MODELS_DIR = join(ROOT, 'models');
export const REPORTS_DIR = join(ROOT, 'reports');

/** The Python package of the GPU host. */
export const TRAINER_DIR = join(ROOT, 'resources', 'trainer');

/** better-sqlite3 built for the registry runtime; absent where the package's own prebuilt binary serves. */
export const SQLITE_BINDING = join(RUNTIME_DIR, 'sqlite', 'better_sqlite3.node');
