/** The SQL of `minute_summaries`. */
import { z } from 'zod';
import { SOURCE_KINDS, type SourceKind } from '../../../app/observation/observation.ts';
import { NUMERIC_VITALS, type NumericVital, type VitalValues } from '../../../app/observation/vital.ts';
import type { Reader, Writer } from '../store/database.ts';
import { acvpuOf, VITAL_COLUMN_NAMES, vitalsOfRow } from '../store/vital-columns.ts';
import { MINUTE_MS, type MinuteSummary, summarise } from './minute-summary.ts';

/** One source of one patient in one minute, by the numbers of the store. */
export interface SummaryKey {
  readonly patient: number;
  readonly source: number;
  readonly minute: number;
}

interface RawRow {
  readonly [column: string]: unknown;
  readonly observed_ms: number;
  readonly received_delta: number;
  readonly committed_delta: number;
}

/** A minute of a flood has thousands of these: looked at as they are, and not copied column by column. */
const rawRow = z.custom<RawRow>(
  (row) =>
    typeof row === 'object' &&
    row !== null &&
    TIME_COLUMNS.every((column) => Number.isSafeInteger(Reflect.get(row, column))),
);
const TIME_COLUMNS = ['observed_ms', 'received_delta', 'committed_delta'] as const;
const setsRow = z.object({ sets: z.number().int() });

const NUMBER_COLUMNS = NUMERIC_VITALS.flatMap((vital) => [
  `${vital}_last`,
  `${vital}_min`,
  `${vital}_max`,
  `${vital}_median`,
]);
const COLUMNS = [
  ...['patient', 'minute', 'source', 'sets', 'last_ms', 'received_delta', 'committed_delta'],
  ...NUMBER_COLUMNS,
  ...['on_oxygen', 'acvpu'],
];

/** The summary of a minute as the observations that are kept give it; null where none is. */
export function summaryFromRows(read: Reader, key: SummaryKey): MinuteSummary | null {
  const rows = read.all(
    rawRow,
    `SELECT observed_ms, received_delta, committed_delta, ${VITAL_COLUMN_NAMES} FROM observations o
     WHERE patient = ? AND observed_ms BETWEEN ? AND ? AND source = ? AND NOT EXISTS (
       SELECT 1 FROM observations n WHERE n.patient = o.patient AND n.observed_ms = o.observed_ms
         AND n.source = o.source AND n.revision > o.revision)
     ORDER BY observed_ms`,
    key.patient,
    key.minute * MINUTE_MS,
    key.minute * MINUTE_MS + MINUTE_MS - 1,
    key.source,
  );
  return summarise(
    rows.map((row) => {
      const receivedMs = row.observed_ms + row.received_delta;
      return {
        observedMs: row.observed_ms,
        receivedMs,
        committedMs: receivedMs + row.committed_delta,
        values: vitalsOfRow(row),
      };
    }),
  );
}

/**
 * Makes the summary of a minute anew from its observations. A minute never has fewer sets in force than before
 * unless observations were removed by the rule for keeping records: then the summary is what stays, and is left.
 */
export function rewriteSummary(write: Writer, key: SummaryKey): void {
  const summary = summaryFromRows(write, key);
  if (summary === null) return;
  const before = write.one(
    setsRow,
    'SELECT sets FROM minute_summaries WHERE patient = ? AND minute = ? AND source = ?',
    key.patient,
    key.minute,
    key.source,
  );
  if (before !== null && before.sets > summary.sets) return;
  insertSummary(write, key, summary);
}

const INSERT = `INSERT OR REPLACE INTO minute_summaries (${COLUMNS.join(', ')})
  VALUES (${COLUMNS.map(() => '?').join(', ')})`;

