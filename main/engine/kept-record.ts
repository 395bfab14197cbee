/**
 * A small record file of the engine's own that saves time at the next start. Nothing depends on it: one that
 * cannot be read is empty, one that cannot be written (a full disk) is said and left.
 */
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { z } from 'zod';

/** The record in `file`; empty where there is none (null, absent) or where it is damaged. */
export async function readKept<T>(
  file: string | null,
  schema: z.ZodType<Record<string, T>>,
): Promise<Record<string, T>> {
  if (file === null) return {};
  try {
    return schema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    // Absent at the first start. A damaged one costs the time that it would have saved.
    return {};
  }
}

/** Replaces the record in `file` as a whole. Never rejects: what cannot be kept is found out again next time. */
export async function keep(file: string | null, record: Readonly<Record<string, unknown>>): Promise<void> {
  if (file === null) return;
  const draft = `${file}.${process.pid}.part`;
  try {
    await writeFile(draft, JSON.stringify(record));
    await rename(draft, file);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    process.emitWarning(`${path.basename(file)} could not be written: ${reason}`, 'EngineRecordWarning');
    await rm(draft, { force: true }).catch(() => undefined);
  }
}
