/**
 * A reading is current, stale or missing. It is a type so that no screen and no rule can show an old value as
 * a new one by forgetting to look at its age.
 *
 * The core sends what was observed with its age and its two limits; `readingAt` turns that into a reading for
 * any later moment. The core and the renderer use the same function, so a renderer whose core has died still
 * lets its values grow stale and disappear.
 */
import type { SourceKind } from './observation.ts';
import type { Vital } from './vital.ts';

/** A value with everything that is needed to tell, at any later moment, whether it still counts. */
export interface ObservedValue {
  readonly value: number | boolean | string;
  /** ISO 8601 with offset: the moment the device or the person gave it. */
  readonly observedAt: string;
  /** Milliseconds since it was observed, when this object was made (the larger age of two clocks). */
  readonly ageMs: number;
  /** Age from which it must look stale. */
  readonly staleAfterMs: number;
  /** Age from which it counts as missing. */
  readonly missingAfterMs: number;
  readonly source: {
    readonly kind: SourceKind;
    /** How it is measured: a stream of samples, one cuff measurement, or a charted entry. */
    readonly mode: 'streamed' | 'cuff' | 'charted';
    readonly name: string;
  };
  /** True where sources of the same vital disagree; the value is then the one that scores worse. */
  readonly ambiguous: boolean;
  /**
   * What a streamed number scores by: the median of its last minute where that has at least three samples
   * (`median`), else its last value, marked so (`last`). Absent for everything that is not streamed.
   */
  readonly scoring?: {
    readonly value: number;
    readonly by: 'median' | 'last';
    readonly samples: number;
  };
}

export type Reading =
  | {
      readonly state: 'current' | 'stale';
      readonly observed: ObservedValue;
      readonly ageMs: number;
      /** The monitor has since said that it cannot measure: the value is the last that it could. */
      readonly unavailable?: true;
    }
  | {
      readonly state: 'missing';
      /** `never`: no value of this stay. `expired`: the last value is too old to count. */
      readonly reason: 'never' | 'expired' | 'unavailable';
      /** When the last value was observed, if there was one; the value itself is not offered. */
      readonly lastObservedAt: string | null;
    };

export type ObservedValues = { readonly [vital in Vital]?: ObservedValue };

/**
 * The reading that an observed value is, `elapsedMs` milliseconds after the object was made.
 * A negative elapsed time (a clock set back) counts as zero: nothing grows fresher by it.
 */
export function readingAt(observed: ObservedValue | undefined, elapsedMs = 0): Reading {
  if (observed === undefined) return { state: 'missing', reason: 'never', lastObservedAt: null };
  const ageMs = Math.max(0, observed.ageMs) + Math.max(0, elapsedMs);
  if (ageMs >= observed.missingAfterMs)
    return { state: 'missing', reason: 'expired', lastObservedAt: observed.observedAt };
  return { state: ageMs >= observed.staleAfterMs ? 'stale' : 'current', observed, ageMs };
}
