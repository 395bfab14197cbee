/**
 * The measures of the monitoring screen with their targets, and whether one is met. A target is judged only where
 * enough was measured: of five explanations nobody knows the slowest of a hundred.
 */
import { wilson } from '../statistics/intervals.ts';

/** The targets of the training guide's monitoring. Seconds, requests a minute, shares. */
export const GUIDE_TARGETS = {
  completeP50Seconds: 2.5,
  completeP95Seconds: 4.8,
  completeP99Seconds: 6.2,
  requestsAMinute: 45,
  errorRate: 0.01,
  hallucinationRate: 0.015,
  safetyViolations: 0,
} as const;

/** The product's own limit of an acknowledgement's p99 under load, as the intake benchmark has it. Seconds. */
export const ACKNOWLEDGEMENT_P99_SECONDS = 0.05;
/** Every painted bed is at most so late: the event stream merges to four updates a second. Ours. Seconds. */
export const LOOP_DELAY_P99_SECONDS = 0.1;

export type MeasureUnit =
  | 'seconds'
  | 'share'
  | 'count'
  | 'per-minute'
  | 'per-second'
  | 'points'
  | 'bytes'
  | 'per-bed-day';

export interface MeasureDefinition {
  readonly from: 'guide' | 'ward';
  readonly unit: MeasureUnit;
  readonly target: { readonly at: 'most' | 'least'; readonly value: number } | null;
  /** So many must have been counted before the target is judged. */
  readonly least: number;
}

const most = (value: number) => ({ at: 'most', value }) as const;
const least = (value: number) => ({ at: 'least', value }) as const;
/** A quantile is told by the values beyond it: one is expected beyond it from so many on. */
const QUANTILE_LEAST = { p50: 2, p95: 20, p99: 100 } as const;

export const MEASURES = {
  'complete-p50': {
    from: 'guide',
    unit: 'seconds',
    target: most(GUIDE_TARGETS.completeP50Seconds),
    least: QUANTILE_LEAST.p50,
  },
  'complete-p95': {
    from: 'guide',
    unit: 'seconds',
    target: most(GUIDE_TARGETS.completeP95Seconds),
    least: QUANTILE_LEAST.p95,
  },
  'complete-p99': {
    from: 'guide',
    unit: 'seconds',
    target: most(GUIDE_TARGETS.completeP99Seconds),
    least: QUANTILE_LEAST.p99,
  },
  // What came in a ward's busiest minute says nothing of what could be written: that is `requests-possible`.
  'requests-busiest': { from: 'guide', unit: 'per-minute', target: null, least: 1 },
  'requests-possible': {
    from: 'guide',
    unit: 'per-minute',
    target: least(GUIDE_TARGETS.requestsAMinute),
    least: 10,
  },
  'error-rate': {
    from: 'guide',
    unit: 'share',
    target: most(GUIDE_TARGETS.errorRate),
    least: 1 / GUIDE_TARGETS.errorRate,
  },
  'hallucination-rate': {
    from: 'guide',
    unit: 'share',
    target: most(GUIDE_TARGETS.hallucinationRate),
    least: Math.ceil(1 / GUIDE_TARGETS.hallucinationRate),
  },
  'safety-violations': {
    from: 'guide',
    unit: 'count',
    target: most(GUIDE_TARGETS.safetyViolations),
    least: 1,
  },
  // The guide names these two and sets no figure.
  helpfulness: { from: 'guide', unit: 'points', target: null, least: 1 },
  confidence: { from: 'guide', unit: 'share', target: null, least: 1 },
  agreement: { from: 'guide', unit: 'share', target: null, least: 1 },

  'readings-rate': { from: 'ward', unit: 'per-second', target: null, least: 1 },
  'acknowledgement-p50': { from: 'ward', unit: 'seconds', target: null, least: QUANTILE_LEAST.p50 },
  'acknowledgement-p99': {
    from: 'ward',
    unit: 'seconds',
    target: most(ACKNOWLEDGEMENT_P99_SECONDS),
    least: QUANTILE_LEAST.p99,
  },
  'queue-depth': { from: 'ward', unit: 'count', target: null, least: 1 },
  'alerts-fired': { from: 'ward', unit: 'count', target: null, least: 1 },
  'alerts-open': { from: 'ward', unit: 'count', target: null, least: 1 },
  'alerts-per-bed-day': { from: 'ward', unit: 'per-bed-day', target: null, least: 1 },
  'alerts-acted-on': { from: 'ward', unit: 'share', target: null, least: 1 },
  'feeds-silent': { from: 'ward', unit: 'count', target: most(0), least: 1 },
  'turned-away': { from: 'ward', unit: 'count', target: most(0), least: 1 },
  'record-size': { from: 'ward', unit: 'bytes', target: null, least: 1 },
  'disk-free': { from: 'ward', unit: 'bytes', target: null, least: 1 },
  'backup-age': { from: 'ward', unit: 'seconds', target: null, least: 1 },
  'loop-delay-p99': {
    from: 'ward',
    unit: 'seconds',
    target: most(LOOP_DELAY_P99_SECONDS),
    least: QUANTILE_LEAST.p99,
  },
  memory: { from: 'ward', unit: 'bytes', target: null, least: 1 },
} as const satisfies { readonly [id: string]: MeasureDefinition };

export type MeasureId = keyof typeof MEASURES;
const isMeasure = (id: string): id is MeasureId => id in MEASURES;
export const MEASURE_IDS = Object.keys(MEASURES).filter(isMeasure);

/** `unknown`: nothing was measured; `too-few`: not enough to judge; `no-target`: there is nothing to hold it against. */
export const VERDICTS = ['met', 'missed', 'too-few', 'unknown', 'no-target'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** What was measured; `low` and `high` are the bounds between which it lies, where it is known so far only. */
export interface Measured {
  readonly value: number | null;
  readonly low?: number;
  readonly high?: number | null;
  /** How many it was counted from. */
  readonly of: number;
}

export function verdictOf(id: MeasureId, { value, low, high, of }: Measured): Verdict {
  const { target, unit, least: enough }: MeasureDefinition = MEASURES[id];
  if (value === null) return 'unknown';
  if (target === null) return 'no-target';
  // Of a value between bounds the side counts on which all of it lies; targets are bounds, so one side has it all.
  const [least, most] = low === undefined ? [value, value] : [low, high ?? Number.POSITIVE_INFINITY];
  const met = target.at === 'most' ? most <= target.value : least >= target.value;
  if (of >= enough) return met ? 'met' : 'missed';
  // Few, but so many of them failed that chance does not explain it.
  if (unit === 'share' && wilson(Math.round(value * of), of).lower > target.value) return 'missed';
  return 'too-few';
}
