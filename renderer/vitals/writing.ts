/** How the value of each parameter is written: in a ward's tile, and large at the bed. Pure. */
import { codeWords, type LanguageCode, screenWords } from '../../app/language/language.ts';
import type { ObservedValue, Reading } from '../../app/observation/reading.ts';
import type { ScoringVitals } from '../../app/observation/scoring-vitals.ts';
import { ACVPU, type NumericVital, VITAL_RANGES } from '../../app/observation/vital.ts';
import {
  NEWS2_PARAMETERS,
  type News2Parameter,
  type Score,
  VITAL_OF_PARAMETER,
} from '../../app/scoring/score.ts';
import type { Points } from '../design/index.ts';
import { diastolicOf, pointsOf, type Readings, readingOf } from './standing.ts';

type Value = ObservedValue['value'];
type Inputs = ScoringVitals['inputs'];

export const UNIT_OF: { readonly [parameter in News2Parameter]: string } = {
  rr: '/min',
  spo2: '%',
  oxygen: '',
  sbp: 'mmHg',
  hr: '/min',
  consciousness: '',
  temp: '°C',
};

/** A number at the resolution of its parameter; anything else as it is. */
export function valueText(parameter: News2Parameter, value: Value): string {
  const vital = VITAL_OF_PARAMETER[parameter];
  return vital === 'on_oxygen' || vital === 'acvpu' ? String(value) : numberText(vital, value);
}

/** A value as a tile or a row writes it: the unit stands in the value only for oxygen. */
export function formatOf(
  parameter: News2Parameter,
  readings: Readings,
  inputs: Inputs,
  air: string,
  oxygen: string,
): (value: Value) => string {
  switch (parameter) {
    case 'oxygen': {
      const given = oxygenGiven(readings);
      return (value) =>
        value === false ? air : given === null ? oxygen : `${given.amount}\u00a0${given.shortUnit}`;
    }
    case 'sbp':
      return pressureFormat(readings, inputs);
    default:
      return (value) => valueText(parameter, value);
  }
}

export interface ShownParameter {
  readonly parameter: News2Parameter;
  readonly reading: Reading;
  /** Null: it scores, and nobody knows what. Undefined: no score applies. */
  readonly points: Points | undefined;
  readonly format: (value: Value) => string;
  readonly unit: string;
}

/** Every parameter as the bed shows it, in the chart's order. */
export function shownParameters(
  readings: Readings,
  { score, inputs }: { readonly score: Score; readonly inputs: Inputs },
  language: LanguageCode,
): readonly ShownParameter[] {
  return NEWS2_PARAMETERS.map((parameter) => ({
    parameter,
    reading: readingOf(parameter, readings, inputs),
    points: pointsOf(parameter, score),
    ...writing(parameter, readings, inputs, language),
  }));
}

function writing(
  parameter: News2Parameter,
  readings: Readings,
  inputs: Inputs,
  language: LanguageCode,
): Pick<ShownParameter, 'format' | 'unit'> {
  const unit = UNIT_OF[parameter];
  switch (parameter) {
    case 'sbp':
      return { unit, format: pressureFormat(readings, inputs) };
    case 'oxygen': {
      const given = oxygenGiven(readings);
      if (given !== null) return { unit: given.unit, format: () => given.amount };
      const { ward, entry } = screenWords(language);
      return { unit, format: (value) => (value === false ? ward.air : entry.onOxygen) };
    }
    case 'consciousness':
      return {
        unit: acvpuWord(readings.acvpu, language),
        format: (value) => (value === 'A' ? capital(codeWords(language).acvpu.A) : String(value)),
      };
    default:
      return { unit, format: (value) => valueText(parameter, value) };
  }
}

function numberText(vital: NumericVital, value: Value): string {
  return typeof value === 'number' ? value.toFixed(VITAL_RANGES[vital].decimals) : String(value);
}

/** Both pressures of one site; "—" where the diastolic one is missing. */
function pressureFormat(readings: Readings, inputs: Inputs): (value: Value) => string {
  const diastolic = diastolicOf(readings, inputs);
  const second = diastolic.state === 'missing' ? '—' : numberText('dbp', diastolic.observed.value);
  return (value) => `${numberText('sbp', value)}/${second}`;
}

interface OxygenGiven {
  readonly amount: string;
  readonly unit: string;
  readonly shortUnit: string;
}

/** Flow or fraction where one is known; null on air, and where only the bare fact is known. */
function oxygenGiven({ on_oxygen: fact, o2_flow: flow, fio2 }: Readings): OxygenGiven | null {
  if (fact.state !== 'missing' && fact.observed.value === false) return null;
  if (flow.state !== 'missing' && Number(flow.observed.value) > 0)
    return { amount: String(flow.observed.value), unit: 'L/min', shortUnit: 'L' };
  if (fio2.state !== 'missing') return { amount: String(fio2.observed.value), unit: '%', shortUnit: '%' };
  return null;
}

/** What a letter other than A stands for, beside it. */
function acvpuWord(reading: Reading, language: LanguageCode): string {
  if (reading.state === 'missing' || reading.observed.value === 'A') return '';
  const level = ACVPU.find((one) => one === reading.observed.value);
  return level === undefined ? '' : codeWords(language).acvpu[level];
}

function capital(word: string): string {
  return word.charAt(0).toLocaleUpperCase() + word.slice(1);
}
