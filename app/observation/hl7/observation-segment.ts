/** One OBX: a vital with its value and time, or why it is none. */
import type { TakenValue, WithdrawnValue } from '../observation.ts';
import { VITAL_RANGES, type Vital } from '../vital.ts';
import type { SiteCodes } from './codes.ts';
import type { Segment } from './message.ts';
import { kindOf, LONGEST_EXCERPT, type ObservationKind } from './observation-kind.ts';
import { CODED_TYPES, isWithoutValue, NUMERIC_TYPES, readValue, valueText } from './observation-value.ts';
import { observedTime, placed, type TimeSurroundings } from './observed-time.ts';
import type { RejectionReason } from './rejection.ts';
import type { TimeReading } from './time.ts';
import { plainValue } from './units.ts';

export type Finding =
  | { readonly kind: 'taken'; readonly value: TakenValue }
  | {
      readonly kind: 'unavailable';
      readonly vital: Vital;
      /** The measurement that the sender takes back; null where it only has no value now. */
      readonly withdrawn: WithdrawnValue | null;
    }
  | {
      readonly kind: 'rejected';
      readonly code: string;
      readonly value: string;
      readonly reason: RejectionReason;
      /** What the sensor measures, where it sends a number that no living body has (a rate of 0): it measures nothing. */
      readonly blind?: Vital;
    }
  /** No vital: an alarm, a waveform, structure, a parameter that this program does not keep. */
  | { readonly kind: 'none' };

/** What an observation takes from around it. */
export interface Surroundings extends TimeSurroundings {
  /** What a site's own codes mean; null where it has none. */
  readonly siteCodes: SiteCodes | null;
}

const NONE: Finding = { kind: 'none' };

/** HL7 table 0085: results that stand. An empty status is common in the field and stands too. */
const STANDING = new Set(['', 'F', 'R', 'P', 'C']);
/** OBX-11 C: it stands for what the same source gave for the same time. */
const CORRECTED = 'C';
const CORRECTION = { isCorrection: true };
/** Deleted, and "post original as wrong": what the same source gave for the same time does not stand any more. */
const TAKEN_BACK = new Set(['D', 'W']);
/** Deleted, not obtained, partial, unchanged, wrong, pending, not asked, order only: there is no value. */
const WITHOUT_VALUE = new Set(['D', 'X', 'S', 'U', 'W', 'I', 'N', 'O']);

/** What one OBX says, within its message. Every way out that is not a taken value names its reason. */
export function readObservation(obx: Segment, around: Surroundings): Finding {
  const kind = kindOf(obx, around.siteCodes);
  const { type, meaning, status } = kind;
  if (meaning.kind === 'other') return NONE;

  const isOxygen = meaning.kind === 'vital' && meaning.vital === 'on_oxygen';
  if (!NUMERIC_TYPES.has(type) && !(isOxygen && CODED_TYPES.has(type))) return NONE;
  const plain = plainNumberOf(obx, kind);
  const text = plain === null ? valueText(obx, type) : '';
  const time = observedTime(obx, around);
  const isUnavailable =
    (plain === null && isWithoutValue(text)) ||
    kind.isFlagged ||
    WITHOUT_VALUE.has(status) ||
    time.kind === 'zero';
  const reject = (reason: RejectionReason): Finding & { readonly kind: 'rejected' } => ({
    kind: 'rejected',
    code: excerpt(kind.first.code === '' ? kind.first.text : kind.first.code),
    value: excerpt(valueText(obx, type)),
    reason,
  });

  if (meaning.kind !== 'vital' || kind.measurement === null) {
    // Free text of an unknown code (an alarm's state, a version) is no value that anybody would miss.
    if (isUnavailable || (type !== 'NM' && type !== 'SN')) return NONE;
    return reject(meaning.kind === 'disagree' ? 'code-disagrees' : 'code-unknown');
  }
  const { vital } = meaning;
  const { measurement } = kind;
  if (isUnavailable)
    return { kind: 'unavailable', vital, withdrawn: takenBack(status, measurement, time, around) };
  if (!STANDING.has(status)) return reject('status-unknown');
  const reading = plain === null ? readValue(meaning, text, kind.unit) : { value: plain };
  if ('reason' in reading) {
    const rejected = reject(reading.reason);
    return reading.reason === 'implausible' && /^0+(?:\.0+)?$/.test(text.trim())
      ? { ...rejected, blind: vital }
      : rejected;
  }
  const when = placed(time, around);
  if ('reason' in when) return reject(when.reason);
  return {
    kind: 'taken',
    value: {
      vital,
      observedAt: when.at,
      source: measurement.source,
      code: measurement.code,
      value: reading.value,
      unit: vital === 'on_oxygen' ? null : VITAL_RANGES[vital].unit,
      ...(status === CORRECTED ? CORRECTION : {}),
    },
  };
}

/** True where a value of this kind is taken whatever plain plausible number it is and whenever it was measured. */
export function isTakenAsPlainNumber(obx: Segment, kind: ObservationKind): boolean {
  const { type, status, isFlagged } = kind;
  return (
    NUMERIC_TYPES.has(type) &&
    !isFlagged &&
    !WITHOUT_VALUE.has(status) &&
    STANDING.has(status) &&
    status !== CORRECTED &&
    plainNumberOf(obx, kind) !== null
  );
}

/** The value where it is a short plain number that stands as it is, as nearly every one is; else null. */
function plainNumberOf(
  { line, starts }: Segment,
  { keepsPlainNumbers, meaning }: ObservationKind,
): number | null {
  const from = starts[5];
  if (!keepsPlainNumbers || meaning.kind !== 'vital' || meaning.vital === 'on_oxygen' || from === undefined)
    return null;
  return plainValue(meaning.vital, line, from, (starts[6] ?? line.length + 1) - 1);
}

/**
 * The measurement that is taken back by an observation without a value: one that is deleted or called wrong, or a
 * correction that leaves no value. Without a time of its own nothing tells which measurement that would be.
 */
function takenBack(
  status: string,
  measurement: WithdrawnValue,
  time: TimeReading,
  around: Surroundings,
): WithdrawnValue | null {
  if (status !== CORRECTED && !TAKEN_BACK.has(status)) return null;
  const when = placed(time, around);
  return 'at' in when && when.at !== null ? { ...measurement, observedAt: when.at } : null;
}

function excerpt(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, ' ').slice(0, LONGEST_EXCERPT);
}
