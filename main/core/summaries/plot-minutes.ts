/**
 * What a plot needs of a patient's minutes, by column: a day of a bed is 1,440 minutes of a dozen vitals with their
 * ranges, and as objects they take several times as long to make, and to clear away, as to read.
 */
import { z } from 'zod';
import { SOURCE_KINDS, type SourceKind } from '../../../app/observation/observation.ts';
import { NUMERIC_VITALS, type NumericVital, type VitalValues } from '../../../app/observation/vital.ts';
import type { Reader } from '../store/database.ts';
import { acvpuOf } from '../store/vital-columns.ts';
import { MINUTE_MS } from './minute-summary.ts';

/** One place in every list is one minute of one source. */
export interface PlotMinutes {
  readonly minute: number[];
  readonly sets: number[];
  /** When the last set was observed, and when the last was committed (wall ms). */
  readonly lastMs: number[];
  readonly committedMs: number[];
  readonly source: PlotSource[];
  /** Of each vital that any minute has. */
  readonly numbers: readonly PlotNumbers[];
  /** The last word on oxygen and consciousness. */
  readonly onOxygen: (boolean | null)[];
  readonly acvpu: (NonNullable<VitalValues['acvpu']> | null)[];
}

export interface PlotSource {
  readonly kind: SourceKind;
  readonly name: string;
}

export interface PlotNumbers {
  readonly vital: NumericVital;
  readonly median: (number | null)[];
  readonly least: (number | null)[];
  readonly greatest: (number | null)[];
}

const presentRow = z.record(z.string(), z.number());
const sourceRow = z.object({ id: z.number().int(), kind: z.enum(SOURCE_KINDS), name: z.string() });

/**
 * A patient's minutes from one to another (both included), oldest first. Only the columns that hold something are
 * fetched: most of a bed's are empty.
 */
export function readPlotMinutes(
  read: Reader,
  patientId: string,
  fromMinute: number,
  toMinute: number,
): PlotMinutes {
  const span = [patientId, fromMinute, toMinute] as const;
  const where = `m.patient = (SELECT number FROM patient_numbers WHERE patient_id = ?) AND m.minute BETWEEN ? AND ?`;
  const present = read.one(
    presentRow,
    `SELECT ${NUMERIC_VITALS.map((vital) => `count(m.${vital}_last) AS ${vital}`).join(', ')}
     FROM minute_summaries m WHERE ${where}`,
    ...span,
  );
  const vitals = NUMERIC_VITALS.filter((vital) => (present?.[vital] ?? 0) > 0);
  const columns = vitals.flatMap((vital) => [`m.${vital}_median`, `m.${vital}_min`, `m.${vital}_max`]);
  const rows = read.lists(
    `SELECT m.minute, m.source, m.sets, m.last_ms, m.committed_delta, m.on_oxygen, m.acvpu${columns.map((column) => `, ${column}`).join('')}
     FROM minute_summaries m WHERE ${where} ORDER BY m.minute, m.source`,
    ...span,
  );
  return minutesOf(rows, vitals, sourcesOf(read));
}

/** By the numbers of the store. */
function sourcesOf(read: Reader): ReadonlyMap<number, PlotSource> {
  return new Map(
    read.all(sourceRow, 'SELECT id, kind, name FROM sources').map(({ id, ...source }) => [id, source]),
  );
}

/** The columns before those of the vitals. */
const FIRST_NUMBER = 7;

