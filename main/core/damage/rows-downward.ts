/**
 * Reads a table of a damaged file from its newest row down. Where a page cannot be read, the stretch of keys that
 * leads to it is stepped over and the reading goes on below it.
 */
import type Database from 'better-sqlite3';
import { z } from 'zod';

const rowSchema = z.record(z.string(), z.unknown());
export type FoundRow = z.infer<typeof rowSchema>;

/** Above every row id that the program gives. */
export const ABOVE_ALL = Number.MAX_SAFE_INTEGER;
const BATCH = 500;

export interface DownwardRead {
  readonly database: Database.Database;
  readonly table: string;
  /** The column whose numbers order the rows: `rowid`, or a part of the key of a table without one; null: none is numbered. */
  readonly key: string | null;
  readonly columns: readonly string[];
  /** Called for each stretch that cannot be read. */
  readonly onGap: () => void;
}

/** Rows with keys below `from`, newest first; `key` is given with each. Ends where nothing further can be read. */
export function* rowsDownward(
  read: DownwardRead,
  from: number = ABOVE_ALL,
): Iterable<{ readonly key: number; readonly row: FoundRow }> {
  const { database, table, key, columns } = read;
  if (key === null) {
    yield* rowsFromBothEnds(read);
    return;
  }
  let below = from;
  const named = columns.map((column) => `"${column}"`).join(', ');
  const sql = `SELECT ${key} AS salvage_key, ${named} FROM "${table}" WHERE ${key} < ? ORDER BY ${key} DESC LIMIT`;
  // A key that many rows share leads through all of them at once: a batch would begin anew in their middle.
  const batch = database.prepare<[number]>(`${sql} ${key === 'rowid' ? BATCH : -1}`);
  const single = database.prepare<[number]>(`${sql} 1`);
  const topOf = (bound: number): number | null => {
    try {
      const found = single.get(bound);
      return found === undefined ? 0 : Number(rowSchema.parse(found).salvage_key);
    } catch {
      return null; // the next bound is tried; the stretch is counted by onGap
    }
  };
  for (;;) {
    let last = below;
    let broken = false;
    let count = 0;
    try {
      for (const found of batch.iterate(below)) {
        const { salvage_key: at, ...row } = rowSchema.parse(found);
        // A page that points back would lead round for ever.
        if (typeof at !== 'number' || at > last) break;
        last = at;
        count += 1;
        yield { key: at, row };
      }
    } catch (error) {
      if (!isUnreadable(error)) throw error;
      broken = true;
    }
    if (broken) {
      read.onGap();
      if (key !== 'rowid') yield* rowsUpTo(read, key, last);
      const next = greatestReadable(topOf, last, key === 'rowid' ? STEP : 1);
      if (next === null) return;
      if (key === 'rowid') yield* rowsNamed(read, Math.min(next + STEP, last) - 1, next);
      below = next;
      continue;
    }
    if (count === 0 || key !== 'rowid') return;
    below = last;
  }
}

/** The rows of one key from their other end, as far as a page can be read. */
function* rowsUpTo(
  { database, table, columns }: DownwardRead,
  key: string,
  value: number,
): Iterable<{ readonly key: number; readonly row: FoundRow }> {
  const named = columns.map((column) => `"${column}"`).join(', ');
  try {
    for (const found of database.prepare(`SELECT ${named} FROM "${table}" WHERE ${key} = ?`).iterate(value))
      yield { key: value, row: rowSchema.parse(found) };
  } catch (error) {
    if (!isUnreadable(error)) throw error; // the gap, from below
  }
}

/**
 * The rows at the edge of a gap, each asked for by its key: a search for what is smaller than a key looks on the page
 * behind the edge first, and fails there, although the row itself can be read.
 */
function* rowsNamed(
  { database, table, columns }: DownwardRead,
  from: number,
  to: number,
): Iterable<{ readonly key: number; readonly row: FoundRow }> {
  const named = columns.map((column) => `"${column}"`).join(', ');
  const exact = database.prepare<[number]>(`SELECT ${named} FROM "${table}" WHERE rowid = ?`);
  for (let key = from; key >= to; key--) {
    let found: unknown;
    try {
      found = exact.get(key);
    } catch {
      continue; // behind the edge
    }
    if (found !== undefined) yield { key, row: rowSchema.parse(found) };
  }
}

/** A short table whose key is no number: from its first row until a page cannot be read, and from its last. */
function* rowsFromBothEnds(read: DownwardRead): Iterable<{ readonly key: number; readonly row: FoundRow }> {
  const { database, table, columns } = read;
  const named = columns.map((column) => `"${column}"`).join(', ');
  const keys = z
    .array(z.object({ name: z.string(), pk: z.number() }))
    .parse(database.pragma(`table_info("${table}")`))
    .filter(({ pk }) => pk > 0)
    .sort((a, b) => a.pk - b.pk);
  for (const direction of ['ASC', 'DESC']) {
    const order = keys.map(({ name }) => `"${name}" ${direction}`).join(', ');
    try {
      for (const found of database.prepare(`SELECT ${named} FROM "${table}" ORDER BY ${order}`).iterate())
        yield { key: 0, row: rowSchema.parse(found) };
      return;
    } catch (error) {
      if (!isUnreadable(error)) throw error;
      read.onGap();
    }
  }
}

/** Fewer rows than a page of the long tables holds, so that no page that can be read is stepped over. Ours. */
const STEP = 8;
/** Small steps before they double: 4,000 rows. What is stepped over is found on its pages (`salvage-leaves.ts`). Ours. */
const SMALL_STEPS = 500;
/** Looked at above the first row that can be read, for others behind a gap: 1,600 rows; likewise. Ours. */
const LOOKS_ABOVE = 200;

/**
 * The next bound, downwards, below which a row can be read; null where there is none. `topOf`: the key of the first
 * row below a bound, 0 where there is none, null where it cannot be read.
 */
function greatestReadable(
  topOf: (bound: number) => number | null,
  below: number,
  first: number,
): number | null {
  if (below === ABOVE_ALL) return fromAbove(topOf);
  let failing = below;
  let step = first;
  for (let steps = 0; ; steps++) {
    if (steps > SMALL_STEPS) step *= 2;
    const bound = failing - Math.min(step, failing - 1);
    if (bound === failing) return null;
    if (topOf(bound) !== null) return halved(topOf, bound, failing);
    failing = bound;
  }
}

/** The end of the table cannot be read: found by halving, then by looking for rows above what was found. */
function fromAbove(topOf: (bound: number) => number | null): number | null {
  if (topOf(1) === null) return null;
  const found = halved(topOf, 1, ABOVE_ALL);
  let highest = found;
  for (let look = 1; look <= LOOKS_ABOVE; look++) {
    const bound = found + look * STEP;
    if ((topOf(bound) ?? 0) >= highest) highest = bound;
  }
  return highest;
}

function halved(topOf: (bound: number) => number | null, readable: number, unreadable: number): number {
  let fine = readable;
  let failing = unreadable;
  while (failing - fine > 1) {
    const middle = Math.floor(fine + (failing - fine) / 2);
    if (topOf(middle) === null) failing = middle;
    else fine = middle;
  }
  return fine;
}

function isUnreadable(error: unknown): boolean {
  return (
    error instanceof Error && 'code' in error && /^SQLITE_(CORRUPT|NOTADB|IOERR)/.test(String(error.code))
  );
}
