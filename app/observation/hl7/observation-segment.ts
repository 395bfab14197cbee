/** One OBX: a vital with its value and time, or why it is none. */
import type { TakenValue } from '../observation.ts';
import { VITAL_RANGES, type Vital } from '../vital.ts';
import { type Coding, meaningOfCode } from './codes.ts';
import { parseDecimal } from './decimal.ts';
import { rawField, repetitionsOf, type Segment, valueAt } from './message.ts';
import { isFarFuture, readTime, type SiteZone, type TimeReading, withSiteZone } from './time.ts';
import { convertValue, readUnit, type UnitReading } from './units.ts';

/** Why a value was not taken. The words are made at the screen. */
export const REJECTION_REASONS = [
  'code-unknown',
  'code-disagrees',
  'not-a-number',
  'not-understood',
  'unit-unknown',
  'unit-missing',
  'unit-unfit',
  'implausible',
  'time-invalid',
  'time-imprecise',
  'time-in-future',
  'status-unknown',
] as const;
export type RejectionReason = (typeof REJECTION_REASONS)[number];

export type Finding =
  | {
      readonly kind: 'taken';
      readonly value: TakenValue;
      /** The code and OBX-4 together: two values of one source differ by time, of two sources by measurement. */
      readonly sourceKey: string;
      /** OBX-11 C: it stands for what the same source gave for the same time. */
      readonly isCorrection: boolean;
    }
  | { readonly kind: 'unavailable'; readonly vital: Vital }
  | {
      readonly kind: 'rejected';
      readonly code: string;
      readonly value: string;
      readonly reason: RejectionReason;
    }
  /** No vital: an alarm, a waveform, structure, a parameter that this program does not keep. */
  | { readonly kind: 'none' };

/** What an observation takes from around it. */
export interface Surroundings {
  readonly obr: Segment | null;
  readonly header: Segment;
  /** The zone of MSH-7 (`+0530`), '' where it has none. */
  readonly defaultZone: string;
  readonly siteZone: SiteZone | null;
  /** ISO 8601 with an offset. */
  readonly receivedAt: string;
}

const NONE: Finding = { kind: 'none' };

/** HL7 table 0085: results that stand. An empty status is common in the field and stands too. */
const STANDING = new Set(['', 'F', 'R', 'P', 'C']);
/** Deleted, not obtained, partial, unchanged, wrong, pending, not asked, order only: there is no value. */
const WITHOUT_VALUE = new Set(['D', 'X', 'S', 'U', 'W', 'I', 'N', 'O']);
/** IHE PCD-01, OBX-8: the device says that its number cannot be used for care. */
const UNUSABLE_FLAGS = new Set(['INV', 'NAV', 'QUES', 'CAL', 'TEST', 'DEMO', 'STOP']);
/**
 * What devices send for "no value": the clinical reference's list and full-scale values of 16 and 24 bits. A
 * central venous pressure could be −1; it counts as no value all the same, because nobody can tell the two apart.
 */
const SENTINELS = [
  '-1',
  '-100',
  '-999',
  '-99.9',
  '-999.9',
  '-1000',
  '-10000',
  '8388607',
  '32767',
  '-32768',
  '65535',
];
const SENTINEL_FRACTIONS = SENTINELS.map(parseDecimal).filter((fraction) => fraction !== null);

/** Value types that can carry a number. ST and an empty type are met in the field; the number stays strict. */
const NUMERIC_TYPES = new Set(['NM', 'SN', 'ST', '']);
const CODED_TYPES = new Set(['CE', 'CWE', 'CNE', 'ID', 'IS']);
/** LOINC answers for yes and no, and what gateways write instead. */
const YES = new Set(['1', 'Y', 'YES', 'TRUE', 'LA33-6']);
const NO = new Set(['0', 'N', 'NO', 'FALSE', 'LA32-8']);

/** Longest piece of a refused value that is kept for the person who looks into it. */
const LONGEST_EXCERPT = 64;

function isSentinel(text: string): boolean {
  if (/^(?:INV|[-?*]{1,5})$/i.test(text)) return true;
  const value = parseDecimal(text);
  if (value === null) return false;
  return SENTINEL_FRACTIONS.some(
    (sentinel) => sentinel.numerator * value.denominator === value.numerator * sentinel.denominator,
  );
}

function coding(obx: Segment, field: number, first: number): Coding {
  return {
    code: valueAt(obx, field, first) ?? '',
    text: valueAt(obx, field, first + 1) ?? '',
    system: valueAt(obx, field, first + 2) ?? '',
  };
}

