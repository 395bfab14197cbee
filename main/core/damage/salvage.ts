/**
 * Takes out of a damaged file what can be read, row by row, into a new database of the same schema: first what the
 * ward needs to be at work (settings, people, patients, stays, alerts, the audit chain), then the long tables from
 * their newest row down for as long as the ward can wait. The rest is taken out while the ward is at work.
 *
 * Reference: SQLite, "Recovering Data From A Corrupt SQLite Database".
 */
import Database from 'better-sqlite3';
import { z } from 'zod';
import type { Sealing } from '../sealing/sealing.ts';
import { mayTake } from './row-checks.ts';
import { ABOVE_ALL, type FoundRow, rowsDownward } from './rows-downward.ts';

/** Read whole before the ward starts, in this order; tables that are not named here come after them. */
const FIRST = [
  'settings',
  'site_policies',
  'key_envelope',
  'workstation_keys',
  'people',
  'patients',
  'patient_policies',
  'patient_merges',
  'patient_numbers',
  'sources',
  'starts',
  'stays',
  'alert_state',
  'alerts',
];
/** Long: read from the newest row down until the time is up, and further in the background. */
const LONG = [
  'observations',
  'scores',
  'minute_summaries',
  'message_bodies',
  'messages',
  'alert_transitions',
  // They name messages, and a row of each resource is kept for good.
  'fhir_resources',
  'fhir_contents',
  'explanations',
  'sentences',
  'ratings',
  'review_acts',
  'review_withdrawals',
  'answered_commands',
];
/** Written by the program itself in the new file, or checked as a whole by its own reader. */
const NOT_COPIED = new Set(['audit', 'audit_heads', 'retention_gate', 'summary_mark']);
const BATCH = 500;

/**
 * The long tables whose rows cannot be found on their pages alone. Where messages had to be looked for on theirs, rows
 * that name one are asked for again afterwards.
 */
export function longWithoutNumbers(target: Database.Database): string[] {
  return tablesOf(target).filter((table) => isLong(table) && shapeOf(target, table).key === null);
}

/** True of a table that is not read whole before the ward starts. */
export function isLong(table: string): boolean {
  return LONG.includes(table);
}

/** A table that was not finished: rows with keys below `below` are still in the damaged file. */
export interface Unfinished {
  readonly table: string;
  readonly below: number;
}

export interface SalvageCount {
  /** Rows that are in the new file. */
  readonly taken: number;
  /** Rows that were read but could not be used. */
  readonly refused: number;
  /** Stretches of pages that could not be read. */
  readonly gaps: number;
  /** Tables of which nothing at all could be read. */
  readonly tablesLost: readonly string[];
}

export interface SalvageRun {
  readonly count: SalvageCount;
  readonly unfinished: readonly Unfinished[];
}

const nameRow = z.object({ name: z.string() });
const columnRow = z.object({ name: z.string(), type: z.string(), pk: z.number() });

/** Copies what `source` still gives into `target`, both open. `untilMs`: on `performance.now`. */
export function salvageTables(order: {
  readonly source: Database.Database;
  readonly target: Database.Database;
  readonly sealing: Sealing | null;
  readonly untilMs: number;
  /** Null: everything, from the newest row. */
  readonly resume: readonly Unfinished[] | null;
}): SalvageRun {
  const { source, target, sealing, untilMs, resume } = order;
  let taken = 0;
  let refused = 0;
  let gaps = 0;
  const tablesLost: string[] = [];
  const unfinished: Unfinished[] = [];
  const work = resume ?? tablesOf(target).map((table) => ({ table, below: ABOVE_ALL }));
  for (const { table, below } of work) {
    const long = isLong(table);
    if (long && performance.now() > untilMs) {
      unfinished.push({ table, below });
      continue;
    }
    const { columns, key } = shapeOf(target, table);
    // A row that refers to a row of its own table comes before it here.
    target.pragma(`foreign_keys = ${refersToItself(target, table) ? 'OFF' : 'ON'}`);
    const insert = inserter(target, table, columns);
    let rows: FoundRow[] = [];
    const flush = (): void => {
      target
        .transaction(() => {
          for (const row of rows)
            if (!mayTake(table, row, sealing)) refused += 1;
            else {
              const put = insert(row);
              if (put === 'taken') taken += 1;
              else if (put === 'unfit') refused += 1;
            }
        })
        .immediate();
      rows = [];
    };
    try {
      let lastKey: number | null = null;
      const reading = { database: source, table, key, columns, onGap: () => (gaps += 1) };
      for (const found of rowsDownward(reading, below)) {
        // Where many rows have one key, a slice ends between two keys: the next begins with all rows of this one.
        const begins = key !== 'rowid' && key !== null && lastKey !== null && found.key !== lastKey;
        lastKey = found.key;
        if (long && begins && performance.now() > untilMs) {
          unfinished.push({ table, below: found.key + 1 });
          break;
        }
        rows.push(found.row);
        if (rows.length < BATCH) continue;
        flush();
        if (!long || performance.now() <= untilMs) continue;
        // No number to go on from: it is begun anew when the ward no longer waits, and then read to its end.
        if (key === null && resume !== null) continue;
        if (key !== 'rowid' && key !== null) continue;
        unfinished.push({ table, below: key === null ? ABOVE_ALL : found.key });
        break;
      }
      flush();
    } catch (error) {
      // The table itself is not to be found in the damaged file any more.
      if (!(error instanceof Database.SqliteError) || target.inTransaction) throw error;
      flush();
      tablesLost.push(table);
    }
  }
  target.pragma('foreign_keys = ON');
  return { count: { taken, refused, gaps, tablesLost }, unfinished };
}