function minutesOf(
  rows: readonly (readonly unknown[])[],
  vitals: readonly NumericVital[],
  sources: ReadonlyMap<number, PlotSource>,
): PlotMinutes {
  const minute = rows.map((row) => numberIn(row[0]));
  const beginMs = (at: number): number => (minute[at] ?? 0) * MINUTE_MS;
  return {
    minute,
    source: rows.map((row) => {
      const source = sources.get(numberIn(row[1]));
      if (source === undefined) throw new Error('a summary of no source');
      return source;
    }),
    sets: rows.map((row) => numberIn(row[2])),
    lastMs: rows.map((row, at) => beginMs(at) + numberIn(row[3])),
    committedMs: rows.map((row, at) => beginMs(at) + numberIn(row[4])),
    onOxygen: rows.map((row) => (row[5] === null ? null : numberIn(row[5]) === 1)),
    acvpu: rows.map((row) => (row[6] === null ? null : acvpuOf(row[6]))),
    numbers: vitals.map((vital, index) => {
      const column = (at: number) => rows.map((row) => numberOrNull(row[FIRST_NUMBER + 3 * index + at]));
      return { vital, median: column(0), least: column(1), greatest: column(2) };
    }),
  };
}

// By hand: a schema that walks through every column of every row takes longer than all the rest.
function numberIn(value: unknown): number {
  if (typeof value !== 'number') throw new Error('a column of a summary holds no number');
  return value;
}

function numberOrNull(value: unknown): number | null {
  return value === null ? null : numberIn(value);
}

/** The minutes at these places, in this order. */
export function minutesAt(minutes: PlotMinutes, places: readonly number[]): PlotMinutes {
  const at = <T>(column: readonly T[]): T[] =>
    places.map((place) => {
      const value = column[place];
      if (value === undefined) throw new Error('a minute that is not there');
      return value;
    });
  return {
    minute: at(minutes.minute),
    source: at(minutes.source),
    sets: at(minutes.sets),
    lastMs: at(minutes.lastMs),
    committedMs: at(minutes.committedMs),
    onOxygen: at(minutes.onOxygen),
    acvpu: at(minutes.acvpu),
    numbers: minutes.numbers.map(({ vital, median, least, greatest }) => ({
      vital,
      median: at(median),
      least: at(least),
      greatest: at(greatest),
    })),
  };
}

/** Each group of places as one: its last minute, with the latest word on everything and the extremes of all. */
export function minutesTogether(minutes: PlotMinutes, groups: readonly (readonly number[])[]): PlotMinutes {
  const told = <T>(column: readonly (T | null)[], group: readonly number[]): T[] =>
    group.flatMap((place) => column[place] ?? []);
  const last = minutesAt(
    minutes,
    groups.map((group) => group.at(-1) ?? 0),
  );
  const latest = <T>(column: readonly (T | null)[]): (T | null)[] =>
    groups.map((group) => told(column, group).at(-1) ?? null);
  const extreme = (column: readonly (number | null)[], of: (...all: number[]) => number): (number | null)[] =>
    groups.map((group) => {
      const all = told(column, group);
      return all.length === 0 ? null : of(...all);
    });
  return {
    ...last,
    sets: groups.map((group) => told(minutes.sets, group).reduce((sum, sets) => sum + sets, 0)),
    onOxygen: groups.map(
      (group) => minutes.onOxygen[group.findLast((place) => minutes.onOxygen[place] !== null) ?? -1] ?? null,
    ),
    acvpu: latest(minutes.acvpu),
    numbers: minutes.numbers.map(({ vital, median, least, greatest }) => ({
      vital,
      median: latest(median),
      least: extreme(least, Math.min),
      greatest: extreme(greatest, Math.max),
    })),
  };
}

/** The values of the minute at a place: the median of each number, and the last word on oxygen and consciousness. */
export function valuesAt(minutes: PlotMinutes, place: number): VitalValues {
  const values: VitalValues = {};
  for (const { vital, median } of minutes.numbers) {
    const value = median[place] ?? null;
    if (value !== null) values[vital] = value;
  }
  const onOxygen = minutes.onOxygen[place] ?? null;
  if (onOxygen !== null) values.on_oxygen = onOxygen;
  const acvpu = minutes.acvpu[place] ?? null;
  if (acvpu !== null) values.acvpu = acvpu;
  return values;
}
