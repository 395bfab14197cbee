/**
 * What goes to the host: the trainer's code, the configuration and the data set, in one zip whose name is its hash.
 * Model weights never go: they lie on the host.
 */
import { createHash } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as pause } from 'node:timers/promises';
import { type Outcome, ok, refused } from '../../../app/contract/outcome.ts';
import { dataSetManifestSchema } from '../../../app/learning/data-set.ts';
import type { TrainingConfiguration } from '../../../app/learning/training/configuration.ts';
import { MANIFEST_FILE } from '../learning/data-set-job.ts';
import { type ZipEntry, zipOf } from './zip.ts';

/** Ray's dashboard takes no greater body (its `CLIENT_MAX_SIZE`). */
export const PACKAGE_MOST = 100 * 1024 * 1024;
const HASH_PIECE = 4 * 1024 * 1024;
const TRAINER = 'medobsmind_trainer';
const REQUIREMENTS = 'requirements.txt';

export interface TrainingPackage {
  /** As Ray names packages. */
  readonly name: string;
  readonly bytes: Buffer;
  /** What is in it, before it was packed. */
  readonly files: readonly { readonly name: string; readonly bytes: number }[];
}

export interface PackageParts {
  readonly resourcesDir: string;
  /** The folder of an approved data set. */
  readonly dataSet: string;
  /** SHA-256 of its manifest, as it was approved. */
  readonly dataSetSha256: string;
  readonly configuration: TrainingConfiguration;
}

/** Refuses a data set that is no longer what was approved, and a package that Ray would not take. */
export async function packTraining(parts: PackageParts): Promise<Outcome<TrainingPackage>> {
  const data = await readDataSet(parts.dataSet, parts.dataSetSha256);
  if (!data.ok) return data;
  const entries = [
    ...(await readTrainer(parts.resourcesDir)),
    { name: 'configuration.json', bytes: Buffer.from(`${JSON.stringify(parts.configuration, null, 2)}\n`) },
    ...data.value,
  ];
  const bytes = await zipOf(entries);
  if (bytes.length > PACKAGE_MOST)
    return refused('not-allowed-now', {
      reason: 'package-too-large',
      megabytes: Math.ceil(bytes.length / 1024 ** 2),
      most: PACKAGE_MOST / 1024 ** 2,
    });
  return ok(await named(bytes, entries));
}

/** The trainer alone, for the host's own check. */
export async function packTrainer(resourcesDir: string): Promise<TrainingPackage> {
  const entries = await readTrainer(resourcesDir);
  return named(await zipOf(entries), entries);
}

async function named(bytes: Buffer, entries: readonly ZipEntry[]): Promise<TrainingPackage> {
  const hash = (await sha256Of(bytes)).slice(0, 32);
  const files = entries.map((entry) => ({ name: entry.name, bytes: entry.bytes.length }));
  return { name: `_ray_pkg_${hash}.zip`, bytes, files };
}

/** The package and, beside it, the versions that it was tested with: the host is held to them. */
async function readTrainer(resourcesDir: string): Promise<ZipEntry[]> {
  const trainer = join(resourcesDir, 'trainer');
  const requirements = { name: REQUIREMENTS, bytes: await readFile(join(trainer, REQUIREMENTS)) };
  return [...(await readPython(join(trainer, TRAINER), TRAINER)), requirements];
}

async function readPython(folder: string, name: string): Promise<ZipEntry[]> {
  const entries: ZipEntry[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && entry.name !== '__pycache__')
      entries.push(...(await readPython(path, `${name}/${entry.name}`)));
    if (entry.isFile() && entry.name.endsWith('.py'))
      entries.push({ name: `${name}/${entry.name}`, bytes: await readFile(path) });
  }
  return entries;
}

async function readDataSet(folder: string, sha256: string): Promise<Outcome<ZipEntry[]>> {
  const changed = refused('not-allowed-now', { reason: 'data-set-altered' });
  const manifest = await readFile(join(folder, MANIFEST_FILE)).catch(() => null);
  if (manifest === null || (await sha256Of(manifest)) !== sha256) return changed;
  const entries: ZipEntry[] = [{ name: `data/${MANIFEST_FILE}`, bytes: manifest }];
  for (const file of dataSetManifestSchema.parse(JSON.parse(manifest.toString('utf8'))).files) {
    const bytes = await readFile(join(folder, file.name)).catch(() => null);
    if (bytes === null || (await sha256Of(bytes)) !== file.sha256) return changed;
    entries.push({ name: `data/${file.name}`, bytes });
  }
  return ok(entries);
}

/** Keeps a package until its attempt has ended: what is sent again is the same. */
export async function keepPackage(folder: string, { name, bytes }: TrainingPackage): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const unfinished = join(folder, `${name}.part`);
  await rm(unfinished, { force: true });
  const file = await open(unfinished, 'wx', 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(unfinished, join(folder, name));
}

/** In pieces: hashing a hundred megabytes at once would hold the core for a tenth of a second. */
async function sha256Of(bytes: Buffer): Promise<string> {
  const hash = createHash('sha256');
  for (let at = 0; at < bytes.length; at += HASH_PIECE) {
    hash.update(bytes.subarray(at, at + HASH_PIECE));
    await pause();
  }
  return hash.digest('hex');
}
