/** The last hours by the minute, in memory: the difference between what was counted at its end and at its beginning. */
import { ACKNOWLEDGEMENT_BOUNDS, LOOP_DELAY_BOUNDS } from '../../../app/monitoring/catalogue.ts';
import { bucketQuantile, type Histogram } from '../../../app/monitoring/histogram.ts';
import type { Registry } from '../../../app/monitoring/registry.ts';

const MINUTE_MS = 60_000;
/** Four hours: what a shift's trouble looks like, 240 points. Ours. */
const KEPT = 240;

export interface Minute {
  readonly atMs: number;
  readonly readings: number;
  readonly acknowledgementP99: number | null;
  readonly loopDelayP99: number | null;
}

export interface Minutes {
  /** To be called often; it does something once a minute. */
  tick(): void;
  list(): readonly Minute[];
}

interface Standing {
  readonly atMs: number;
  readonly bootMs: number;
  readonly readings: number;
  readonly acknowledgement: Histogram;
  readonly loopDelay: Histogram;
}

export function createMinutes(
  registry: Registry,
  clock: { readonly wall: () => number; readonly boot: () => number },
): Minutes {
  let kept: Minute[] = [];
  const standing = (): Standing => ({
    atMs: clock.wall(),
    bootMs: clock.boot(),
    readings: registry.counted('readings'),
    acknowledgement: registry.histogram('acknowledgement_seconds'),
    loopDelay: registry.histogram('loop_delay_seconds'),
  });
  let before = standing();
  return {
    tick: () => {
      // By boot time: a clock that is set makes no minute of an hour.
      if (clock.boot() - before.bootMs < MINUTE_MS) return;
      const now = standing();
      const seconds = (now.bootMs - before.bootMs) / 1000;
      const p99 = (bounds: readonly number[], from: Histogram, to: Histogram) => {
        const found = bucketQuantile(bounds, difference(from, to), 0.99);
        // The bound below which it lies: the plot errs to the side of the slower.
        return found === null ? null : (found.high ?? found.low);
      };
      const minute = {
        atMs: now.atMs,
        readings: (now.readings - before.readings) / seconds,
        acknowledgementP99: p99(ACKNOWLEDGEMENT_BOUNDS, before.acknowledgement, now.acknowledgement),
        loopDelayP99: p99(LOOP_DELAY_BOUNDS, before.loopDelay, now.loopDelay),
      };
      kept = [...kept, minute].slice(-KEPT);
      before = now;
    },
    list: () => kept,
  };
}

function difference(from: Histogram, to: Histogram): Histogram {
  return {
    counts: to.counts.map((count, place) => count - (from.counts[place] ?? 0)),
    sum: to.sum - from.sum,
    count: to.count - from.count,
  };
}
