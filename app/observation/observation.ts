/** What intake makes of a message, a form or a row of a file, and what the store keeps. */
import type { Acvpu, NumericVital, Vital, VitalValues } from './vital.ts';

/** How a value came to be known. `demonstration` is never mixed with patients' records. */
export const SOURCE_KINDS = ['monitor', 'hand', 'import', 'demonstration'] as const;
export type SourceKind = (typeof SOURCE_KINDS)[number];

/**
 * One set of vitals of one patient at one moment from one source: one row of the store.
 * Times are ISO 8601 with an offset; observed, received and committed are three different facts.
 */
export interface ObservationSet {
  readonly patientId: string;
  readonly observedAt: string;
  readonly receivedAt: string;
  readonly source: { readonly kind: SourceKind; readonly name: string };
  readonly values: VitalValues;
}

/** One value that a message carried and that was understood, in the program's unit. */
export interface TakenValue {
  readonly vital: NumericVital | 'on_oxygen' | 'acvpu';
  readonly value: number | boolean | Acvpu;
  readonly unit: string | null;
  /** ISO 8601; carries an offset where the message told one, and none where it did not (`zoned` false). */
  readonly observedAt: string | null;
  /** OBX-4, the device's own path of the measurement, as it stood in the message. */
  readonly source: string | null;
  /** The code that the value came under, as it stood: with `source` it tells two sensors of a device apart. */
  readonly code?: string;
  /** True where the sender says that it stands in the place of what the same sensor gave for the same time. */
  readonly isCorrection?: boolean;
}

/** One measurement that its sender takes back. What another sensor gave, or this one at another time, stands. */
export type WithdrawnValue = Pick<TakenValue, 'vital' | 'observedAt' | 'source' | 'code'>;

/** One value that was refused: what it was and why. The reason is a code of `app/language`. */
export interface RejectedValue {
  readonly code: string;
  readonly value: string;
  readonly reason: string;
}

export interface MessageReading {
  readonly taken: readonly TakenValue[];
  /** Vitals that the device said it cannot measure now. They never overwrite a good value. */
  readonly unavailable: readonly Vital[];
  /** Measurements that the sender takes back, each of a time of its own. */
  readonly withdrawn: readonly WithdrawnValue[];
  /** Vitals that came more than once with different values from different sources. */
  readonly ambiguous: readonly Vital[];
  readonly rejected: readonly RejectedValue[];
}
