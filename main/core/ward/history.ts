/** A bed's history: what was charted or sent, with the score that was in force once it was committed. */
import type { HistoryRow } from '../../../app/contract/views.ts';
import type { Reader } from '../store/database.ts';
import { readHistorySets, readScores, type ScoreStep } from './observations-table.ts';

/** Rows that a plot can use; a longer stream is thinned to the last set of each stretch. Hand entries always stay. */
const MOST_ROWS = 2000;

export function bedHistory(read: Reader, patientId: string, fromMs: number, toMs: number): HistoryRow[] {
  const sets = readHistorySets(read, patientId, fromMs, toMs, MOST_ROWS);
  const steps = readScores(read, patientId, Math.min(fromMs, ...sets.map((set) => set.committedMs)));
  return sets.map((set) => ({
    at: set.observedAt,
    values: set.values,
    source: set.source.kind,
    score: scoreAt(steps, set.committedMs),
  }));
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
