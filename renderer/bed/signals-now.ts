/** The signals of a bed at a moment of the terminal's clock: they grow stale and are lost with their values. Pure. */
import type { ChangeView } from '../../app/contract/signal-views.ts';
import { vitalsForScoring } from '../../app/observation/scoring-vitals.ts';
import { type Signal, signalsOf } from '../../app/scoring/signals.ts';
import { observedOf, type ScoreNow, type ShownBed } from '../shell/index.ts';

/**
 * Every signal as it stands `now`, computed from the view's values by the core's code. Only the core has the
 * readings before now: a fall or a rise keeps what it told for as long as the value now has not expired.
 */
export function signalsNow({ view, receivedAt }: ShownBed, shown: ScoreNow, now: number): Signal[] {
  const { patient } = view;
  const observed = observedOf(view);
  const elapsedMs = Math.max(0, now - receivedAt);
  const computed = signalsOf({
    observed,
    elapsedMs,
    scoring: vitalsForScoring(observed, elapsedMs, { spo2Scale: patient.spo2Scale }),
    score: shown.score,
    patient: { age_years: patient.ageYears, pregnant: patient.pregnant },
    under16: view.limitsUnder16 ?? [],
    earlier: () => [],
  });
  return computed.map((signal) => {
    const told = view.changes?.find(({ rule }) => rule === signal.rule);
    return told === undefined ? signal : agedChange(told, signal, elapsedMs);
  });
}

function agedChange(told: ChangeView, signal: Signal, elapsedMs: number): Signal {
  if (signal.state === 'not-applicable' || signal.inputs.length === 0) return signal;
  const { rule, covered, amount, comparedWith } = told;
  const { inputs, oldestAgeMs, current } = signal;
  const rests = {
    rule,
    inputs,
    oldestAgeMs,
    current,
    comparedWith: comparedWith === null ? null : { ...comparedWith, ageMs: comparedWith.ageMs + elapsedMs },
  };
  return covered
    ? { ...rests, state: 'complete', value: amount }
    : { ...rests, state: 'incomplete', atLeast: amount, missing: [] };
}
