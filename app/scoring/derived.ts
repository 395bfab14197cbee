/** Values that code computes from a set of vitals beside NEWS2. Thresholds are a site's policy, not told here. */
import type { Vitals } from './score.ts';

/** Mean arterial pressure (mmHg, whole) and shock index (two decimals), each only where its inputs are there. */
export interface Derived {
  readonly map?: number;
  readonly shock_index?: number;
}

/** Thresholds of qSOFA. Source: Singer et al., Sepsis-3, JAMA 2016;315:801–810. */
const QSOFA_LEAST_RESPIRATION = 22;
const QSOFA_MOST_SYSTOLIC = 100;

export type QsofaCriterion = 'rr' | 'sbp' | 'acvpu';
export type Qsofa =
  | { readonly complete: true; readonly total: number; readonly met: readonly QsofaCriterion[] }
  | {
      readonly complete: false;
      readonly min_total: number;
      readonly met: readonly QsofaCriterion[];
      readonly missing: readonly QsofaCriterion[];
    };

type Maybe<T> = T | null | undefined;

function isNumber(value: Maybe<number>): value is number {
  return value !== null && value !== undefined && Number.isFinite(value);
}

/**
 * Mean arterial pressure in whole mmHg: diastolic plus a third of the pulse pressure. Null where a pressure is
 * missing or the diastolic is not the lower one (such a pair is a mistake, not a pressure).
 */
export function meanArterialPressure(sbp: Maybe<number>, dbp: Maybe<number>): number | null {
  if (!isNumber(sbp) || !isNumber(dbp) || dbp >= sbp) return null;
  return Math.round(dbp + (sbp - dbp) / 3);
}

/** Heart rate over systolic pressure, to two decimals. Null where one is missing or the pressure is not positive. */
export function shockIndex(hr: Maybe<number>, sbp: Maybe<number>): number | null {
  if (!isNumber(hr) || !isNumber(sbp) || sbp <= 0) return null;
  return Math.round((hr / sbp) * 100) / 100;
}

/** The derived values of a set of vitals, as the facts of an explanation carry them. */
export function derive(vitals: Vitals): Derived {
  const map = meanArterialPressure(vitals.sbp, vitals.dbp);
  const shock_index = shockIndex(vitals.hr, vitals.sbp);
  return { ...(map === null ? {} : { map }), ...(shock_index === null ? {} : { shock_index }) };
}

/**
 * qSOFA: a respiratory rate of 22 or more, a systolic pressure of 100 or less, and any consciousness but alert.
 * As in NEWS2 a missing criterion never counts as 0: the result is then incomplete with a lower bound.
 */
export function qsofa(vitals: Vitals): Qsofa {
  const { rr, sbp, acvpu } = vitals;
  const criteria: readonly (readonly [QsofaCriterion, boolean | null])[] = [
    ['rr', isNumber(rr) ? rr >= QSOFA_LEAST_RESPIRATION : null],
    ['sbp', isNumber(sbp) ? sbp <= QSOFA_MOST_SYSTOLIC : null],
    ['acvpu', acvpu === null || acvpu === undefined ? null : acvpu !== 'A'],
  ];
  const met = criteria.filter(([, holds]) => holds === true).map(([name]) => name);
  const missing = criteria.filter(([, holds]) => holds === null).map(([name]) => name);
  if (missing.length === 0) return { complete: true, total: met.length, met };
  return { complete: false, min_total: met.length, met, missing };
}
