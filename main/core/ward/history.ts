/** A bed's history: what was charted or sent, with the score that was in force once it was committed. */
import { z } from 'zod';
import type { PackedHistory } from '../../../app/contract/packed-history.ts';
import type { Reader } from '../store/database.ts';
import { MINUTE_MS, minuteOf } from '../summaries/minute-summary.ts';
import { minutesAt, minutesTogether, type PlotMinutes, readPlotMinutes } from '../summaries/plot-minutes.ts';
import { readMark } from '../summaries/summariser.ts';
import { createHistoryColumns, type HistoryColumns } from './history-columns.ts';
import {
  countSets,
  readSetsBetween,
  readSetsThinned,
  readSetsWithoutMessage,
  type StoredSet,
} from './observations-table.ts';
import { readScores, readScoresThinned } from './scores-table.ts';

/** Rows that a plot can use; a longer record is told by the minute. Hand entries always stay. */
const MOST_ROWS = 2000;
/** With more minutes than this not summarised yet, the rows themselves are thinned instead. */
const MOST_OPEN_MINUTES = 30;

/**
 * What a plot of a patient shows from one moment to another (wall ms, both included), oldest first: every set while
 * they are few, else the minutes of the monitors by their medians with the least and the greatest value, every set of
 * the minutes that are not summarised yet, and every set that no monitor sent. `patientIds`: all records of the
 * patient, as one that was merged into another is of the same.
 */
export function bedHistory(
  read: Reader,
  patientIds: readonly string[],
  fromMs: number,
  toMs: number,
): PackedHistory {
  const columns = createHistoryColumns();
  for (const id of patientIds) addRecord(columns, read, id, fromMs, toMs);
  return columns.packed();
}

function addRecord(
  columns: HistoryColumns,
  read: Reader,
  patientId: string,
  fromMs: number,
  toMs: number,
): void {
  if (countSets(read, patientId, fromMs, toMs, MOST_ROWS + 1) <= MOST_ROWS) {
    const sets = readSetsBetween(read, patientId, fromMs, toMs);
    const sinceMs = Math.min(fromMs, ...sets.map((set) => set.committedMs));
    columns.addSets(sets, readScores(read, patientId, sinceMs));
    return;
  }
  const steps = readScoresThinned(read, patientId, fromMs, MINUTE_MS, 'last');
  const open = openMinutes(read, patientId, fromMs, toMs);
  if (open.length > MOST_OPEN_MINUTES) {
    columns.addSets(thinned(read, patientId, fromMs, toMs), steps);
    return;
  }
  columns.addSets(setsBeside(read, patientId, fromMs, toMs, open), steps);
  const minutes = readPlotMinutes(read, patientId, Math.ceil(fromMs / MINUTE_MS), minuteOf(toMs));
  columns.addMinutes(inStretches(ofMonitors(minutes, new Set(open))), steps);
}

/** Every set of the open minutes, and every other that no monitor sent. */
function setsBeside(
  read: Reader,
  patientId: string,
  fromMs: number,
  toMs: number,
  open: readonly number[],
): StoredSet[] {
  const isOpen = new Set(open);
  const ofOpen = open.flatMap((minute) =>
    readSetsBetween(
      read,
      patientId,
      Math.max(fromMs, minute * MINUTE_MS),
      Math.min(toMs, minute * MINUTE_MS + MINUTE_MS - 1),
    ),
  );
  const others = readSetsWithoutMessage(read, patientId, fromMs, toMs).filter(
    (set) => set.source.kind !== 'monitor' && !isOpen.has(minuteOf(set.observedMs)),
  );
  return [...ofOpen, ...others];
}

function ofMonitors(minutes: PlotMinutes, open: ReadonlySet<number>): PlotMinutes {
  const places = minutes.minute.flatMap((minute, place) =>
    minutes.source[place]?.kind === 'monitor' && !open.has(minute) ? [place] : [],
  );
  return places.length === minutes.minute.length ? minutes : minutesAt(minutes, places);
}

/** So many minutes of a source are told as one that a plot can use the rows. */
function inStretches(minutes: PlotMinutes): PlotMinutes {
  const size = Math.ceil(minutes.minute.length / MOST_ROWS);
  if (size <= 1) return minutes;
  const stretches = new Map<string, number[]>();
  for (const [place, minute] of minutes.minute.entries()) {
    const key = `${Math.floor(minute / size)} ${minutes.source[place]?.name}`;
    const stretch = stretches.get(key) ?? [];
    stretch.push(place);
    stretches.set(key, stretch);
  }
  return minutesTogether(minutes, [...stretches.values()]);
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
