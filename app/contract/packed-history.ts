/**
 * A bed's history as it crosses to a terminal: by column and not by row. A day of a monitored bed is 1,400 rows of ten
 * vitals with their ranges; as objects it takes longer to copy than to read from the store.
 */
import { z } from 'zod';
import { SOURCE_KINDS } from '../observation/observation.ts';
import { NUMERIC_VITALS, VITALS, type Vital } from '../observation/vital.ts';
import { type Score, scoreSchema } from '../scoring/score.ts';
import { asText, textOf } from './as-text.ts';
import { vitalSchema } from './signal-views.ts';
import type { HistoryRow } from './views.ts';

const valueSchema = z.union([z.number(), z.boolean(), z.string(), z.null()]);
const numericVitalSchema = z.enum(NUMERIC_VITALS);

const packedColumnsSchema = z.object({
  at: z.array(z.string()),
  source: z.array(
    z
      .int()
      .min(0)
      .max(SOURCE_KINDS.length - 1),
  ),
  /** Sets that a row stands for. */
  sets: z.array(z.int().min(1)),
  /** A column for each vital that any row has; null where a row has none. */
  values: z.partialRecord(vitalSchema, z.array(valueSchema)),
  least: z.partialRecord(numericVitalSchema, z.array(z.number().nullable())),
  greatest: z.partialRecord(numericVitalSchema, z.array(z.number().nullable())),
  /** Each score once, and of each row which it is; -1 where none was in force. */
  scores: z.array(scoreSchema),
  score: z.array(z.int().min(-1)),
});

export type PackedHistory = z.input<typeof packedColumnsSchema>;

/** Rows of a history as they cross. */
export function packHistory(rows: readonly HistoryRow[]): string {
  return textOf(columnsOfRows(rows));
}

/** Rows of a history, by column. */
function columnsOfRows(rows: readonly HistoryRow[]): PackedHistory {
  const values: PackedHistory['values'] = {};
  const least: PackedHistory['least'] = {};
  const greatest: PackedHistory['greatest'] = {};
  const scores = new Map<Score, number>();
  const score = rows.map((row) => {
    if (row.score === null) return -1;
    const known = scores.get(row.score) ?? scores.size;
    scores.set(row.score, known);
    return known;
  });
  for (const vital of VITALS)
    if (rows.some((row) => row.values[vital] !== undefined))
      values[vital] = rows.map((row) => row.values[vital] ?? null);
  for (const vital of NUMERIC_VITALS) {
    if (!rows.some((row) => row.together?.range[vital] !== undefined)) continue;
    least[vital] = rows.map((row) => row.together?.range[vital]?.[0] ?? null);
    greatest[vital] = rows.map((row) => row.together?.range[vital]?.[1] ?? null);
  }
  return {
    at: rows.map(({ at }) => at),
    source: rows.map(({ source }) => SOURCE_KINDS.indexOf(source)),
    sets: rows.map(({ together }) => together?.sets ?? 1),
    values,
    least,
    greatest,
    scores: [...scores.keys()],
    score,
  };
}

/** What crosses, and the rows that come out of it. Columns of different lengths are refused. */
export const packedHistorySchema = asText(packedColumnsSchema)
  .refine((packed) => columnsOf(packed).every(({ length }) => length === packed.at.length), {
    error: 'columns of different lengths',
  })
  .refine(({ score, scores }) => score.every((index) => index < scores.length), {
    error: 'a score that is not there',
  })
  .transform((packed): HistoryRow[] => packed.at.map((at, index) => rowOf(packed, at, index)));

type Unpacked = z.output<typeof packedColumnsSchema>;

function columnsOf(packed: Unpacked): readonly (readonly unknown[])[] {
  const { source, sets, values, least, greatest, score } = packed;
  const columns = [...Object.values(values), ...Object.values(least), ...Object.values(greatest)];
  return [source, sets, score, ...columns.flatMap((column) => (column === undefined ? [] : [column]))];
}

function rowOf(packed: Unpacked, at: string, index: number): HistoryRow {
  const values: { [vital in Vital]?: number | boolean | string } = {};
  for (const vital of VITALS) {
    const value = packed.values[vital]?.[index];
    if (value !== undefined && value !== null) values[vital] = value;
  }
  const sets = packed.sets[index] ?? 1;
  return {
    at,
    values,
    source: kindOf(packed.source[index]),
    score: packed.scores[packed.score[index] ?? -1] ?? null,
    ...(sets === 1 ? {} : { together: { sets, range: rangeOf(packed, index) } }),
  };
}

function rangeOf({ least, greatest }: Unpacked, index: number): NonNullable<HistoryRow['together']>['range'] {
  const range: NonNullable<HistoryRow['together']>['range'] = {};
  for (const vital of NUMERIC_VITALS) {
    const from = least[vital]?.[index];
    const to = greatest[vital]?.[index];
    if (typeof from === 'number' && typeof to === 'number') range[vital] = [from, to];
  }
  return range;
}

function kindOf(index: number | undefined): HistoryRow['source'] {
  const kind = SOURCE_KINDS[index ?? -1];
  if (kind === undefined) throw new Error('a source of no kind');
  return kind;
}
