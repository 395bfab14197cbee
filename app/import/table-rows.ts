/** A table of vitals as an import reads it: in runs of rows, with the site's zone for times that tell none. */
import { type SiteZone, withSiteZone } from '../observation/hl7/time.ts';
import { type ColumnMap, columnsOf } from '../replay/columns.ts';
import { type DecimalMark, decimalMarkOf } from '../replay/decimal.ts';
import { readTable, type TableRecord } from '../replay/table.ts';
import type { ImportProblem, ImportReading, ImportSet } from './row.ts';

export interface TableOptions {
  readonly columns: ColumnMap;
  readonly zone: SiteZone;
  /** How the table writes decimals. */
  readonly mark: DecimalMark;
}

/** The decimal mark that the table's values are written with, as far as they tell one. Times and names are no values. */
export function markOf(
  records: readonly TableRecord[],
  columns: ColumnMap = new Map(),
): DecimalMark | 'unclear' {
  const [header, ...rows] = records;
  const read = columnsOf(header?.cells ?? [], columns);
  function* cells(): Generator<string> {
    for (const row of rows)
      for (const [index, cell] of row.cells.entries()) {
        const field = read[index]?.field ?? null;
        if (field !== null && field !== 'time' && field !== 'patient') yield cell;
      }
  }
  return decimalMarkOf(cells());
}

/** Why a table as mapped cannot be imported at all. */
export type TableProblem =
  | 'empty'
  | 'no-time-column'
  | 'no-vital-column'
  | 'time-relative'
  | 'decimal-mark-unclear';

/** Null where the table can be read. A table of seconds tells no date: it can be replayed and not imported. */
export function tableProblem(records: readonly TableRecord[], columns: ColumnMap): TableProblem | null {
  const [header, first] = records;
  if (header === undefined || first === undefined) return 'empty';
  const fields = columnsOf(header.cells, columns).map(({ field }) => field);
  if (!fields.includes('time') && fields.includes('seconds')) return 'time-relative';
  const read = readTable([header, first], columns);
  return read.ok ? null : read.problem;
}

/**
 * The rows in runs of about `most`. A run never ends between two rows of one time: a table of one value a row tells a
 * moment in several.
 */
export function* runsOf(
  records: readonly TableRecord[],
  columns: ColumnMap,
  most: number,
): Generator<readonly TableRecord[]> {
  const [header, ...rows] = records;
  if (header === undefined) return;
  const time = columnsOf(header.cells, columns).findIndex(({ field }) => field === 'time');
  let run: TableRecord[] = [];
  for (const row of rows) {
    if (run.length >= most && run.at(-1)?.cells[time] !== row.cells[time]) {
      yield run;
      run = [];
    }
    run.push(row);
  }
  if (run.length > 0) yield run;
}

/** What a run of rows says. */
export function readRun(
  header: TableRecord,
  run: readonly TableRecord[],
  { columns, zone, mark }: TableOptions,
): ImportReading {
  const rows = run.map(({ line }) => line);
  const read = readTable([header, ...run], columns, mark);
  if (!read.ok) return { rows, sets: [], problems: rows.map((row) => whole(row, read.problem)) };
  const hasPatient = columnsOf(header.cells, columns).some(({ field }) => field === 'patient');
  const problems: ImportProblem[] = read.table.refused.map(({ line, column, reason }) =>
    column === '(row)' ? whole(line, reason) : { row: line, column, reason },
  );
  const sets: ImportSet[] = [];
  for (const { patient, at, values, lines = [] } of read.table.sets) {
    const observedAt = withSiteZone(at, zone);
    if (observedAt === null) problems.push(...lines.map((line) => whole(line, 'time-invalid')));
    else
      sets.push({
        rows: lines,
        identifier: hasPatient ? patient : null,
        observedAt,
        values,
        corrects: false,
        withdraws: [],
      });
  }
  return { rows, sets, problems };
}

function whole(row: number, reason: string): ImportProblem {
  return { row, column: '', reason };
}
