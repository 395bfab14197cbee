/**
 * Takes rows out of a damaged file leaf by leaf, without the tables' trees. Asking SQLite by row id stops at a broken
 * page and cannot tell on which side of it there are others (two broken leaves, or a file cut in the middle of a page,
 * cost every row between them), and no key leads past a broken page above the leaves. So wherever something could not
 * be read or had lost its parent, every page of the file that is a table's leaf is looked at by itself.
 *
 * A leaf does not say whose it is: it is held to be of the one table into which its records fit. Free pages are left
 * out, because what was removed must stay removed; where the list of them is itself lost, rows that the retention rule
 * had removed may come back, and it removes them again.
 */
import type Database from 'better-sqlite3';
import { z } from 'zod';
import type { Sealing } from '../sealing/sealing.ts';
import { type DamagedPages, freePages, openDamagedPages } from './damaged-pages.ts';
import { type LeafRow, leafNumbers, leafRows } from './leaf-rows.ts';
import { keepLostPatients, reserveNumbers } from './lost-patients.ts';
import { mayTake } from './row-checks.ts';
import type { FoundRow } from './rows-downward.ts';
import { inserter, isLong, refersToItself, shapeOf, tablesOf } from './salvage.ts';

export interface LeafOrder {
  readonly file: string;
  readonly withLog: boolean;
  readonly target: Database.Database;
  readonly sealing: Sealing | null;
  /** So long (ms) the long tables are read once it is known where they lie; the short ones are always read whole. */
  readonly forMs: number;
  /** True while the ward waits; false: what it needed is there, only the long tables are left. */
  readonly first: boolean;
}

export interface LeafCount {
  readonly taken: number;
  /** Rows that are not in the new file although they could be read. */
  readonly refused: number;
  /** False where the time was up before all was read. */
  readonly complete: boolean;
}

/** About 600 readings: each commit costs a write to the disk, and the ward waits for it meanwhile. Ours. */
const LEAVES_A_COMMIT = 10;

export function salvageLeaves(order: LeafOrder): LeafCount {
  const { target, sealing, first } = order;
  const pages = openDamagedPages(order.file, order.withLog);
  let taken = 0;
  let refused = 0;
  try {
    const tables = tablesOf(target);
    const leaves = leavesOf(
      pages,
      tables.flatMap((table) => shapeFor(target, table) ?? []),
    );
    let untilMs: number | null = null;
    for (const table of tables) {
      const long = isLong(table);
      if (!long && !first) continue;
      if (long && untilMs === null) {
        keepAllLost(order, pages, leaves.get('observations') ?? []);
        untilMs = performance.now() + order.forMs;
      }
      const put = putter(target, table);
      if (put === null) continue;
      // A row that refers to a row of its own table comes before it here.
      target.pragma(`foreign_keys = ${refersToItself(target, table) ? 'OFF' : 'ON'}`);
      const found = leaves.get(table) ?? [];
      for (let at = 0; at < found.length; at += LEAVES_A_COMMIT) {
        if (untilMs !== null && performance.now() > untilMs) return { taken, refused, complete: false };
        target
          .transaction(() => {
            for (const { page } of found.slice(at, at + LEAVES_A_COMMIT))
              for (const row of leafRows(pages, page)) {
                const done = put(row, (named) => mayTake(table, named, sealing));
                if (done === 'taken') taken += 1;
                else if (done === 'unfit') refused += 1;
              }
          })
          .immediate();
      }
    }
    return { taken, refused, complete: true };
  } finally {
    target.pragma('foreign_keys = ON');
    pages.close();
  }
}

interface Shape {
  readonly table: string;
  readonly columns: readonly { readonly type: string; readonly optional: boolean }[];
}

const columnRow = z.object({ name: z.string(), type: z.string(), notnull: z.number(), pk: z.number() });

/** Null for a table without row ids: its rows are made anew or read by its keys. */
function shapeFor(target: Database.Database, table: string): Shape | null {
  if (shapeOf(target, table).key !== 'rowid') return null;
  const columns = z.array(columnRow).parse(target.pragma(`table_info("${table}")`));
  const keys = columns.filter(({ pk }) => pk > 0).length;
  return {
    table,
    columns: columns.map(({ type, notnull, pk }) => ({
      type: pk > 0 && keys === 1 && type === 'INTEGER' ? 'ROW ID' : type,
      optional: notnull === 0 && pk === 0,
    })),
  };
}

function fits({ columns }: Shape, { values }: LeafRow): boolean {
  // Columns that were added later are missing in older rows.
  if (values.length > columns.length) return false;
  return columns.every(({ type, optional }, index) => {
    const value = values[index] ?? null;
    if (type === 'ROW ID') return value === null && index < values.length;
    if (value === null) return optional;
    if (type === 'TEXT') return typeof value === 'string';
    if (type === 'BLOB') return value instanceof Uint8Array;
    return typeof value === 'number' && (type === 'REAL' || Number.isInteger(value));
  });
}

