/**
 * Keeps `minute_summaries` up with the observations, a little at a time. Rows only ever come at the end, so the
 * newest row that is told of is all there is to remember: a crash, a late set and a correction are no special cases.
 */
import { z } from 'zod';
import type { Reader, Store, Writer } from '../store/database.ts';
import { MINUTE_MS, minuteOf } from './minute-summary.ts';
import { rewriteSummary, type SummaryKey } from './summaries-table.ts';

export interface SummariserPorts {
  readonly store: Store;
  /** Wall time, ms. */
  readonly wall: () => number;
  /** A steady time for slices, ms. */
  readonly steady: () => number;
}

export interface Summariser {
  /** Does one slice of what is due; true where more is due at once. To be called about once a second. */
  step(): boolean;
}

/** Rows of one round, so that a long backlog is told of in rounds that each become durable. Ours. */
const ROWS_A_ROUND = 20_000;
/** A slice holds the core no longer than about this. Ours. */
const SLICE_MS = 4;

const markRow = z.object({ observation_id: z.number().int() });
const endRow = z.object({ id: z.number().int().nullable() });
const keyRow = z.object({
  patient: z.number().int(),
  source: z.number().int(),
  minute: z.number().int(),
});

export function createSummariser(ports: SummariserPorts): Summariser {
  let round: { readonly keys: SummaryKey[]; readonly mark: number } | null = null;
  return {
    step: () => {
      round ??= nextRound(ports.store.read, minuteOf(ports.wall()) * MINUTE_MS);
      if (round === null) return false;
      const { keys, mark } = round;
      const done = ports.store.transaction((write) => {
        const until = ports.steady() + SLICE_MS;
        let count = 0;
        for (const key of keys) {
          if (count > 0 && ports.steady() >= until) return count;
          rewriteSummary(write, key);
          count++;
        }
        setMark(write, mark);
        return count;
      });
      // Only after the commit: a slice that fails is done again.
      round = done < keys.length ? { keys: keys.slice(done), mark } : null;
      return true;
    },
  };
}

/** The newest observation that the summaries tell of. */
export function readMark(read: Reader): number {
  const found = read.one(markRow, 'SELECT observation_id FROM summary_mark');
  if (found === null) throw new Error('there is no summary mark');
  return found.observation_id;
}

/** From here on the summaries tell of everything up to this observation. */
export function setMark(write: Writer, observationId: number): void {
  write.run('UPDATE summary_mark SET observation_id = ?', observationId);
}

/** What was received before `untilMs` and is not told of yet; null where there is nothing. */
function nextRound(
  read: Reader,
  untilMs: number,
): { readonly keys: SummaryKey[]; readonly mark: number } | null {
  const before = readMark(read);
  const end = read.one(
    endRow,
    `SELECT max(id) AS id FROM (SELECT id FROM observations WHERE id > ? AND id < coalesce(
       (SELECT id FROM observations WHERE id > ? AND observed_ms + received_delta >= ? ORDER BY id LIMIT 1),
       9223372036854775807) ORDER BY id LIMIT ?)`,
    before,
    before,
    untilMs,
    ROWS_A_ROUND,
  );
  const mark = end?.id ?? null;
  if (mark === null) return null;
  const keys = read.all(
    keyRow,
    `SELECT DISTINCT patient, source, observed_ms / ${MINUTE_MS} AS minute FROM observations
     WHERE id > ? AND id <= ?`,
    before,
    mark,
  );
  return { keys, mark };
}
