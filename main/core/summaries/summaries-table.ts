/** The SQL of `minute_summaries`. */
import { z } from 'zod';
import { NUMERIC_VITALS } from '../../../app/observation/vital.ts';
import type { Reader, Writer } from '../store/database.ts';
import { VITAL_COLUMN_NAMES, vitalsOfRow } from '../store/vital-columns.ts';
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