/** OBX-5 as one text. Several repetitions or components are no single number, so they come back raw. */
function valueText(obx: Segment, type: string): string {
  const raw = rawField(obx, 5).trim();
  const { component, subcomponent, repetition } = obx.delimiters;
  if (type === 'SN') {
    // A comparator or a second number would make it a bound or a range, which is no reading.
    const rest = [3, 4].map((part) => valueAt(obx, 5, part) ?? '').join('');
    const comparator = valueAt(obx, 5, 1) ?? '';
    if ((comparator === '' || comparator === '=') && rest === '') return valueAt(obx, 5, 2) ?? '';
    return raw;
  }
  if (CODED_TYPES.has(type)) return (valueAt(obx, 5, 1) || valueAt(obx, 5, 2)) ?? '';
  const isSingle = ![component, subcomponent, repetition].some((sign) => sign !== '' && raw.includes(sign));
  return isSingle ? (valueAt(obx, 5) ?? '') : raw;
}

/** OBX-14, else its own OBR-7, else OBR-14, else MSH-7. The first that is there decides, good or bad. */
function observedTime(obx: Segment, around: Surroundings): TimeReading {
  const stamps: readonly (readonly [Segment | null, number])[] = [
    [obx, 14],
    [around.obr, 7],
    [around.obr, 14],
  ];
  for (const [segment, field] of stamps) {
    const time = readTime(segment === null ? '' : (valueAt(segment, field) ?? ''), around.defaultZone);
    if (time.kind !== 'absent') return time;
  }
  // The message's own time says nothing of the measurement: where it is unusable the receipt has to do.
  const sent = readTime(valueAt(around.header, 7) ?? '');
  return sent.kind === 'time' ? sent : { kind: 'absent' };
}

type Reading = { readonly value: number | boolean } | { readonly reason: RejectionReason };

function readOxygen(text: string): Reading {
  const upper = text.toUpperCase();
  if (YES.has(upper)) return { value: true };
  if (NO.has(upper)) return { value: false };
  return { reason: 'not-understood' };
}

function readValue(
  meaning: { readonly vital: TakenValue['vital']; readonly unitFixed: boolean },
  text: string,
  unit: UnitReading,
): Reading {
  if (meaning.vital === 'on_oxygen') return readOxygen(text);
  if (meaning.vital === 'acvpu') return { reason: 'not-understood' };
  const converted = convertValue(meaning.vital, text, unit, meaning.unitFixed);
  return converted.ok ? { value: converted.value } : { reason: converted.reason };
}

function excerpt(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, ' ').slice(0, LONGEST_EXCERPT);
}

/** What one OBX says, within its message. Every way out that is not a taken value names its reason. */
export function readObservation(obx: Segment, around: Surroundings): Finding {
  const type = (valueAt(obx, 2) ?? '').toUpperCase();
  const first = coding(obx, 3, 1);
  const unitCoding = coding(obx, 6, 1);
  const unit = readUnit(unitCoding.code, unitCoding.text);
  const meaning = meaningOfCode(first, coding(obx, 3, 4), unit);
  if (meaning.kind === 'other') return NONE;

  const isOxygen = meaning.kind === 'vital' && meaning.vital === 'on_oxygen';
  if (!NUMERIC_TYPES.has(type) && !(isOxygen && CODED_TYPES.has(type))) return NONE;
  const text = valueText(obx, type);
  const status = (valueAt(obx, 11) ?? '').toUpperCase();
  const time = observedTime(obx, around);
  const flags = repetitionsOf(obx, 8).map((_, index) => valueAt(obx, 8, 1, 1, index + 1) ?? '');
  const isUnavailable =
    text === '' ||
    isSentinel(text) ||
    WITHOUT_VALUE.has(status) ||
    time.kind === 'zero' ||
    flags.some((flag) => UNUSABLE_FLAGS.has(flag.toUpperCase()));
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
  if (isUnavailable) return { kind: 'unavailable', vital: meaning.vital };
  if (!STANDING.has(status)) return reject('status-unknown');
  const reading = readValue(meaning, text, unit);
  if ('reason' in reading) return reject(reading.reason);
  if (time.kind === 'invalid') return reject('time-invalid');
  if (time.kind === 'imprecise') return reject('time-imprecise');
  const local = time.kind === 'time' ? time.iso : null;
  const observedAt =
    local === null || around.siteZone === null ? local : withSiteZone(local, around.siteZone);
  if (observedAt !== null && isFarFuture(observedAt, around.receivedAt)) return reject('time-in-future');

  const source = (valueAt(obx, 4) ?? '').slice(0, LONGEST_EXCERPT);
  return {
    kind: 'taken',
    value: {
      vital: meaning.vital,
      value: reading.value,
      unit: meaning.vital === 'on_oxygen' ? null : VITAL_RANGES[meaning.vital].unit,
      observedAt,
      source: source === '' ? null : source,
    },
    sourceKey: `${first.code}\u0000${source}`,
    isCorrection: status === 'C',
  };
}
