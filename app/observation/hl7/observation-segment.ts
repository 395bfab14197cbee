/** One OBX: a vital with its value and time, or why it is none. */
import type { TakenValue, WithdrawnValue } from '../observation.ts';
import { VITAL_RANGES, type Vital } from '../vital.ts';
import { type CodeMeaning, type Coding, meaningOfCode, type SiteCodes } from './codes.ts';
import { plainDecimal } from './decimal.ts';
import { rawField, type Segment, valueAt, valuesAt } from './message.ts';
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
export interface Surroundings {
  readonly obr: Segment | null;
  readonly header: Segment;
  /** The zone of MSH-7 (`+0530`), '' where it has none. */
  readonly defaultZone: string;
  readonly siteZone: SiteZone | null;
  /** What a site's own codes mean; null where it has none. */
  readonly siteCodes: SiteCodes | null;
  /** ISO 8601 with an offset. */
  readonly receivedAt: string;
  /** The stamps of this message's values and where they fall: most of them are the same. */
  readonly times: Map<string, TimeReading>;
  /** By raw OBX-14, where it tells anything. */
  readonly ownTimes: Map<string, TimeReading>;
  readonly stamps: Map<string, Placed>;
}

/** The time of a reading as it counts here, or why it is none. `at` is null where the message tells no time. */
type Placed = { readonly at: string | null } | { readonly reason: RejectionReason };

const NONE: Finding = { kind: 'none' };

/** HL7 table 0085: results that stand. An empty status is common in the field and stands too. */
const STANDING = new Set(['', 'F', 'R', 'P', 'C']);
/** OBX-11 C: it stands for what the same source gave for the same time. */
const CORRECTED = 'C';
/** Deleted, and "post original as wrong": what the same source gave for the same time does not stand any more. */
const TAKEN_BACK = new Set(['D', 'W']);
/** Deleted, not obtained, partial, unchanged, wrong, pending, not asked, order only: there is no value. */
const WITHOUT_VALUE = new Set(['D', 'X', 'S', 'U', 'W', 'I', 'N', 'O']);
/** IHE PCD-01, OBX-8: the device says that its number cannot be used for care. */
const UNUSABLE_FLAGS = new Set(['INV', 'NAV', 'QUES', 'CAL', 'TEST', 'DEMO', 'STOP']);
/**
 * What devices send for "no value": the clinical reference's list and full-scale values of 16 and 24 bits. A
 * central venous pressure could be −1; it counts as no value all the same, because nobody can tell the two apart.
 */
const SENTINELS = new Set([
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
]);

/** Value types that can carry a number. ST and an empty type are met in the field; the number stays strict. */
const NUMERIC_TYPES = new Set(['NM', 'SN', 'ST', '']);
const CODED_TYPES = new Set(['CE', 'CWE', 'CNE', 'ID', 'IS']);
/** LOINC answers for yes and no, and what gateways write instead. */
const YES = new Set(['1', 'Y', 'YES', 'TRUE', 'LA33-6']);
const NO = new Set(['0', 'N', 'NO', 'FALSE', 'LA32-8']);

/** Longest piece of a refused value that is kept for the person who looks into it. */
const LONGEST_EXCERPT = 64;

const DIGIT_0 = 0x30;
const DIGIT_9 = 0x39;

function isSentinel(text: string): boolean {
  // None of the list without a sign is so short: what nearly every monitor sends is told from it at a glance.
  const first = text.charCodeAt(0);
  if (text.length <= 4 && first >= DIGIT_0 && first <= DIGIT_9) return false;
  return SENTINELS.has(plainDecimal(text) ?? '') || /^(?:INV|[-?*]{1,5})$/i.test(text);
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
  const isSingle =
    (component === '' || !raw.includes(component)) &&
    (subcomponent === '' || !raw.includes(subcomponent)) &&
    (repetition === '' || !raw.includes(repetition));
  return isSingle ? (valueAt(obx, 5) ?? '') : raw;
}

function readStamp(stamp: string, around: Surroundings): TimeReading {
  const known = around.times.get(stamp);
  if (known !== undefined) return known;
  const time = readTime(stamp, around.defaultZone);
  around.times.set(stamp, time);
  return time;
}