export function insertSummary(write: Writer, key: SummaryKey, summary: MinuteSummary): void {
  const beginMs = key.minute * MINUTE_MS;
  write.run(
    INSERT,
    key.patient,
    key.minute,
    key.source,
    summary.sets,
    summary.lastMs - beginMs,
    summary.receivedMs - beginMs,
    summary.committedMs - beginMs,
    ...NUMERIC_VITALS.flatMap((vital) => {
      const number = summary.numbers[vital];
      return number === undefined
        ? [null, null, null, null]
        : [number.last, number.min, number.max, number.median];
    }),
    summary.on_oxygen === undefined ? null : Number(summary.on_oxygen),
    summary.acvpu ?? null,
  );
}

/** What a plot needs of a summary. */
export interface PlotMinute {
  readonly minute: number;
  readonly sets: number;
  /** When the last set was observed, and when the last was committed (wall ms). */
  readonly lastMs: number;
  readonly committedMs: number;
  readonly source: { readonly kind: SourceKind; readonly name: string };
  /** The median of each number, and the last word on oxygen and consciousness. */
  readonly values: VitalValues;
  /** Least and greatest of the numbers that moved. */
  readonly range: { [vital in NumericVital]?: [number, number] };
}

const presentRow = z.record(z.string(), z.union([z.number(), z.null()]));
const sourceRow = z.object({ id: z.number().int(), kind: z.enum(SOURCE_KINDS), name: z.string() });

/**
 * What a plot needs of a patient's minutes from one to another (both included), oldest first. Only the columns that
 * hold something are fetched: a day of a bed is 1,440 rows, and most of their columns are empty.
 */
export function readPlotMinutes(
  read: Reader,
  patientId: string,
  fromMinute: number,
  toMinute: number,
): PlotMinute[] {
  const span = [patientId, fromMinute, toMinute] as const;
  const where = `m.patient = (SELECT number FROM patient_numbers WHERE patient_id = ?) AND m.minute BETWEEN ? AND ?`;
  const present = read.one(
    presentRow,
    `SELECT ${NUMERIC_VITALS.map((vital) => `max(m.${vital}_last IS NOT NULL) AS ${vital}`).join(', ')}
     FROM minute_summaries m WHERE ${where}`,
    ...span,
  );
  const vitals = NUMERIC_VITALS.filter((vital) => present?.[vital] === 1);
  const sources = new Map(
    read.all(sourceRow, 'SELECT id, kind, name FROM sources').map(({ id, ...source }) => [id, source]),
  );
  const columns = vitals.flatMap((vital) => [`m.${vital}_median`, `m.${vital}_min`, `m.${vital}_max`]);
  const rows = read.lists(
    `SELECT m.minute, m.source, m.sets, m.last_ms, m.committed_delta, m.on_oxygen, m.acvpu${columns.map((column) => `, ${column}`).join('')}
     FROM minute_summaries m WHERE ${where} ORDER BY m.minute, m.source`,
    ...span,
  );
  return rows.map(([minute, sourceId, sets, lastMs, committedDelta, onOxygen, acvpu, ...numbers]) => {
    const beginMs = numberIn(minute) * MINUTE_MS;
    const source = sources.get(numberIn(sourceId));
    if (source === undefined) throw new Error('a summary of no source');
    const values: VitalValues = {};
    const range: PlotMinute['range'] = {};
    vitals.forEach((vital, index) => {
      const median = numbers[3 * index];
      if (median === null) return;
      values[vital] = numberIn(median);
      const least = numberIn(numbers[3 * index + 1]);
      const greatest = numberIn(numbers[3 * index + 2]);
      if (least !== greatest) range[vital] = [least, greatest];
    });
    if (onOxygen !== null) values.on_oxygen = numberIn(onOxygen) === 1;
    if (acvpu !== null) values.acvpu = acvpuOf(acvpu);
    return {
      minute: numberIn(minute),
      sets: numberIn(sets),
      lastMs: beginMs + numberIn(lastMs),
      committedMs: beginMs + numberIn(committedDelta),
      source,
      values,
      range,
    };
  });
}

// By hand: a schema that walks through every column of every row takes longer than all the rest.
function numberIn(value: unknown): number {
  if (typeof value !== 'number') throw new Error('a column of a summary holds no number');
  return value;
}
