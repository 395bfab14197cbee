/**
 * For the tests: what a statement claims, and whether a record holds it. The chart is typed in here once more, from
 * the published table, so that the oracle shares no code with what it judges.
 * Source: Royal College of Physicians, NEWS2, 2017.
 */

export type Parameter = 'rr' | 'spo2' | 'oxygen' | 'sbp' | 'hr' | 'consciousness' | 'temp';
export type Number5 = 'rr' | 'spo2' | 'sbp' | 'hr' | 'temp';
export const PARAMETERS: readonly Parameter[] = [
  'rr',
  'spo2',
  'oxygen',
  'sbp',
  'hr',
  'consciousness',
  'temp',
];
export const NUMBERS: readonly Number5[] = ['rr', 'spo2', 'sbp', 'hr', 'temp'];

export interface Readings {
  readonly rr: number;
  readonly spo2: number;
  readonly on_oxygen: boolean;
  readonly temp_c: number;
  readonly sbp: number;
  readonly dbp: number;
  readonly hr: number;
  readonly acvpu: 'A' | 'C' | 'V' | 'P' | 'U';
}
export interface Record2 {
  readonly now: Readings;
  readonly before: Readings;
  readonly minutes: number;
}

/** What a sentence says, whatever its words. */
export type Claim =
  | { readonly kind: 'value'; readonly vital: Number5; readonly value: number }
  | { readonly kind: 'state'; readonly vital: Number5; readonly state: 'low' | 'high' | 'normal' }
  | { readonly kind: 'course'; readonly vital: Number5; readonly from: number; readonly to: number }
  | { readonly kind: 'way'; readonly vital: Number5; readonly way: 'up' | 'down' }
  | {
      readonly kind: 'change';
      readonly vital: Number5;
      readonly way: 'up' | 'down';
      readonly by: number;
    }
  | { readonly kind: 'points'; readonly parameter: Parameter; readonly points: number }
  | { readonly kind: 'each'; readonly parameters: readonly Parameter[]; readonly points: number }
  | { readonly kind: 'sum'; readonly parameters: readonly Parameter[]; readonly points: number }
  | { readonly kind: 'total'; readonly total: number }
  | { readonly kind: 'total-course'; readonly from: number; readonly to: number }
  | { readonly kind: 'scoring'; readonly count: number }
  | { readonly kind: 'red'; readonly count: number }
  | { readonly kind: 'elapsed'; readonly minutes: number };

/** Each row: the points up to and with a reading. */
const CHART: { readonly [vital in Number5]: readonly (readonly [number, number])[] } = {
  rr: [
    [8, 3],
    [11, 1],
    [20, 0],
    [24, 2],
    [999, 3],
  ],
  spo2: [
    [91, 3],
    [93, 2],
    [95, 1],
    [999, 0],
  ],
  sbp: [
    [90, 3],
    [100, 2],
    [110, 1],
    [219, 0],
    [999, 3],
  ],
  hr: [
    [40, 3],
    [50, 1],
    [90, 0],
    [110, 1],
    [130, 2],
    [999, 3],
  ],
  temp: [
    [35, 3],
    [36, 1],
    [38, 0],
    [39, 1],
    [99, 2],
  ],
};
/** Readings below are low, above are high. */
const ZERO_BAND: { readonly [vital in Number5]: readonly [number, number] } = {
  rr: [12, 20],
  spo2: [96, 100],
  sbp: [111, 219],
  hr: [51, 90],
  temp: [36.1, 38],
};

export function readingOf(set: Readings, vital: Number5): number {
  return vital === 'temp' ? set.temp_c : set[vital];
}
export function pointsOf(set: Readings, parameter: Parameter): number {
  if (parameter === 'oxygen') return set.on_oxygen ? 2 : 0;
  if (parameter === 'consciousness') return set.acvpu === 'A' ? 0 : 3;
  const reading = readingOf(set, parameter);
  return CHART[parameter].find(([most]) => reading <= most)?.[1] ?? 0;
}
export function totalOf(set: Readings): number {
  return PARAMETERS.reduce((sum, parameter) => sum + pointsOf(set, parameter), 0);
}
export function stateOf(set: Readings, vital: Number5): 'low' | 'high' | 'normal' {
  const [least, most] = ZERO_BAND[vital];
  const reading = readingOf(set, vital);
  return reading < least ? 'low' : reading > most ? 'high' : 'normal';
}
export function changeOf({ now, before }: Record2, vital: Number5): number {
  return Math.round((readingOf(now, vital) - readingOf(before, vital)) * 10) / 10;
}

/** Whether the record holds a claim. */
export function isHeld(record: Record2, claim: Claim): boolean {
  const { now, before } = record;
  switch (claim.kind) {
    case 'value':
      return readingOf(now, claim.vital) === claim.value;
    case 'state':
      return stateOf(now, claim.vital) === claim.state;
    case 'course':
      return readingOf(before, claim.vital) === claim.from && readingOf(now, claim.vital) === claim.to;
    case 'way':
      return claim.way === 'up' ? changeOf(record, claim.vital) > 0 : changeOf(record, claim.vital) < 0;
    case 'change':
      return changeOf(record, claim.vital) === (claim.way === 'up' ? claim.by : -claim.by);
    case 'points':
      return pointsOf(now, claim.parameter) === claim.points;
    case 'each':
      return claim.parameters.every((one) => pointsOf(now, one) === claim.points);
    case 'sum':
      return claim.parameters.reduce((sum, one) => sum + pointsOf(now, one), 0) === claim.points;
    case 'total':
      return totalOf(now) === claim.total;
    case 'total-course':
      return totalOf(before) === claim.from && totalOf(now) === claim.to;
    case 'scoring':
      return PARAMETERS.filter((one) => pointsOf(now, one) > 0).length === claim.count;
    case 'red':
      return PARAMETERS.filter((one) => pointsOf(now, one) === 3).length === claim.count;
    case 'elapsed':
      return record.minutes === claim.minutes;
  }
}
