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

/** Minutes that are remembered as told of. Ours: a full ward's with two devices a bed, of some minutes. */
const MOST_TOLD_OF = 2_048;

interface Round {
  readonly keys: readonly SummaryKey[];
  readonly mark: number;
}

export function createSummariser(ports: SummariserPorts): Summariser {
  let round: Round | null = null;
  /** The newest row there was when a minute was last told of: a flood's minute is in several rounds, and told once. */
  const toldOf = new Map<string, number>();
  const isUntold = (key: SummaryKey, mark: number): boolean => (toldOf.get(nameOf(key)) ?? 0) < mark;
  const noteTold = (keys: readonly SummaryKey[], newest: number): void => {
    if (toldOf.size > MOST_TOLD_OF) toldOf.clear();
    for (const key of keys) toldOf.set(nameOf(key), newest);
  };
  return {
    step: () => {
      const next = round ?? nextRound(ports.store.read, minuteOf(ports.wall()) * MINUTE_MS);
      if (next === null) return false;
      const { mark } = next;
      const keys = next.keys.filter((key) => isUntold(key, mark));
      let newest = 0;
      // Told of again where a power cut takes it.
      const done = ports.store.commitAhead((write) => {
        const until = ports.steady() + SLICE_MS;
        newest = newestId(write);
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
      noteTold(keys.slice(0, done), newest);
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

function nameOf({ patient, source, minute }: SummaryKey): string {
  return `${patient} ${source} ${minute}`;
}

function newestId(read: Reader): number {
  return read.one(endRow, 'SELECT max(id) AS id FROM observations')?.id ?? 0;
}

/** What was received before `untilMs` and is not told of yet; null where there is nothing. */
function nextRound(read: Reader, untilMs: number): Round | null {
  const before = readMark(read);
  const end = read.one(
    endRow,
    // The inner one stops at the first row that is too new, and looks no further than one round.
    `SELECT max(id) AS id FROM (SELECT id FROM observations WHERE id > ? AND id < coalesce(
       (SELECT id FROM (SELECT id, observed_ms + received_delta AS received_ms FROM observations
         WHERE id > ? ORDER BY id LIMIT ?) WHERE received_ms >= ? LIMIT 1),
       9223372036854775807) ORDER BY id LIMIT ?)`,
    before,
    before,
    ROWS_A_ROUND,
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
