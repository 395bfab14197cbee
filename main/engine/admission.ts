/**
 * What the smoke load found, remembered: a model is tried in a helper when it is installed, not at every start.
 * An admission holds for these bytes on this runtime with this library; anything else is tried again. Only a
 * model that worked is remembered.
 */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { keep, readKept } from './kept-record.ts';
import { type SmokeResult, smokeResultSchema } from './smoke-load.ts';

const recordSchema = z.record(z.string(), smokeResultSchema);
const manifestSchema = z.object({ version: z.string() });

export interface Admitted {
  /** The model's bytes. */
  readonly sha256: string;
  /** The bytes of the adapter that is loaded with it; null: none. */
  readonly adapterSha256: string | null;
  /** Version of the inference library, see `libraryVersion`. */
  readonly library: string;
}

/** Names what an admission holds for: model, adapter, library, runtime and number of cores. */
export function admissionKey({ sha256, adapterSha256, library }: Admitted): string {
  const { electron, node } = process.versions;
  const runtime = electron === undefined ? `node ${node}` : `electron ${electron}`;
  const cores = `${availableParallelism()} cores`;
  return [sha256, adapterSha256 ?? 'no adapter', `library ${library}`, runtime, cores].join(' | ');
}

/** The installed version of node-llama-cpp, without loading it. Rejects where it is not installed. */
export async function libraryVersion(): Promise<string> {
  const entry = createRequire(import.meta.url).resolve('node-llama-cpp');
  const manifest = path.join(path.dirname(entry), '..', 'package.json');
  return manifestSchema.parse(JSON.parse(await readFile(manifest, 'utf8'))).version;
}

/** The remembered admission, else what `tryIt` finds, which is then remembered where it is good. */
export async function admit(
  recordFile: string | null,
  key: string,
  tryIt: () => Promise<SmokeResult>,
): Promise<SmokeResult> {
  const record = await readKept(recordFile, recordSchema);
  const known = record[key];
  if (known !== undefined) return known;
  const found = await tryIt();
  if (found.verdict !== 'refused') await keep(recordFile, { ...record, [key]: found });
  return found;
}
