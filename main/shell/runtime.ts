/** What this runtime is, in words for the about box and the reports, and where the program's parts lie on it. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { app } from 'electron';

/** The Electron that packages ship with; every other is a development runtime. */
const SHIPPED_MAJOR = 45;

export interface Places {
  readonly distDir: string;
  readonly resourcesDir: string;
  readonly modelsDir: string;
  /** better-sqlite3's own build for a development runtime; null where the package's serves. */
  readonly nativeBinding: string | null;
}

export function places(): Places {
  const root = app.getAppPath();
  const beside = app.isPackaged ? process.resourcesPath : root;
  const binding = join(root, '.runtime', 'sqlite', 'better_sqlite3.node');
  const major = electronMajor();
  return {
    distDir: join(root, 'dist'),
    resourcesDir: join(beside, 'resources'),
    modelsDir: join(beside, 'models'),
    nativeBinding: major < SHIPPED_MAJOR && existsSync(binding) ? binding : null,
  };
}

export function runtimeName(): string {
  const name = `Electron ${process.versions.electron}, Node ${process.versions.node}, ${process.platform} ${process.arch}`;
  return electronMajor() === SHIPPED_MAJOR ? name : `${name} (development runtime)`;
}

function electronMajor(): number {
  return Number(process.versions.electron?.split('.')[0] ?? 0);
}
