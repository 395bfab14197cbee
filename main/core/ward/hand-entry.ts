/**
 * What a person enters is checked twice: what cannot be physiology is refused, and what is unusual is asked back
 * once, because a slip of the finger reads like a crisis.
 */
import { type Outcome, ok, refused } from '../../../app/contract/outcome.ts';
import type { ObservedValues } from '../../../app/observation/reading.ts';
import { ACVPU, type Acvpu, VITAL_RANGES, type VitalValues } from '../../../app/observation/vital.ts';
import { roundDecimals } from '../../../app/scoring/chart.ts';

export interface HandEntry {
  readonly rr?: number | undefined;
  readonly spo2?: number | undefined;
  readonly on_oxygen?: boolean | undefined;
  readonly o2_flow?: number | undefined;
  readonly sbp?: number | undefined;
  readonly dbp?: number | undefined;
  readonly hr?: number | undefined;
  readonly acvpu?: Acvpu | undefined;
  readonly temp_c?: number | undefined;
}

const ENTERED = ['rr', 'spo2', 'o2_flow', 'sbp', 'dbp', 'hr', 'temp_c'] as const;
type Entered = (typeof ENTERED)[number];

interface Usual {
  /** Below or above, the value is asked back. */
  readonly from: number;
  readonly to: number;
  /** A greater change since the last value is asked back. */
  readonly change: number;
}

/**
 * Where asking back starts. Ours: wide enough that an ill patient's values pass in the common case, narrow
 * enough for the slips that happen (a lost digit, a swapped one, °F for °C). Units as in `VITAL_RANGES`.
 */
const USUAL: { readonly [vital in Entered]: Usual } = {
  rr: { from: 6, to: 40, change: 20 },
  spo2: { from: 80, to: 100, change: 15 },
  o2_flow: { from: 0, to: 15, change: 15 },
  sbp: { from: 70, to: 220, change: 80 },
  dbp: { from: 30, to: 140, change: 50 },
  hr: { from: 35, to: 180, change: 60 },
  temp_c: { from: 34, to: 41, change: 3 },
};

/**
 * The values to keep, rounded to the chart's decimals.
 *
 * Errors: `invalid-request` where nothing was entered; `value-implausible` {vital, value, least, most} outside
 * `VITAL_RANGES`, for a diastolic pressure that is not below the systolic, or for a flow of oxygen in room air; `needs-confirmation` {vital, value,
 * previous} for the first unusual value that is not among `confirmed` (`previous` only where there is one).
 */
export function checkEntry(
  entry: HandEntry,
  confirmed: readonly string[],
  observed: ObservedValues,
): Outcome<VitalValues> {
  const values: VitalValues = {};
  for (const vital of ENTERED) {
    const value = entry[vital];
    if (value === undefined) continue;
    const { least, most, decimals } = VITAL_RANGES[vital];
    if (!Number.isFinite(value) || value < least || value > most)
      return refused('value-implausible', { vital, value: String(value), least, most });
    values[vital] = roundDecimals(value, decimals);
  }
  const { sbp, dbp } = values;
  if (sbp !== undefined && dbp !== undefined && dbp >= sbp)
    return refused('value-implausible', {
      vital: 'dbp',
      value: String(dbp),
      least: VITAL_RANGES.dbp.least,
      most: sbp - 1,
    });
  // A flow of oxygen and "room air" cannot both be true; which of them is wrong only the person knows.
  if (entry.on_oxygen === false && (values.o2_flow ?? 0) > 0)
    return refused('value-implausible', {
      vital: 'o2_flow',
      value: String(values.o2_flow),
      least: 0,
      most: 0,
    });
  if (entry.on_oxygen !== undefined) values.on_oxygen = entry.on_oxygen;
  const acvpu = ACVPU.find((level) => level === entry.acvpu);
  if (acvpu !== undefined) values.acvpu = acvpu;
  if (Object.keys(values).length === 0) return refused('invalid-request', { field: 'values' });
  return askBack(values, confirmed, observed) ?? ok(values);
}

function askBack(
  values: VitalValues,
  confirmed: readonly string[],
  observed: ObservedValues,
): Outcome<never> | null {
  for (const vital of ENTERED) {
    const value = values[vital];
    if (value === undefined || confirmed.includes(vital)) continue;
    const usual = USUAL[vital];
    const previous = observed[vital]?.value;
    const jumped = typeof previous === 'number' && Math.abs(value - previous) > usual.change;
    if (value < usual.from || value > usual.to || jumped)
      return refused('needs-confirmation', {
        vital,
        value,
        ...(typeof previous === 'number' ? { previous } : {}),
      });
  }
  return null;
}
