/** Observed values and signal contexts for the tests of scoring. Invented; no patient's. */
import type { ObservedValue, ObservedValues } from '../observation/reading.ts';
import { vitalsForScoring } from '../observation/scoring-vitals.ts';
import type { NumericVital } from '../observation/vital.ts';
import { type News2Patient, scoreNews2 } from './news2.ts';
import type { EarlierSample } from './signal-window.ts';
import type { SignalContext } from './signals.ts';

export const MINUTE_MS = 60_000;

const LIMITS = {
  streamed: { staleAfterMs: 15_000, missingAfterMs: MINUTE_MS },
  cuff: { staleAfterMs: 45 * MINUTE_MS, missingAfterMs: 60 * MINUTE_MS },
  charted: { staleAfterMs: 60 * MINUTE_MS, missingAfterMs: 75 * MINUTE_MS },
};

export function observedValue(
  value: ObservedValue['value'],
  ageMs = 0,
  mode: ObservedValue['source']['mode'] = 'streamed',
  name = 'bedside 4',
): ObservedValue {
  return {
    value,
    observedAt: '2026-09-12T12:00:00Z',
    ageMs,
    ...LIMITS[mode],
    source: { kind: 'monitor', mode, name },
    ambiguous: false,
  };
}

export function earlierSample(vital: NumericVital, value: number, minutesAgo: number): EarlierSample {
  const source = { kind: 'monitor', name: 'bedside 4' } as const;
  return { vital, value, source, ageMs: minutesAgo * MINUTE_MS, by: 'median' };
}

export function signalContext(
  observed: ObservedValues,
  earlier: readonly EarlierSample[] = [],
  patient: News2Patient = {},
): SignalContext {
  const scoring = vitalsForScoring(observed);
  return {
    observed,
    scoring,
    score: scoreNews2(scoring.vitals, patient),
    patient,
    earlier: (vital) => earlier.filter((sample) => sample.vital === vital),
  };
}
