/** What stands in OBX-5 and whether it is a value at all. */
import type { TakenValue } from '../observation.ts';
import { plainDecimal } from './decimal.ts';
import { rawField, type Segment, valueAt, valuesAt } from './message.ts';
import type { RejectionReason } from './rejection.ts';
import { convertValue, type UnitReading } from './units.ts';

/** Value types that can carry a number. ST and an empty type are met in the field; the number stays strict. */
export const NUMERIC_TYPES = new Set(['NM', 'SN', 'ST', '']);
export const CODED_TYPES = new Set(['CE', 'CWE', 'CNE', 'ID', 'IS']);
/** LOINC answers for yes and no, and what gateways write instead. */
const YES = new Set(['1', 'Y', 'YES', 'TRUE', 'LA33-6']);
const NO = new Set(['0', 'N', 'NO', 'FALSE', 'LA32-8']);

/** OBX-5 as one text. Several repetitions or components are no single number, so they come back raw. */
export function valueText(obx: Segment, type: string): string {
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

/** True where the device says by its value that it has none. */
export function isWithoutValue(text: string): boolean {
  return text === '' || isSentinel(text);
}

/** True where the device says by a flag (OBX-8) that it has no number that could be used. */
export function isFlaggedUnusable(obx: Segment): boolean {
  return flagsOf(obx).some((flag) => UNUSABLE_FLAGS.has(flag.toUpperCase()));
}

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

const DIGIT_0 = 0x30;
const DIGIT_9 = 0x39;

function isSentinel(text: string): boolean {
  // None of the list without a sign is so short: what nearly every monitor sends is told from it at a glance.
  const first = text.charCodeAt(0);
  if (text.length <= 4 && first >= DIGIT_0 && first <= DIGIT_9) return false;
  return SENTINELS.has(plainDecimal(text) ?? '') || /^(?:INV|[-?*]{1,5})$/i.test(text);
}

function flagsOf(obx: Segment): readonly string[] {
  if (rawField(obx, 8) === '') return [];
  return valuesAt(obx, 8).map((flag) => flag ?? '');
}

type Reading = { readonly value: number | boolean } | { readonly reason: RejectionReason };

function readOxygen(text: string): Reading {
  const upper = text.toUpperCase();
  if (YES.has(upper)) return { value: true };
  if (NO.has(upper)) return { value: false };
  return { reason: 'not-understood' };
}

/** The value in the unit of its vital, or why it is none. */
export function readValue(
  meaning: { readonly vital: TakenValue['vital']; readonly unitFixed: boolean },
  text: string,
  unit: UnitReading,
): Reading {
  if (meaning.vital === 'on_oxygen') return readOxygen(text);
  if (meaning.vital === 'acvpu') return { reason: 'not-understood' };
  const converted = convertValue(meaning.vital, text, unit, meaning.unitFixed);
  return converted.ok ? { value: converted.value } : { reason: converted.reason };
}