/** OBX-14, else its own OBR-7, else OBR-14, else MSH-7. The first that is there decides, good or bad. */
function observedTime(obx: Segment, around: Surroundings): TimeReading {
  const { obr } = around;
  // The values of one message are nearly always of one time.
  const raw = rawField(obx, 14);
  const known = around.ownTimes.get(raw);
  if (known !== undefined) return known;
  const own = valueAt(obx, 14);
  if (own) {
    const time = readStamp(own, around);
    around.ownTimes.set(raw, time);
    return time;
  }
  const stamp = obr === null ? '' : valueAt(obr, 7) || valueAt(obr, 14);
  const time = readStamp(stamp ?? '', around);
  if (time.kind !== 'absent') return time;
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

function placed(time: TimeReading, around: Surroundings): Placed {
  if (time.kind !== 'time') return placeOf(time, around);
  const known = around.stamps.get(time.iso);
  if (known !== undefined) return known;
  const place = placeOf(time, around);
  around.stamps.set(time.iso, place);
  return place;
}

function placeOf(time: TimeReading, around: Surroundings): Placed {
  if (time.kind === 'invalid' || time.kind === 'zero') return { reason: 'time-invalid' };
  if (time.kind === 'imprecise') return { reason: 'time-imprecise' };
  if (time.kind === 'absent') return { at: null };
  const at = around.siteZone === null ? time.iso : withSiteZone(time.iso, around.siteZone);
  if (at === null) return { reason: 'time-invalid' };
  return isFarFuture(at, around.receivedAt) ? { reason: 'time-in-future' } : { at };
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

function flagsOf(obx: Segment): readonly string[] {
  if (rawField(obx, 8) === '') return [];
  return valuesAt(obx, 8).map((flag) => flag ?? '');
}

/** What an observation is of, whatever its value. */
interface ObservationKind {
  readonly type: string;
  readonly first: Coding;
  readonly sentUnit: UnitReading;
  readonly meaning: CodeMeaning;
}

function readKind(obx: Segment, siteCodes: SiteCodes | null): ObservationKind {
  const first = coding(obx, 3, 1);
  const unitCoding = coding(obx, 6, 1);
  const sentUnit = readUnit(unitCoding.code, unitCoding.text);
  const meaning = meaningOfCode(first, coding(obx, 3, 4), sentUnit, siteCodes);
  return { type: (valueAt(obx, 2) ?? '').toUpperCase(), first, sentUnit, meaning };
}

/**
 * A monitor sends the same dozen kinds of observation day and night: they are worked out once, by the text of type,
 * code and unit. The text decides alone, so what is remembered cannot differ from what would be worked out anew; it
 * is forgotten when the site's own codes change, and when somebody sends more kinds than monitors have.
 */
const MOST_KINDS = 4096;
/** Letters of a kind that is remembered; longer ones no monitor sends. */
const LONGEST_KIND = 256;
const NO_SITE_CODES: SiteCodes = () => undefined;

/** A kind with the raw fields that it was worked out from. */
interface KnownKind {
  readonly type: string;
  readonly unit: string;
  readonly delimiters: Segment['delimiters'];
  readonly kind: ObservationKind;
}
/** By raw OBX-3: a code comes with one type and one unit, seldom with more. */
interface KnownKinds {
  readonly byCode: Map<string, readonly KnownKind[]>;
  size: number;
}
const knownKinds = new WeakMap<SiteCodes, KnownKinds>();

function kindOf(obx: Segment, siteCodes: SiteCodes | null): ObservationKind {
  const { fields, delimiters } = obx;
  const [, , type = '', code = '', , , unit = ''] = fields;
  const owner = siteCodes ?? NO_SITE_CODES;
  const kinds = knownKinds.get(owner) ?? { byCode: new Map<string, readonly KnownKind[]>(), size: 0 };
  const ofCode = kinds.byCode.get(code) ?? [];
  for (const known of ofCode)
    if (known.type === type && known.unit === unit && splitsAlike(known.delimiters, delimiters))
      return known.kind;
  const length = type.length + code.length + unit.length;
  if (length > LONGEST_KIND) return readKind(obx, siteCodes);
  // Worked out from letters of its own: pieces of the message's text would keep all of the message in memory.
  const [ownType = '', ownCode = '', ownUnit = ''] = owned([type, code, unit]);
  const kind = readKind({ ...obx, fields: ['OBX', '', ownType, ownCode, '', '', ownUnit] }, siteCodes);
  if (kinds.size >= MOST_KINDS) {
    kinds.byCode.clear();
    kinds.size = 0;
  }
  kinds.size += 1;
  const others = kinds.byCode.get(ownCode) ?? [];
  kinds.byCode.set(ownCode, [...others, { type: ownType, unit: ownUnit, delimiters, kind }]);
  knownKinds.set(owner, kinds);
  return kind;
}

/** Copies of texts that share no memory with the text they were cut from. */
function owned(texts: readonly string[]): string[] {
  return texts.map((text) => Array.from({ length: text.length }, (_, at) => text.charAt(at)).join(''));
}

function splitsAlike(one: Segment['delimiters'], other: Segment['delimiters']): boolean {
  return (
    one === other ||
    (one.component === other.component &&
      one.repetition === other.repetition &&
      one.escape === other.escape &&
      one.subcomponent === other.subcomponent)
  );
}

/** What one OBX says, within its message. Every way out that is not a taken value names its reason. */
export function readObservation(obx: Segment, around: Surroundings): Finding {
  const { type, first, sentUnit, meaning } = kindOf(obx, around.siteCodes);
  if (meaning.kind === 'other') return NONE;

  const isOxygen = meaning.kind === 'vital' && meaning.vital === 'on_oxygen';
  if (!NUMERIC_TYPES.has(type) && !(isOxygen && CODED_TYPES.has(type))) return NONE;
  const text = valueText(obx, type);
  const status = (valueAt(obx, 11) ?? '').toUpperCase();
  const time = observedTime(obx, around);
  const flags = flagsOf(obx);
  const isUnavailable =
    text === '' ||
    isSentinel(text) ||
    WITHOUT_VALUE.has(status) ||
    time.kind === 'zero' ||
    (flags.length > 0 && flags.some((flag) => UNUSABLE_FLAGS.has(flag.toUpperCase())));
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
