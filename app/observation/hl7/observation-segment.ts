/** One OBX: a vital with its value and time, or why it is none. */
import type { TakenValue, WithdrawnValue } from '../observation.ts';
import { VITAL_RANGES, type Vital } from '../vital.ts';
import type { SiteCodes } from './codes.ts';
import { type Segment, valueAt } from './message.ts';
import { kindOf } from './observation-kind.ts';
import { CODED_TYPES, isWithoutValue, NUMERIC_TYPES, readValue, valueText } from './observation-value.ts';
import { observedTime, placed, type TimeSurroundings } from './observed-time.ts';
import type { RejectionReason } from './rejection.ts';
import type { TimeReading } from './time.ts';
import type { UnitReading } from './units.ts';

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
/** Deleted, and "post original as wrong": what the same source gave for the same time does not stand any more. */
const TAKEN_BACK = new Set(['D', 'W']);
/** Deleted, not obtained, partial, unchanged, wrong, pending, not asked, order only: there is no value. */
const WITHOUT_VALUE = new Set(['D', 'X', 'S', 'U', 'W', 'I', 'N', 'O']);

/** Longest piece of a refused value that is kept for the person who looks into it. */
const LONGEST_EXCERPT = 64;

/** What one OBX says, within its message. Every way out that is not a taken value names its reason. */
export function readObservation(obx: Segment, around: Surroundings): Finding {
  const { type, first, sentUnit, meaning } = kindOf(obx, around.siteCodes);
  if (meaning.kind === 'other') return NONE;

  const isOxygen = meaning.kind === 'vital' && meaning.vital === 'on_oxygen';
  if (!NUMERIC_TYPES.has(type) && !(isOxygen && CODED_TYPES.has(type))) return NONE;
  const text = valueText(obx, type);
  const status = (valueAt(obx, 11) ?? '').toUpperCase();
  const time = observedTime(obx, around);
  const isUnavailable = isWithoutValue(obx, text) || WITHOUT_VALUE.has(status) || time.kind === 'zero';
  const reject = (reason: RejectionReason): Finding => ({
    kind: 'rejected',
    code: excerpt(first.code === '' ? first.text : first.code),
    value: excerpt(text),
    reason,
  });

  if (meaning.kind !== 'vital') {
    // Free text of an unknown code (an alarm's state, a version) is no value that anybody would miss.
    if (isUnavailable || (type !== 'NM' && type !== 'SN')) return NONE;
    return reject(meaning.kind === 'disagree' ? 'code-disagrees' : 'code-unknown');
  }
  const { vital } = meaning;
  const source = (valueAt(obx, 4) ?? '').slice(0, LONGEST_EXCERPT);
  const measurement = {
    vital,
    observedAt: null,
    source: source === '' ? null : source,
    code: first.code.slice(0, LONGEST_EXCERPT),
  };
  if (isUnavailable)
    return { kind: 'unavailable', vital, withdrawn: takenBack(status, measurement, time, around) };
  if (!STANDING.has(status)) return reject('status-unknown');
  const unit: UnitReading =
    sentUnit.kind === 'missing' && meaning.unit !== undefined
      ? { kind: 'unit', unit: meaning.unit }
      : sentUnit;
  const reading = readValue(meaning, text, unit);
  if ('reason' in reading) return reject(reading.reason);
  const when = placed(time, around);
  if ('reason' in when) return reject(when.reason);
  return {
    kind: 'taken',
    value: {
      ...measurement,
      value: reading.value,
      unit: vital === 'on_oxygen' ? null : VITAL_RANGES[vital].unit,
      observedAt: when.at,
      ...(status === CORRECTED ? { isCorrection: true } : {}),
    },
  };
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
