/** Takes out of the damaged file what the start left, while the ward is at work on the new record. */
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { RECORD_FILE } from '../record-files.ts';
import { ENVELOPES_FILE, type Envelope, readEnvelopesFile } from '../sealing/envelopes.ts';
import { closeViews, openViews, ownLog } from './damaged-views.ts';
import { salvageTables, shapeOf } from './salvage.ts';
import { isForeign } from './salvage-keys.ts';
import { salvageLeaves } from './salvage-leaves.ts';
import { readSalvageNote, type SalvageNote, writeSalvageNote } from './salvage-note.ts';

export interface RestOrder {
  readonly userDataDir: string;
  readonly nativeBinding: string | null;
  /** How long (ms) before it comes back with what is still to do. */
  readonly sliceMs: number;
}

/** One slice; returns how far the salvage has come, null where none is under way. Blocks: for a worker. */
export function salvageRest({ userDataDir, nativeBinding, sliceMs }: RestOrder): SalvageNote | null {
  const note = readSalvageNote(userDataDir);
  if (note?.stage !== 'rest' || note.damagedFile === null) return note;
  const binding = nativeBinding === null ? {} : { nativeBinding };
  const damaged = join(userDataDir, note.damagedFile);
  const views = openViews(damaged, binding);
  const envelopes = readEnvelopesFile(join(userDataDir, ENVELOPES_FILE)) ?? [];
  const view = views.find((one) => !isForeign(one, envelopes)) ?? null;
  const target = new Database(join(userDataDir, RECORD_FILE), binding);
  // What a power cut takes back is still in the damaged file; it is durable before the note says that it was taken.
  target.pragma('synchronous = NORMAL');
  try {
    // The pages first: they hold everything but the tables without row ids, whatever is broken above them.
    const done =
      note.pagesLeft || view === null
        ? restByPages(note, { damaged, views, envelopes, target, keys: view !== null })
        : restByKeys(note, view, target, sliceMs);
    const over = done.unfinished.length === 0 && !done.pagesLeft;
    const after: SalvageNote = { ...done, stage: over ? 'done' : 'rest' };
    target.pragma('wal_checkpoint(PASSIVE)');
    writeSalvageNote(userDataDir, after);
    return after;
  } finally {
    target.close();
    closeViews(damaged, views);
  }
}

/** What is left has no sealed value that the ward opens by itself; each is checked when it is asked for. */
const NO_SEALING = null;

function restByKeys(
  note: SalvageNote,
  source: Database.Database,
  target: Database.Database,
  sliceMs: number,
): SalvageNote {
  const untilMs = performance.now() + sliceMs;
  const run = salvageTables({ source, target, sealing: NO_SEALING, untilMs, resume: note.unfinished });
  const { taken, refused, gaps, tablesLost } = run.count;
  return {
    ...note,
    pagesLeft: note.pagesLeft || gaps + tablesLost.length + refused > 0,
    unfinished: [...run.unfinished],
    taken: note.taken + taken,
    refused: note.refused + refused,
    gaps: note.gaps + gaps,
  };
}

function restByPages(
  note: SalvageNote,
  place: {
    readonly damaged: string;
    readonly views: readonly Database.Database[];
    readonly envelopes: readonly Envelope[];
    readonly target: Database.Database;
    /** False where nothing can be asked for by its key: the pages tell all there is. */
    readonly keys: boolean;
  },
): SalvageNote {
  const leaves = salvageLeaves({
    file: place.damaged,
    withLog: ownLog(place.views, place.damaged, place.envelopes),
    target: place.target,
    sealing: NO_SEALING,
    forMs: Number.POSITIVE_INFINITY,
    first: false,
  });
  return {
    ...note,
    pagesLeft: false,
    unfinished: place.keys ? note.unfinished.filter(({ table }) => !hasRowIds(place.target, table)) : [],
    taken: note.taken + leaves.taken,
    refused: leaves.refused,
  };
}

function hasRowIds(target: Database.Database, table: string): boolean {
  return shapeOf(target, table).key === 'rowid';
}
