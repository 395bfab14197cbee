/** Starts the ward on its record. Where what it reads shows damage, the record is salvaged and the start done again. */
import { z } from 'zod';
import { isoTime } from '../clock.ts';
import type { StartFailure } from '../failure.ts';
import { reasonOf } from '../log.ts';
import { type OpenRecordOptions, openRecord, type WardRecord } from '../open-record.ts';
import { troubleOf } from '../store/trouble.ts';
import { readSalvageNote, wantSalvage } from './salvage-note.ts';

/** A record that was salvaged so recently and still does not start is not set aside once more. Ours. */
const AGAIN_MS = 3_600_000;

/** Resolves with what `start` resolves with, or with why the record cannot be opened. Rejects as `start` does. */
export async function startOnRecord<T>(
  options: OpenRecordOptions,
  start: (record: WardRecord) => Promise<T>,
): Promise<T | { readonly ok: false; readonly failure: StartFailure }> {
  for (;;) {
    const opened = await openRecord(options);
    if (!opened.ok) return opened;
    try {
      return await start(opened.record);
    } catch (error) {
      opened.record.store.close();
      if (!readsAsDamage(error) || salvagedLately(options)) throw error;
      wantSalvage(options.userDataDir, reasonOf(error), isoTime(options.clock.wall()));
    }
  }
}

/** What the program wrote is not what it reads: SQLite says so, or a row is not of its shape, or a seal is broken. */
function readsAsDamage(error: unknown): boolean {
  return (
    troubleOf(error) === 'damaged' ||
    error instanceof z.ZodError ||
    error instanceof SyntaxError ||
    (error instanceof Error && /unable to authenticate data|sealed/.test(error.message))
  );
}

function salvagedLately({ userDataDir, clock }: OpenRecordOptions): boolean {
  const note = readSalvageNote(userDataDir);
  return note !== null && clock.wall() - Date.parse(note.at) < AGAIN_MS;
}
