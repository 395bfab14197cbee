/** Which reading stands for each parameter in a tile or a row, and how its value is written. */
import type { ObservedValue, Reading } from '../../app/observation/reading.ts';
import type { ScoringVitals } from '../../app/observation/scoring-vitals.ts';
import { type NumericVital, VITAL_RANGES, type Vital } from '../../app/observation/vital.ts';
import { isApplicable, type News2Parameter, type Score } from '../../app/scoring/score.ts';
import type { Points } from '../design/index.ts';

type Readings = Record<Vital, Reading>;

/** In a ward's order of reading: the chart's order with pressure and pulse as charts write them. */
export const SHOWN_PARAMETERS = ['rr', 'spo2', 'oxygen', 'sbp', 'hr', 'consciousness', 'temp'] as const;

/** Vitals that may stand for a parameter, in the order of preference of the score. */
const VITALS_OF: { readonly [parameter in News2Parameter]: readonly Vital[] } = {
  rr: ['rr', 'rr_pleth'],
  spo2: ['spo2'],
  oxygen: ['on_oxygen', 'o2_flow', 'fio2'],
  sbp: ['sbp_art', 'sbp', 'sbp_nibp'],
  hr: ['hr', 'pulse_art', 'pulse'],
  consciousness: ['acvpu'],
  temp: ['temp_c'],
};

const DIASTOLIC_OF: { readonly [systolic in Vital]?: Vital } = {
  sbp: 'dbp',
  sbp_art: 'dbp_art',
  sbp_nibp: 'dbp_nibp',
};

/** The reading of a parameter: the one that scored; where none did, the one that was seen last. */
export function readingOf(
  parameter: News2Parameter,
  readings: Readings,
  inputs: ScoringVitals['inputs'],
): Reading {
  const scored = inputs[parameter];
  if (scored !== undefined) return readings[scored.vital];
  const candidates = VITALS_OF[parameter].map((vital) => readings[vital]);
  const seen = candidates.filter((reading) => reading.state === 'missing' && reading.lastObservedAt !== null);
  return seen[0] ?? { state: 'missing', reason: 'never', lastObservedAt: null };
}

/** Points of a parameter; null where it is missing or undetermined; undefined where no score applies. */
export function pointsOf(parameter: News2Parameter, score: Score): Points | undefined {
  if (!isApplicable(score)) return undefined;
  const points = score.points[parameter];
  return points === 0 || points === 1 || points === 2 || points === 3 ? points : null;
}

/** A value as the ward writes it: the resolution of its vital, and what scores where a median does. */
export function formatOf(
  parameter: News2Parameter,
  readings: Readings,
  inputs: ScoringVitals['inputs'],
  air: string,
  oxygen: string,
): (value: ObservedValue['value']) => string {
  switch (parameter) {
    case 'oxygen':
      return () => oxygenText(readings, air, oxygen);
    case 'sbp':
      return (value) => `${plain(value, 'sbp')}/${diastolicText(readings, inputs)}`;
    case 'temp':
      return (value) => plain(value, 'temp_c');
    default:
      return (value) => plain(value, 'hr');
  }
}

function plain(value: ObservedValue['value'], vital: NumericVital): string {
  return typeof value === 'number' ? value.toFixed(VITAL_RANGES[vital].decimals) : String(value);
}

/** The diastolic value of the same site; "—" where it is missing: never one from elsewhere. */
function diastolicText(readings: Readings, inputs: ScoringVitals['inputs']): string {
  const diastolic = DIASTOLIC_OF[inputs.sbp?.vital ?? 'sbp'];
  const reading = diastolic === undefined ? undefined : readings[diastolic];
  return reading === undefined || reading.state === 'missing' ? '—' : plain(reading.observed.value, 'dbp');
}

/** Flow or fraction where one is known, else the bare fact. */
function oxygenText(readings: Readings, air: string, oxygen: string): string {
  const { on_oxygen: fact, o2_flow: flow, fio2 } = readings;
  if (fact.state !== 'missing' && fact.observed.value === false) return air;
  if (flow.state !== 'missing' && Number(flow.observed.value) > 0)
    return `${Number(flow.observed.value)}\u00a0L`;
  if (fio2.state !== 'missing') return `${Number(fio2.observed.value)}\u00a0%`;
  return oxygen;
}
