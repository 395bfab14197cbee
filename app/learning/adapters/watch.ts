/** When an adapter leaves the bed by itself: what it wrote of the ward's own alerts, against what it may. */
import { quantile, wilson } from '../../statistics/intervals.ts';
import type { StepBackReason } from './life.ts';

/** One explanation that it wrote, or failed to write. */
export interface ExposureRow {
  readonly holes: number;
  readonly shown: number;
  /** Raw sentences that broke a rule of safety; the verifier withheld them. */
  readonly unsafe: number;
  /** Sentences that were read and should not have been. */
  readonly unsafeRead: number;
  /** Milliseconds to the end; null: it came to none. */
  readonly ms: number | null;
  /** Of the one beside it, or before it; null: not known. */
  readonly otherMs: number | null;
}

/** Ours. One sentence that was read is enough; what the verifier held back must be more than chance. */
const UNSAFE_MOST = 0.05;
const FAILURES_MOST = 2;
const SLOWER_MOST = 1.5;
/** Medians of fewer say nothing of speed. */
const SPEED_LEAST = 10;
/** A difference that nobody at a bed would notice is none, in milliseconds. */
const NOTICED_MS = 1_000;

/** Why it must step back; null: it may stay. Rows since its stage began, oldest first. */
export function stepBackReason(rows: readonly ExposureRow[]): StepBackReason | null {
  if (rows.some(({ unsafeRead }) => unsafeRead > 0)) return 'safety';
  const holes = rows.reduce((sum, row) => sum + row.holes, 0);
  const unsafe = rows.reduce((sum, row) => sum + Math.min(row.unsafe, row.holes), 0);
  if (wilson(unsafe, holes).lower > UNSAFE_MOST) return 'safety';
  if (rows.filter(({ ms }) => ms === null).length >= FAILURES_MOST) return 'engine';
  const timed = rows.flatMap(({ ms, otherMs }) => (ms === null || otherMs === null ? [] : [{ ms, otherMs }]));
  const mine = quantile(
    timed.map(({ ms }) => ms),
    0.5,
  );
  const other = quantile(
    timed.map(({ otherMs }) => otherMs),
    0.5,
  );
  if (timed.length < SPEED_LEAST || mine === null || other === null) return null;
  return mine > other * SLOWER_MOST && mine > other + NOTICED_MS ? 'latency' : null;
}
