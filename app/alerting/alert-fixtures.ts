/** Scores and moments for the tests of this folder. */
import type { Vital } from '../observation/vital.ts';
import { scoreNews2 } from '../scoring/news2.ts';
import type { Score, Vitals } from '../scoring/score.ts';
import type { Signal } from '../scoring/signals.ts';
import { type BedAlertState, NO_ALERTS } from './alert.ts';
import { type AlertPolicy, DEFAULT_ALERT_POLICY } from './policy.ts';
import { isOnChange, type VitalRule } from './rules.ts';
import { type BedEvaluation, type BedInput, evaluateBed } from './transition.ts';

const NORMAL: Vitals = {
  rr: 16,
  spo2: 98,
  spo2_scale: 1,
  on_oxygen: false,
  temp_c: 37,
  sbp: 120,
  hr: 70,
  acvpu: 'A',
};

/** A complete score of normal vitals with some changes. */
export function scoreOf(changes: Vitals = {}): Score {
  return scoreNews2({ ...NORMAL, ...changes });
}

/** Vitals that score exactly a total without any parameter at 3 (totals 0 to 13). */
const WITHOUT_RED: readonly Vitals[] = [
  {},
  { hr: 95 },
  { hr: 115 },
  { hr: 115, temp_c: 38.5 },
  { hr: 115, temp_c: 39.5 },
  { hr: 115, temp_c: 39.5, sbp: 105 },
  { hr: 115, temp_c: 39.5, sbp: 95 },
  { hr: 115, temp_c: 39.5, sbp: 95, spo2: 95 },
  { hr: 115, temp_c: 39.5, sbp: 95, spo2: 93 },
  { hr: 115, temp_c: 39.5, sbp: 95, spo2: 93, rr: 10 },
  { hr: 115, temp_c: 39.5, sbp: 95, spo2: 93, rr: 22 },
  { hr: 115, temp_c: 39.5, sbp: 95, spo2: 95, rr: 22, on_oxygen: true },
  { hr: 115, temp_c: 39.5, sbp: 95, spo2: 93, rr: 22, on_oxygen: true },
];

/** A complete score of a total without a red parameter. */
export function total(value: number): Score {
  const changes = WITHOUT_RED[value];
  if (changes === undefined) throw new RangeError(`no fixture for a total of ${value}`);
  return scoreOf(changes);
}

/** The same vitals with consciousness missing: "at least `value`". */
export function atLeast(value: number): Score {
  const changes = WITHOUT_RED[value];
  if (changes === undefined) throw new RangeError(`no fixture for a bound of ${value}`);
  return scoreOf({ ...changes, acvpu: null });
}

const START = Date.parse('2026-09-12T12:00:00Z');
/** Minutes after the start of a test, as a moment. */
export function at(minutes: number): string {
  return new Date(START + minutes * 60_000).toISOString();
}

/** Ids a1, a2, … in the order of firing. */
export function ids(): () => string {
  let count = 0;
  return () => {
    count += 1;
    return `a${count}`;
  };
}

type Step = readonly [minutes: number, score: Score | null];

/** Evaluates a bed step by step with charted scores, and gives the last state with every transition. */
export function play(
  steps: readonly Step[],
  options: {
    readonly mode?: BedInput['mode'];
    readonly policy?: AlertPolicy;
    readonly from?: BedAlertState;
    readonly newId?: () => string;
  } = {},
): BedEvaluation {
  const newId = options.newId ?? ids();
  return steps.reduce<BedEvaluation>(
    ({ state, transitions }, [minutes, score]) => {
      const input: BedInput = { at: at(minutes), score, mode: options.mode ?? 'charted', newId };
      const next = evaluateBed(state, input, options.policy ?? DEFAULT_ALERT_POLICY);
      return { state: next.state, transitions: [...transitions, ...next.transitions] };
    },
    { state: options.from ?? NO_ALERTS, transitions: [] },
  );
}

const VITALS_OF: { readonly [rule in VitalRule]: readonly Vital[] } = {
  'map-low': ['map_art'],
  qsofa: ['rr', 'sbp', 'acvpu'],
  'spo2-fall': ['spo2'],
  'hr-rise': ['hr'],
  'shock-index': ['hr', 'sbp'],
};

/** A signal of a value, complete, current and charted unless told otherwise. Its inputs carry no real values. */
export function signal(
  rule: VitalRule,
  value: number,
  more: {
    readonly mode?: 'streamed' | 'charted';
    readonly state?: 'current' | 'stale';
    readonly incomplete?: boolean;
  } = {},
): Signal {
  const { mode = 'charted', state = 'current', incomplete = false } = more;
  const rests = {
    rule,
    inputs: VITALS_OF[rule].map((vital) => ({
      vital,
      value: 0,
      source: { kind: mode === 'charted' ? ('hand' as const) : ('monitor' as const), mode, name: mode },
      state,
      ageMs: 0,
      by: 'single' as const,
      ambiguous: false,
    })),
    oldestAgeMs: 0,
    // A change may be incomplete for want of earlier readings alone: what it rests on now is there.
    current: state === 'current' && (!incomplete || isOnChange(rule)),
    comparedWith: null,
  };
  return incomplete
    ? { ...rests, state: 'incomplete', atLeast: rule === 'map-low' ? null : value, missing: [] }
    : { ...rests, state: 'complete', value };
}
