/**
 * Reads a table of vitals over time into sets: a row a moment, or a row a value. What cannot be read is refused cell
 * by cell with a reason, and everything else of its row is taken; no value is guessed. Every cell is accounted for.
 */

import { convertValue, fitsUnit, type UnitReading } from '../observation/hl7/units.ts';
import { NUMERIC_VITALS, type NumericVital, VITAL_RANGES, type VitalValues } from '../observation/vital.ts';
import { type Column, type ColumnMap, columnsOf, isTableField, type TableField } from './columns.ts';
import { levelOfComaScale, levelOfWord } from './consciousness.ts';
import { type DecimalMark, numberText } from './decimal.ts';
import { oxygenOf } from './oxygen.ts';
import { readTime } from './times.ts';

/** What one patient had at one moment. */
export interface TableSet {
  readonly patient: string;
  /** Milliseconds on the table's own clock, for ordering; a time without a zone counts as UTC. */
  readonly atMs: number;
  /** The time as the table writes it; a table of seconds counts from 1970. */
  readonly at: string;
  readonly values: VitalValues;
  /** Lines of the file that it was read from. */
  readonly lines?: readonly number[];
}

export interface RefusedCell {
  /** Line of the file, from 1. */
  readonly line: number;
  readonly column: string;
  readonly value: string;
  readonly reason: string;
}

export interface TableReading {
  /** By time; of one time in the order of the file. */
  readonly sets: readonly TableSet[];
  /** Whole years of a patient where the table tells them; the first row counts. */
  readonly ages: ReadonlyMap<string, number>;
  readonly refused: readonly RefusedCell[];
  /** Columns (or names of vitals, in a table of one value a row) that hold nothing this program reads. */
  readonly ignored: readonly string[];
  readonly rows: number;
}

export type TableResult =
  | { readonly ok: true; readonly table: TableReading }
  | { readonly ok: false; readonly problem: 'empty' | 'no-time-column' | 'no-vital-column' };

/** A record of a file, with the line that it begins on. */
export interface TableRecord {
  readonly line: number;
  readonly cells: readonly string[];
}

const ONLY_PATIENT = 'patient';
const NUMERIC: ReadonlySet<string> = new Set(NUMERIC_VITALS);
const FIELDS_OF_A_MOMENT: ReadonlySet<TableField> = new Set([
  'seconds',
  'time',
  'patient',
  'age_years',
  'vital',
  'value',
  'error',
]);
/** Above this a chart hides the age or mistypes it. Ours. */
const MOST_YEARS = 130;

/** A cell of one moment. */
interface Cell {
  readonly line: number;
  readonly column: string;
  readonly field: TableField;
  readonly text: string;
  /** Of the column's heading, where it tells one. */
  readonly unit?: UnitReading;
}

interface MomentCells {
  readonly patient: string;
  readonly atMs: number;
  readonly at: string;
  readonly cells: Cell[];
}

/** @param records the header and the rows; `mark`: how they write decimals. */
export function readTable(
  records: readonly TableRecord[],
  mapping?: ColumnMap,
  mark: DecimalMark = 'point',
): TableResult {
  const [header, ...rows] = records;
  if (header === undefined || rows.length === 0) return { ok: false, problem: 'empty' };
  const columns = columnsOf(header.cells, mapping);
  const has = (field: TableField): boolean => columns.some((column) => column.field === field);
  if (!has('time') && !has('seconds')) return { ok: false, problem: 'no-time-column' };
  const isLong = has('vital') && has('value');
  if (!isLong && !columns.some(({ field }) => field !== null && !FIELDS_OF_A_MOMENT.has(field)))
    return { ok: false, problem: 'no-vital-column' };

  const refused: RefusedCell[] = [];
  const ignored = new Set<string>(
    columns
      .filter(({ field }) => field === null || (isLong && !FIELDS_OF_A_MOMENT.has(field)))
      .map(({ name }) => name),
  );
  const moments = new Map<string, MomentCells>();
  const ages = new Map<string, number>();
  for (const row of rows) {
    const moment = momentOf(row, columns, refused);
    if (moment === null) continue;
    noteAge(ages, moment.patient, row, columns, refused);
    const key = `${moment.atMs}\n${moment.patient}`;
    const known = moments.get(key) ?? moment;
    moments.set(key, known);
    for (const cell of cellsOf(row, columns, isLong, refused, ignored)) {
      const text = isNumberField(cell.field) ? numberText(cell.text, mark) : cell.text;
      if (typeof text === 'string') known.cells.push({ ...cell, text });
      else refused.push({ line: cell.line, column: cell.column, value: cell.text, reason: text.refused });
    }
  }
  const sets = [...moments.values()]
    .map(
      ({ cells, ...moment }): TableSet => ({
        ...moment,
        values: valuesOf(cells, refused),
        lines: [...new Set(cells.map(({ line }) => line))],
      }),
    )
    .filter(({ values }) => Object.keys(values).length > 0)
    .sort((a, b) => a.atMs - b.atMs);
  return { ok: true, table: { sets, ages, refused, ignored: [...ignored], rows: rows.length } };
}

