/**
 * Reads a table of vitals over time: a header of column names, a row a moment. `seconds` counts from the start;
 * every other column is a vital of `app/observation/vital.ts` in its unit. An empty cell means: not measured.
 */
import { readCsv } from '../../../app/import/csv.ts';
import { markOf } from '../../../app/import/table-rows.ts';
import {
  ACVPU,
  NUMERIC_VITALS,
  VITAL_RANGES,
  VITALS,
  type Vital,
  type VitalValues,
} from '../../../app/observation/vital.ts';
import { columnsOf } from '../../../app/replay/columns.ts';
import { readTable } from '../../../app/replay/table.ts';

export interface ReplayRow {
  readonly atMs: number;
  readonly values: VitalValues;
}

export type ReplayTable =
  | { readonly ok: true; readonly rows: readonly ReplayRow[] }
  /** `line` counts from 1. */
  | { readonly ok: false; readonly line: number; readonly problem: string };

/**
 * A table in the program's own form: the whole of it, or the first thing that is wrong with it. A hospital's own table
 * (a date and time a row, its names of columns, several patients) is read cell by cell as `tool replay` reads it, and
 * its first patient is played.
 */
export function readReplayTable(text: string): ReplayTable {
  return firstPatientOf(text) ?? readOwnTable(text);
}

/** Null where it is no table with dates and times. */
function firstPatientOf(text: string): ReplayTable | null {
  const records = readCsv(text);
  if (!columnsOf(records[0]?.cells ?? []).some(({ field }) => field === 'time')) return null;
  const mark = markOf(records);
  if (mark === 'unclear') return { ok: false, line: 1, problem: 'decimal mark unclear' };
  const read = readTable(records, undefined, mark);
  if (!read.ok) return { ok: false, line: 1, problem: read.problem };
  const [first] = read.table.sets;
  if (first === undefined) return { ok: false, line: 2, problem: 'no rows' };
  const own = read.table.sets.filter(({ patient }) => patient === first.patient);
  return { ok: true, rows: own.map(({ atMs, values }) => ({ atMs: atMs - first.atMs, values })) };
}

function readOwnTable(text: string): ReplayTable {
  const lines = text.split(/\r?\n/);
  const columns = (lines[0] ?? '').split(',').map((name) => name.trim());
  const unknown = columns.find((name) => name !== 'seconds' && !VITALS.some((vital) => vital === name));
  if (unknown !== undefined) return { ok: false, line: 1, problem: `unknown column ${unknown}` };
  if (!columns.includes('seconds')) return { ok: false, line: 1, problem: 'no column seconds' };
  const rows: ReplayRow[] = [];
  for (const [index, line] of lines.entries()) {
    if (index === 0 || line.trim() === '') continue;
    const row = readRow(columns, line);
    if (typeof row === 'string') return { ok: false, line: index + 1, problem: row };
    const last = rows.at(-1);
    if (last !== undefined && row.atMs <= last.atMs)
      return { ok: false, line: index + 1, problem: 'time does not go on' };
    rows.push(row);
  }
  return rows.length === 0 ? { ok: false, line: 2, problem: 'no rows' } : { ok: true, rows };
}

function readRow(columns: readonly string[], line: string): ReplayRow | string {
  const cells = line.split(',').map((cell) => cell.trim());
  if (cells.length !== columns.length) return `${cells.length} cells for ${columns.length} columns`;
  const values: VitalValues = {};
  let atMs: number | null = null;
  for (const [index, column] of columns.entries()) {
    const cell = cells[index] ?? '';
    if (column === 'seconds') atMs = /^\d+(\.\d+)?$/.test(cell) ? Number(cell) * 1000 : null;
    else if (cell !== '') {
      const vital = VITALS.find((known) => known === column);
      if (vital === undefined || !put(values, vital, cell)) return `${column} cannot be ${cell}`;
    }
  }
  return atMs === null ? 'seconds is no number' : { atMs, values };
}

/** Puts a cell into the row; false where it is not the vital's kind of value or cannot be physiology. */
function put(values: VitalValues, vital: Vital, cell: string): boolean {
  if (vital === 'on_oxygen') {
    if (cell !== 'true' && cell !== 'false') return false;
    values.on_oxygen = cell === 'true';
    return true;
  }
  if (vital === 'acvpu') {
    const level = ACVPU.find((known) => known === cell);
    if (level === undefined) return false;
    values.acvpu = level;
    return true;
  }
  const numeric = NUMERIC_VITALS.find((known) => known === vital);
  if (numeric === undefined || !/^-?\d+(\.\d+)?$/.test(cell)) return false;
  const value = Number(cell);
  const range = VITAL_RANGES[numeric];
  if (value < range.least || value > range.most) return false;
  values[numeric] = value;
  return true;
}
