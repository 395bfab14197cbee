/**
 * A file beside the record that says it is to be salvaged, or how far a salvage has come, so that a program that ends
 * in the middle goes on with it at the next start.
 */
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { SALVAGE_FILE } from '../record-files.ts';

const noteSchema = z.object({
  format: z.literal(1),
  /** `wanted`: damage was seen. `first`: the ward's needs are being taken out. `rest`: older rows. `done`. */
  stage: z.enum(['wanted', 'first', 'rest', 'done']),
  at: z.iso.datetime(),
  /** What the damage looked like, for IT. */
  reason: z.string(),
  /** The damaged database's name in the same folder; null before it is set aside. */
  damagedFile: z.string().nullable(),
  /** Something could not be read by its key: the pages of the file are still to be looked at one by one. */
  pagesLeft: z.boolean().default(false),
  unfinished: z.array(z.object({ table: z.string(), below: z.number() })),
  taken: z.number().int(),
  refused: z.number().int(),
  gaps: z.number().int(),
});
export type SalvageNote = z.infer<typeof noteSchema>;

/** Null where there is none or it cannot be read. */
export function readSalvageNote(userDataDir: string): SalvageNote | null {
  try {
    return noteSchema.parse(JSON.parse(readFileSync(join(userDataDir, SALVAGE_FILE), 'utf8')));
  } catch {
    return null; // none, or itself damaged: the record is then examined as at any start
  }
}

export function writeSalvageNote(userDataDir: string, note: SalvageNote): void {
  const file = join(userDataDir, SALVAGE_FILE);
  writeFileSync(`${file}.part`, JSON.stringify(note), { flush: true, mode: 0o600 });
  renameSync(`${file}.part`, file);
}

export function removeSalvageNote(userDataDir: string): void {
  rmSync(join(userDataDir, SALVAGE_FILE), { force: true });
}

/** Says that the record is damaged, so that the next start salvages it. */
export function wantSalvage(userDataDir: string, reason: string, at: string): void {
  const under = readSalvageNote(userDataDir);
  // Older rows that are still in an earlier damaged file stay where they are: that file is kept.
  if (under?.stage === 'first' || under?.stage === 'wanted') return;
  writeSalvageNote(userDataDir, {
    format: 1,
    stage: 'wanted',
    at,
    reason,
    damagedFile: null,
    pagesLeft: false,
    unfinished: [],
    taken: 0,
    refused: 0,
    gaps: 0,
  });
}