interface Leaf {
  readonly page: number;
  /** Of its first row: rows of one leaf are next to each other. */
  readonly rowId: number;
}
/** Rows of a leaf that are held against the tables' shapes. Ours. */
const LOOKED_AT = 4;

/** Each table's leaves, those with the newest rows first. */
function leavesOf(pages: DamagedPages, shapes: readonly Shape[]): Map<string, Leaf[]> {
  const free = freePages(pages);
  const leaves = new Map<string, Leaf[]>();
  for (let page = 2; page <= pages.count; page++) {
    if (free.has(page)) continue;
    const rows = leafRows(pages, page, 1);
    const [row] = rows;
    if (row === undefined) continue;
    const best = tableOf(rows, shapes) ?? tableOf(leafRows(pages, page, LOOKED_AT), shapes);
    if (best === null) continue;
    const leaf = { page, rowId: row.rowId };
    const found = leaves.get(best);
    if (found === undefined) leaves.set(best, [leaf]);
    else found.push(leaf);
  }
  for (const found of leaves.values()) found.sort((a, b) => b.rowId - a.rowId);
  return leaves;
}

/** The one table into which most of the rows fit; null where there is none, or where it is as well another one. */
function tableOf(rows: readonly LeafRow[], shapes: readonly Shape[]): string | null {
  const counts = shapes
    .map((shape) => ({ table: shape.table, fitting: rows.filter((row) => fits(shape, row)).length }))
    .filter(({ fitting }) => fitting > 0)
    .sort((a, b) => b.fitting - a.fitting);
  const [best, next] = counts;
  // Rows that would fit two tables equally well are given to neither.
  return best === undefined || best.fitting === next?.fitting ? null : best.table;
}

/** Where `patient` stands in a row of observations. */
const PATIENT_COLUMN = 1;
/** The ward waits no longer than this for the numbers of patients that are lost. Ours. */
const NUMBERS_MS = 1_500;

/** Every patient whom a reading names gets a row; those whom the ward does not wait for are kept from being taken. */
function keepAllLost(
  { target, sealing, first }: LeafOrder,
  pages: DamagedPages,
  leaves: readonly Leaf[],
): void {
  const untilMs = first ? performance.now() + NUMBERS_MS : Number.POSITIVE_INFINITY;
  const numbers = new Set<number>();
  let complete = true;
  for (const { page } of leaves) {
    if (performance.now() > untilMs) {
      complete = false;
      break;
    }
    for (const number of leafNumbers(pages, page, PATIENT_COLUMN)) numbers.add(number);
  }
  keepLostPatients(target, sealing, numbers);
  if (!complete) reserveNumbers(target, sealing, numbers);
}

type Done = 'taken' | 'there-already' | 'unfit';

/** Puts a row into a table unless it is there; null where the table's rows cannot be told apart. */
function putter(
  target: Database.Database,
  table: string,
): ((row: LeafRow, allowed: (named: FoundRow) => boolean) => Done) | null {
  const { columns, key } = shapeOf(target, table);
  if (key !== 'rowid') return null;
  const stored = z.array(columnRow).parse(target.pragma(`table_info("${table}")`));
  const keys = stored.filter(({ pk }) => pk > 0);
  const rowIdColumn = keys.length === 1 && keys[0]?.type === 'INTEGER' ? keys[0].name : 'rowid';
  const insert = inserter(target, table, columns);
  const there = target.prepare<[number]>(`SELECT 1 FROM "${table}" WHERE rowid = ?`).pluck();
  const readings = table === 'observations';
  const sameSlot = readings
    ? target
        .prepare<unknown[]>(
          'SELECT 1 FROM observations WHERE patient = ? AND observed_ms = ? AND source = ? AND revision = ?',
        )
        .pluck()
    : null;
  return ({ rowId, values }, allowed) => {
    const row: FoundRow = { rowid: rowId };
    for (const [index, { name }] of stored.entries()) row[name] = values[index] ?? null;
    row[rowIdColumn] = rowId;
    if (sameSlot === null) {
      if (there.get(rowId) !== undefined) return 'there-already';
    } else if (sameSlot.get(row.patient, row.observed_ms, row.source, row.revision) !== undefined)
      return 'there-already';
    if (values.length > stored.length || !allowed(row)) return 'unfit';
    const done = insert(row);
    if (!readings || done === 'taken') return done;
    // The ward may have given the number to a reading of its own meanwhile: nothing refers to it, so a new one does.
    // Who entered a reading may be lost with the page of the people; the reading is kept without.
    const again = insert({
      ...row,
      id: done === 'there-already' ? null : rowId,
      entered_by: done === 'unfit' ? null : row.entered_by,
    });
    return again === 'there-already' ? 'unfit' : again;
  };
}
