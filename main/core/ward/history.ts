/** A bed's history: what was charted or sent, with the score that was in force once it was committed. */
import { z } from 'zod';
import type { HistoryRow } from '../../../app/contract/views.ts';
import { NUMERIC_VITALS } from '../../../app/observation/vital.ts';
import { isoTime } from '../clock.ts';
import type { Reader } from '../store/database.ts';
import { MINUTE_MS, minuteOf } from '../summaries/minute-summary.ts';
import { type PlotMinute, readPlotMinutes } from '../summaries/summaries-table.ts';
import { readMark } from '../summaries/summariser.ts';
import {
  countSets,
  readSetsBetween,
  readSetsThinned,
  readSetsWithoutMessage,
  type StoredSet,
} from './observations-table.ts';
import { readScores, readScoresThinned, type ScoreStep } from './scores-table.ts';

/** Rows that a plot can use; a longer record is told by the minute. Hand entries always stay. */
const MOST_ROWS = 2000;
/** With more minutes than this not summarised yet, the rows themselves are thinned instead. */
const MOST_OPEN_MINUTES = 30;

/**
 * What a plot of a patient shows from one moment to another (wall ms, both included), oldest first: every set while
 * they are few, else the minutes of the monitors by their medians with the least and the greatest value, every set of
 * the minutes that are not summarised yet, and every set that no monitor sent.
 */
export function bedHistory(read: Reader, patientId: string, fromMs: number, toMs: number): HistoryRow[] {
  if (countSets(read, patientId, fromMs, toMs, MOST_ROWS + 1) <= MOST_ROWS) {
    const sets = readSetsBetween(read, patientId, fromMs, toMs);
    const steps = readScores(read, patientId, Math.min(fromMs, ...sets.map((set) => set.committedMs)));
    return sets.map((set) => rowOfSet(set, steps));
  }
  const open = openMinutes(read, patientId, fromMs, toMs);
  const sets = open.length > MOST_OPEN_MINUTES ? thinned(read, patientId, fromMs, toMs) : [];
  const minutes: PlotMinute[] = [];
  if (open.length <= MOST_OPEN_MINUTES) {
    const isOpen = new Set(open);
    for (const minute of open)
      sets.push(
        ...readSetsBetween(
          read,
          patientId,
          Math.max(fromMs, minute * MINUTE_MS),
          Math.min(toMs, minute * MINUTE_MS + MINUTE_MS - 1),
        ),
      );
    sets.push(
      ...readSetsWithoutMessage(read, patientId, fromMs, toMs).filter(
        (set) => set.source.kind !== 'monitor' && !isOpen.has(minuteOf(set.observedMs)),
      ),
    );
    minutes.push(
      ...readPlotMinutes(read, patientId, Math.ceil(fromMs / MINUTE_MS), minuteOf(toMs)).filter(
        (summary) => summary.source.kind === 'monitor' && !isOpen.has(summary.minute),
      ),
    );
  }
  const steps = readScoresThinned(read, patientId, fromMs, MINUTE_MS, 'last');
  return [
    ...sets.map((set) => ({ ms: set.observedMs, row: rowOfSet(set, steps) })),
    ...together(minutes).map((minute) => ({ ms: minute.lastMs, row: rowOfMinutes(minute, steps) })),
  ]
    .sort((a, b) => a.ms - b.ms)
    .map(({ row }) => row);
}

const minuteRow = z.object({ minute: z.number().int() });

/** Minutes with observations that the summaries do not tell of yet, oldest first. */
function openMinutes(read: Reader, patientId: string, fromMs: number, toMs: number): number[] {
  // The + keeps SQLite at the patient's index: the rows behind the mark may be those of a whole ward.
  return read
    .all(
      minuteRow,
      `SELECT DISTINCT observed_ms / ${MINUTE_MS} AS minute FROM observations
       WHERE patient = (SELECT number FROM patient_numbers WHERE patient_id = ?) AND observed_ms BETWEEN ? AND ?
         AND +id > ? ORDER BY minute`,
      patientId,
      fromMs,
      toMs,
      readMark(read),
    )
    .map(({ minute }) => minute);
}

/** The last set of a monitor in each of so many equal stretches, and every other set. */
function thinned(read: Reader, patientId: string, fromMs: number, toMs: number): StoredSet[] {
  return readSetsThinned(read, patientId, fromMs, toMs, Math.max(1, Math.ceil((toMs - fromMs) / MOST_ROWS)));
}

function rowOfSet(set: StoredSet, steps: readonly ScoreStep[]): HistoryRow {
  return {
    at: set.observedAt,
    values: set.values,
    source: set.source.kind,
    score: scoreAt(steps, set.committedMs),
  };
}

/** So many minutes of a source are told as one that a plot can use the rows. */
function together(minutes: readonly PlotMinute[]): PlotMinute[] {
  const size = Math.ceil(minutes.length / MOST_ROWS);
  if (size <= 1) return [...minutes];
  const stretches = new Map<string, PlotMinute>();
  for (const minute of minutes) {
    const key = `${Math.floor(minute.minute / size)} ${minute.source.name}`;
    const before = stretches.get(key);
    stretches.set(key, before === undefined ? minute : joined(before, minute));
  }
  return [...stretches.values()];
}

/** The later minute stands for both, with the extremes of both. */
function joined(before: PlotMinute, later: PlotMinute): PlotMinute {
  const values = { ...before.values, ...later.values };
  const range: PlotMinute['range'] = {};
  for (const vital of NUMERIC_VITALS) {
    const ends = [before, later].flatMap((one) => {
      const value = one.values[vital];
      return value === undefined ? [] : (one.range[vital] ?? [value, value]);
    });
    const least = Math.min(...ends);
    const greatest = Math.max(...ends);
    if (least < greatest) range[vital] = [least, greatest];
  }
  return { ...later, sets: before.sets + later.sets, values, range };
}

function rowOfMinutes(stretch: PlotMinute, steps: readonly ScoreStep[]): HistoryRow {
  return {
    at: isoTime(stretch.lastMs),
    values: stretch.values,
    source: stretch.source.kind,
    score: scoreAt(steps, stretch.committedMs),
    // One set is told as it was; of several the row says that it stands for them.
    ...(stretch.sets === 1 ? {} : { together: { sets: stretch.sets, range: stretch.range } }),
  };
}

function scoreAt(steps: readonly ScoreStep[], atMs: number): HistoryRow['score'] {
  let low = 0;
  let high = steps.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((steps[middle]?.atMs ?? 0) <= atMs) low = middle + 1;
    else high = middle;
  }
  return steps[low - 1]?.score ?? null;
}
