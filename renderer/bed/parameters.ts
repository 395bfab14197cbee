/** The seven parameters of the chart as a screen shows them: which reading stands for each, its text and its unit. */
import { codeWords, type LanguageCode, screenWords } from '../../app/language/language.ts';
import type { Reading } from '../../app/observation/reading.ts';
import type { Vital } from '../../app/observation/vital.ts';
import { isApplicable, NEWS2_PARAMETERS, type News2Parameter, type Score } from '../../app/scoring/score.ts';
import type { Points } from '../design/index.ts';
import { readingsOf, type ScoreNow, type ShownBed } from '../shell/index.ts';

export interface ShownParameter {
  readonly parameter: News2Parameter;
  readonly reading: Reading;
  /** Null: it scores, and nobody knows what. */
  readonly points: Points;
  readonly format: (value: number | boolean | string) => string;
  readonly unit: string;
}

/** Vitals that may stand for a parameter, the preferred one first. */
export const VITALS_OF: { readonly [parameter in News2Parameter]: readonly Vital[] } = {
  rr: ['rr', 'rr_pleth'],
  spo2: ['spo2'],
  oxygen: ['on_oxygen', 'o2_flow', 'fio2'],
  sbp: ['sbp_art', 'sbp', 'sbp_nibp'],
  hr: ['hr', 'pulse_art', 'pulse'],
  consciousness: ['acvpu'],
  temp: ['temp_c'],
};
const DIASTOLIC_OF: { readonly [systolic: string]: Vital } = {
  sbp_art: 'dbp_art',
  sbp: 'dbp',
  sbp_nibp: 'dbp_nibp',
};
export const UNIT_OF: { readonly [parameter in News2Parameter]: string } = {
  rr: '/min',
  spo2: '%',
  oxygen: '',
  sbp: 'mmHg',
  hr: '/min',
  consciousness: '',
  temp: '°C',
};

type Readings = Record<Vital, Reading>;

/** The diastolic reading of the site whose systolic pressure is shown. */
export function diastolicOf(shown: ScoreNow, readings: Readings): Reading {
  return readings[DIASTOLIC_OF[standingFor('sbp', shown, readings)] ?? 'dbp'];
}

/** Every parameter of a bed at `now`, in the chart's order. */
export function parametersOf(
  bed: ShownBed,
  shown: ScoreNow,
  now: number,
  language: LanguageCode,
): readonly ShownParameter[] {
  const readings = readingsOf(bed, now);
  return NEWS2_PARAMETERS.map((parameter) => {
    const vital = standingFor(parameter, shown, readings);
    return {
      parameter,
      reading: readings[vital],
      points: pointsOf(shown.score, parameter),
      ...writing(parameter, vital, readings, language),
    };
  });
}

/** Points of a parameter in a score; null where it has none, because it is missing or no score applies. */
export function pointsOf(score: Score, parameter: News2Parameter): Points {
  if (!isApplicable(score)) return null;
  switch (score.points[parameter]) {
    case 0:
      return 0;
    case 1:
      return 1;
    case 2:
      return 2;
    case 3:
      return 3;
    default:
      return null;
  }
}

/** What scores, else the freshest of what could: an old value's age tells more than "never". */
function standingFor(parameter: News2Parameter, shown: ScoreNow, readings: Readings): Vital {
  const scoring = shown.inputs[parameter]?.vital;
  if (scoring !== undefined) return scoring;
  const candidates = VITALS_OF[parameter];
  const [first] = candidates;
  const known = candidates.filter((vital) => {
    const reading = readings[vital];
    return reading.state !== 'missing' || reading.lastObservedAt !== null;
  });
  return known.toSorted((a, b) => lastSeen(readings[b]) - lastSeen(readings[a]))[0] ?? first ?? 'rr';
}

function lastSeen(reading: Reading): number {
  const at = reading.state === 'missing' ? reading.lastObservedAt : reading.observed.observedAt;
  return at === null ? Number.NEGATIVE_INFINITY : Date.parse(at);
}

function writing(
  parameter: News2Parameter,
  vital: Vital,
  readings: Readings,
  language: LanguageCode,
): Pick<ShownParameter, 'format' | 'unit'> {
  const unit = UNIT_OF[parameter];
  switch (parameter) {
    case 'sbp': {
      const diastolic = readings[DIASTOLIC_OF[vital] ?? 'dbp'];
      return {
        unit,
        format: (value) =>
          `${value}/${diastolic.state === 'missing' ? '—' : String(diastolic.observed.value)}`,
      };
    }
    case 'temp':
      return { unit, format: (value) => (typeof value === 'number' ? value.toFixed(1) : String(value)) };
    case 'oxygen':
      return oxygenWriting(readings, language);
    case 'consciousness':
      return {
        unit: acvpuWord(readings.acvpu, language),
        format: (value) => (value === 'A' ? capital(codeWords(language).acvpu.A) : String(value)),
      };
    default:
      return { unit, format: String };
  }
}

function acvpuWord(reading: Reading, language: LanguageCode): string {
  if (reading.state === 'missing' || reading.observed.value === 'A') return '';
  const words: Readonly<Record<string, string>> = codeWords(language).acvpu;
  return words[String(reading.observed.value)] ?? '';
}

/** A flow or a fraction where one is known; else the words for air and oxygen. */
function oxygenWriting(readings: Readings, language: LanguageCode): Pick<ShownParameter, 'format' | 'unit'> {
  const words = screenWords(language);
  const { o2_flow: flow, fio2 } = readings;
  const onAir = readings.on_oxygen.state !== 'missing' && readings.on_oxygen.observed.value === false;
  if (!onAir && flow.state !== 'missing' && Number(flow.observed.value) > 0)
    return { unit: 'L/min', format: () => String(flow.observed.value) };
  if (!onAir && fio2.state !== 'missing') return { unit: '%', format: () => String(fio2.observed.value) };
  return { unit: '', format: (value) => (value === false ? words.ward.air : words.entry.onOxygen) };
}

function capital(word: string): string {
  return word.charAt(0).toLocaleUpperCase() + word.slice(1);
}