function textAt(row: TableRecord, columns: readonly Column[], field: TableField): string {
  return (row.cells[columns.findIndex((column) => column.field === field)] ?? '').trim();
}

/** Whose and when a row is; null where the row cannot be placed, which refuses the whole of it. */
function momentOf(row: TableRecord, columns: readonly Column[], refused: RefusedCell[]): MomentCells | null {
  const { line } = row;
  if (row.cells.length !== columns.length) {
    const reason = row.cells.length < columns.length ? 'too-few-cells' : 'too-many-cells';
    refused.push({ line, column: '(row)', value: String(row.cells.length), reason });
    return null;
  }
  const patientColumn = columns.find(({ field }) => field === 'patient');
  const patient = patientColumn === undefined ? ONLY_PATIENT : textAt(row, columns, 'patient');
  if (patient === '') {
    refused.push({ line, column: patientColumn?.name ?? '', value: '', reason: 'patient-missing' });
    return null;
  }
  const timeColumn = columns.find(({ field }) => field === 'time' || field === 'seconds');
  const text = timeColumn?.field == null ? '' : textAt(row, columns, timeColumn.field);
  const time = readTime(text, timeColumn?.field === 'seconds');
  if (time === null) {
    const reason = text === '' ? 'time-missing' : 'time-invalid';
    refused.push({ line, column: timeColumn?.name ?? '', value: text, reason });
    return null;
  }
  return { patient, ...time, cells: [] };
}

/** Of several ages of one patient the first counts and a lower one is refused: nobody grows younger. */
function noteAge(
  ages: Map<string, number>,
  patient: string,
  row: TableRecord,
  columns: readonly Column[],
  refused: RefusedCell[],
): void {
  const text = textAt(row, columns, 'age_years');
  if (text === '') return;
  const years = /^\d{1,3}(?:[.,]\d+)?$/.test(text) ? Math.floor(Number(text.replace(',', '.'))) : Number.NaN;
  const known = ages.get(patient);
  if (years <= MOST_YEARS && (known === undefined || years >= known)) {
    if (known === undefined) ages.set(patient, years);
    return;
  }
  const column = columns.find(({ field }) => field === 'age_years')?.name ?? '';
  const reason = years <= MOST_YEARS ? 'told-twice' : 'implausible';
  refused.push({ line: row.line, column, value: text, reason });
}

function cellsOf(
  row: TableRecord,
  columns: readonly Column[],
  isLong: boolean,
  refused: RefusedCell[],
  ignored: Set<string>,
): Cell[] {
  const { line } = row;
  if (isLong) {
    const column = textAt(row, columns, 'vital');
    const text = textAt(row, columns, 'value');
    const error = textAt(row, columns, 'error');
    if (!isTableField(column) || FIELDS_OF_A_MOMENT.has(column)) {
      ignored.add(column);
      return [];
    }
    if (text === '') return [];
    if (error !== '' && Number(error) !== 0) {
      refused.push({ line, column, value: text, reason: 'marked-as-error' });
      return [];
    }
    return [{ line, column, field: column, text }];
  }
  return columns.flatMap(({ name, field, unit }, index): Cell[] => {
    const text = (row.cells[index] ?? '').trim();
    if (field === null || FIELDS_OF_A_MOMENT.has(field) || text === '') return [];
    return [{ line, column: name, field, text, ...(unit === undefined ? {} : { unit }) }];
  });
}

