/**
 * What the smoke load found, remembered: a model is tried in a helper when it is installed, not at every start.
 * An admission holds for these bytes on this runtime with this library; anything else is tried again. Only a
 * model that worked is remembered.
 */
import { readFile, rename, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { z } from 'zod';
import { type SmokeResult, smokeResultSchema } from './smoke-load.ts';

const recordSchema = z.record(z.string(), smokeResultSchema);

/** Names what an admission holds for. `adapterFile` is part of it: an adapter is loaded with its model. */
export function admissionKey(sha256: string, adapterFile: string | null): string {
  const { electron, node } = process.versions;
  const runtime = electron === undefined ? `node ${node}` : `electron ${electron}`;
  return [sha256, adapterFile ?? 'none', runtime, `${availableParallelism()} cores`].join(' | ');
}

/** The remembered admission, else what `tryIt` finds, which is then remembered where it is good. */
export async function admit(
  recordFile: string | null,
  key: string,
  tryIt: () => Promise<SmokeResult>,
): Promise<SmokeResult> {
  const record = recordFile === null ? {} : await read(recordFile);
  const known = record[key];
  if (known !== undefined) return known;
  const found = await tryIt();
  if (recordFile !== null && found.verdict !== 'refused') {
    const draft = `${recordFile}.${process.pid}.part`;
    await writeFile(draft, JSON.stringify({ ...record, [key]: found }));
    await rename(draft, recordFile);
  }
  return found;
}

async function read(recordFile: string): Promise<z.infer<typeof recordSchema>> {
  try {
    return recordSchema.parse(JSON.parse(await readFile(recordFile, 'utf8')));
  } catch {
    // No record, or a damaged one: it only saves time, so the model is tried again.
    return {};
  }
}