/** The tables to copy: parents before what refers to them, as the schema made them, the ward's needs first. */
export function tablesOf(target: Database.Database): string[] {
  const names = target
    .prepare(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY rowid",
    )
    .all()
    .map((row) => nameRow.parse(row).name)
    .filter((name) => !NOT_COPIED.has(name));
  const first = FIRST.filter((name) => names.includes(name));
  const long = LONG.filter((name) => names.includes(name));
  const others = names.filter((name) => !first.includes(name) && !long.includes(name));
  return [...first, ...others, ...long];
}

export function shapeOf(target: Database.Database, table: string): { columns: string[]; key: string | null } {
  const columns = z.array(columnRow).parse(target.pragma(`table_info("${table}")`));
  const names = columns.map(({ name }) => name);
  // Its key begins with the patient's number: all rows of one are read together.
  if (table === 'minute_summaries') return { columns: names, key: 'patient' };
  const [kind] = z.array(z.object({ wr: z.number() })).parse(target.pragma(`table_list("${table}")`));
  if (kind?.wr === 1) return { columns: names, key: null };
  const keys = columns.filter(({ pk }) => pk > 0);
  // Where the key is no row id of its own, the row id still tells the order in which rows came.
  const isRowId = keys.length === 1 && keys[0]?.type === 'INTEGER';
  return { columns: isRowId ? names : ['rowid', ...names], key: 'rowid' };
}

export function refersToItself(target: Database.Database, table: string): boolean {
  const references = z
    .array(z.looseObject({ table: z.string() }))
    .parse(target.pragma(`foreign_key_list("${table}")`));
  return references.some((reference) => reference.table === table);
}

/** `unfit`: its parent is lost, or its values are none that the schema takes. */
type Put = 'taken' | 'there-already' | 'unfit';

export function inserter(
  target: Database.Database,
  table: string,
  columns: readonly string[],
): (row: FoundRow) => Put {
  const named = columns.map((column) => `"${column}"`).join(', ');
  const insert = target.prepare<unknown[]>(
    `INSERT OR IGNORE INTO "${table}" (${named}) VALUES (${columns.map(() => '?').join(', ')})`,
  );
  const attempt = (row: FoundRow): Put => {
    try {
      const { changes } = insert.run(...columns.map((column) => row[column] ?? null));
      return changes > 0 ? 'taken' : 'there-already';
    } catch (error) {
      if (error instanceof Database.SqliteError && /^SQLITE_(CONSTRAINT|MISMATCH)/.test(error.code))
        return 'unfit';
      throw error;
    }
  };
  return (row) => {
    const put = attempt(row);
    return put === 'unfit' && table === 'observations' && placeholders(target, row) ? attempt(row) : put;
  };
}

/**
 * A source or a start of the machine whose row is lost must not cost the observations that name it: they are kept
 * under an unknown one. True where something was put in.
 */
function placeholders(target: Database.Database, { source, start }: FoundRow): boolean {
  if (typeof source !== 'number' || typeof start !== 'number') return false;
  const sources = target
    .prepare("INSERT OR IGNORE INTO sources (id, kind, name) VALUES (?, 'monitor', ?)")
    .run(source, `unknown source ${source}`);
  const starts = target
    .prepare('INSERT OR IGNORE INTO starts (id, boot_id, base_ms) VALUES (?, ?, 0)')
    .run(start, `unknown start ${start}`);
  return sources.changes + starts.changes > 0;
}