/** The values of one moment; of a field that is told twice the first counts and a differing one is refused. */
function valuesOf(cells: readonly Cell[], refused: RefusedCell[]): VitalValues {
  const refuse = ({ line, column, text }: Cell, reason: string): void =>
    void refused.push({ line, column, value: text, reason });
  const first = new Map<TableField, Cell>();
  for (const cell of cells) {
    const before = first.get(cell.field);
    if (before === undefined) first.set(cell.field, cell);
    else if (before.text !== cell.text) refuse(cell, 'told-twice');
  }
  const values: VitalValues = {};
  for (const cell of first.values()) {
    if (isNumeric(cell.field)) put(values, cell.field, cell, cell.unit ?? UNTOLD, refuse);
    else if (cell.field === 'temp_f' && !first.has('temp_c')) {
      if (cell.unit?.kind === 'unit' && cell.unit.unit !== 'fahrenheit') refuse(cell, 'unit-unfit');
      else put(values, 'temp_c', cell, FAHRENHEIT, refuse);
    } else if (cell.field === 'on_oxygen') {
      const told = yesOrNo(cell.text);
      if (told === null) refuse(cell, 'not-yes-or-no');
      else values.on_oxygen = told;
    }
  }
  putConsciousness(values, first, refuse);
  putOxygen(values, first, refuse);
  return values;
}

function isNumberField(field: TableField): boolean {
  return isNumeric(field) || field === 'temp_f';
}

function isNumeric(field: TableField): field is NumericVital {
  return NUMERIC.has(field);
}

/** A column names its vital and so its unit; only inspired oxygen is written both as a fraction and in per cent. */
const UNTOLD: UnitReading = { kind: 'missing' };
const FAHRENHEIT: UnitReading = { kind: 'unit', unit: 'fahrenheit' };

type Refuse = (cell: Cell, reason: string) => void;

function put(values: VitalValues, vital: NumericVital, cell: Cell, unit: UnitReading, refuse: Refuse): void {
  if (unit.kind === 'unit' && !fitsUnit(vital, unit.unit)) {
    refuse(cell, 'unit-unfit');
    return;
  }
  const converted = convertValue(vital, plainNumber(cell.text), unit, true);
  if (converted.ok) values[vital] = converted.value;
  else refuse(cell, reasonOf(vital, cell, converted.reason));
}

/** Exports leave out the zero before the point and write out binary noise (.40000000596): six decimals are kept. */
function plainNumber(text: string): string {
  return text.replace(/^(-?)\./, (_, sign: string) => `${sign}0.`).replace(/^(-?\d+\.\d{6})\d+$/, '$1');
}

/** What a chart wrote for "no signal" is told from a number that is merely out of range. */
function reasonOf(vital: NumericVital, cell: Cell, reason: string): string {
  return reason === 'implausible' && Number(cell.text) === 0 && VITAL_RANGES[vital].least > 0
    ? 'zero-is-no-reading'
    : reason;
}

function yesOrNo(text: string): boolean | null {
  const word = text.toLowerCase();
  if (['true', '1', 'yes', 'y'].includes(word)) return true;
  return ['false', '0', 'no', 'n'].includes(word) ? false : null;
}

/** The words of the chart come before the coma scale: whoever wrote them judged the whole patient. */
function putConsciousness(values: VitalValues, first: ReadonlyMap<TableField, Cell>, refuse: Refuse): void {
  for (const field of ['acvpu', 'loc'] as const) {
    const cell = first.get(field);
    if (cell === undefined || values.acvpu !== undefined) continue;
    const told = levelOfWord(cell.text);
    if (told.ok) values.acvpu = told.level;
    else refuse(cell, told.reason);
  }
  if (values.acvpu !== undefined) return;
  const text = (field: TableField): string | null => first.get(field)?.text ?? null;
  const told = levelOfComaScale({
    total: text('gcs_total'),
    eye: text('gcs_eye'),
    verbal: text('gcs_verbal'),
  });
  if (told === null) return;
  const cell = first.get('gcs_verbal') ?? first.get('gcs_eye') ?? first.get('gcs_total');
  if (told.ok) values.acvpu = told.level;
  else if (cell !== undefined) refuse(cell, told.reason);
}

function putOxygen(values: VitalValues, first: ReadonlyMap<TableField, Cell>, refuse: Refuse): void {
  if (values.on_oxygen !== undefined) return;
  const device = first.get('o2_device');
  const told = oxygenOf(device?.text ?? null, values.o2_flow ?? null, values.fio2 ?? null);
  if (told === null) return;
  const cell = device ?? first.get('fio2') ?? first.get('o2_flow');
  if (told.ok) values.on_oxygen = told.onOxygen;
  else if (cell !== undefined) refuse(cell, told.reason);
}
