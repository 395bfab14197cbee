/**
 * Invented readings of each scenario, in three severities, with natural variation. The ranges say what such patients'
 * monitors show, not how the disease is known; ours, after the clinical pictures in the sources of
 * `resources/knowledge/library.json`.
 */
import type { FactsInput } from '../../explanation/explanation.ts';
import type { Acvpu } from '../../observation/vital.ts';
import { scoreNews2 } from '../../scoring/news2.ts';
import type { Vitals } from '../../scoring/score.ts';
import type { Scenario } from '../examples/example.ts';
import type { Chance } from '../random.ts';

export const SEVERITIES = ['mild', 'moderate', 'severe'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** Where each number lies in an adult at rest, and how far severity moves it (per step of three). */
interface Course {
  readonly rr?: number;
  readonly spo2?: number;
  readonly temp?: number;
  readonly sbp?: number;
  readonly hr?: number;
  /** Share of patients on oxygen, and with altered consciousness, per step. */
  readonly oxygen?: number;
  readonly altered?: number;
  readonly levels?: readonly Acvpu[];
}

const NORMAL = { rr: 16, spo2: 97, temp: 36.9, sbp: 124, hr: 78 } as const;
const SPREAD = { rr: 2.5, spo2: 1.2, temp: 0.35, sbp: 9, hr: 9 } as const;

const COURSES: { readonly [scenario in Scenario]: Course } = {
  'early-sepsis': {
    rr: 4,
    spo2: -1.5,
    temp: 0.9,
    sbp: -12,
    hr: 17,
    oxygen: 0.15,
    altered: 0.12,
    levels: ['C'],
  },
  'acute-respiratory-failure': { rr: 6, spo2: -3.5, hr: 13, oxygen: 0.32, altered: 0.1, levels: ['C', 'V'] },
  'diabetic-ketoacidosis': { rr: 6, sbp: -8, hr: 15, altered: 0.1, levels: ['C', 'V'] },
  'acute-coronary-syndrome': { rr: 2.5, spo2: -1, sbp: -11, hr: 12, oxygen: 0.12 },
  'heat-stroke': { rr: 4, temp: 1.2, sbp: -9, hr: 19, altered: 0.25, levels: ['C', 'V', 'P'] },
  'snake-bite': { rr: 1.5, spo2: -1.5, sbp: -8, hr: 10, oxygen: 0.15, altered: 0.1, levels: ['C', 'V'] },
  haemorrhage: { rr: 3.5, sbp: -16, hr: 20, temp: -0.3, altered: 0.08, levels: ['C', 'V'] },
  arrhythmia: { sbp: -10, hr: 27, rr: 2 },
  'neurological-decline': { rr: -2, sbp: 22, hr: -9, altered: 0.34, levels: ['C', 'V', 'P', 'U'] },
  'sedative-respiratory-depression': {
    rr: -3,
    spo2: -2.5,
    sbp: -6,
    hr: -6,
    oxygen: 0.15,
    altered: 0.28,
    levels: ['V', 'P'],
  },
  hypothermia: { rr: -2, temp: -1, sbp: -9, hr: -11, altered: 0.15, levels: ['C', 'V'] },
  dengue: { rr: 2, temp: 0.8, sbp: -11, hr: 14, altered: 0.05, levels: ['C'] },
  organophosphate: { rr: 4, spo2: -3, hr: -10, sbp: -5, oxygen: 0.2, altered: 0.2, levels: ['C', 'V', 'P'] },
  renal: { rr: 4, sbp: 20, spo2: -1.5, hr: 6, oxygen: 0.1, altered: 0.08, levels: ['C'] },
  stable: {},
  artefact: { spo2: -5 },
  refusal: { rr: 3, hr: 12 },
  adversarial: { rr: 3, sbp: -9, hr: 12 },
};
/** Plausible ends of the numbers that a case may hold; within what the intake takes. */
const ENDS = { rr: [5, 48], spo2: [68, 100], temp: [31.5, 42], sbp: [62, 236], hr: [32, 188] } as const;
/** Diastolic pressure as a share of the systolic. */
const DIASTOLIC = { least: 0.5, most: 0.68 } as const;

/** Near a bell: the sum of three even chances, in [-1.5, 1.5]. */
function bell(chance: Chance): number {
  return chance.next() + chance.next() + chance.next() - 1.5;
}

function vitalsAt(course: Course, step: number, chance: Chance, keepAlert: boolean): Vitals {
  const number = (name: keyof typeof NORMAL, decimals: 0 | 1): number => {
    const drawn = NORMAL[name] + (course[name] ?? 0) * step + bell(chance) * SPREAD[name] * (1 + step * 0.25);
    const [least, most] = ENDS[name];
    return Number(Math.min(most, Math.max(least, drawn)).toFixed(decimals));
  };
  const sbp = number('sbp', 0);
  const altered = !keepAlert && chance.is((course.altered ?? 0) * step);
  return {
    rr: number('rr', 0),
    spo2: number('spo2', 0),
    on_oxygen: chance.is((course.oxygen ?? 0.02) * step),
    temp_c: number('temp', 1),
    sbp,
    dbp: Math.round(sbp * (DIASTOLIC.least + chance.next() * (DIASTOLIC.most - DIASTOLIC.least))),
    hr: number('hr', 0),
    acvpu: altered && course.levels !== undefined ? chance.pick(course.levels) : 'A',
  };
}

/** One invented patient's facts: readings of now, in half the cases readings of before, now and then one missing. */
export function inventedFacts(scenario: Scenario, severity: Severity, chance: Chance): FactsInput {
  const course = COURSES[scenario];
  const step = SEVERITIES.indexOf(severity) + 1;
  const vitals = vitalsAt(course, scenario === 'stable' ? 0.3 : step, chance, false);
  const before = chance.is(0.5) ? vitalsAt(course, Math.max(0, step - 1), chance, true) : null;
  if (chance.is(0.08)) vitals[chance.pick(['temp_c', 'acvpu', 'rr'] as const)] = null;
  return {
    vitals,
    previous:
      before === null ? null : { vitals: before, minutes_ago: chance.pick([15, 30, 45, 60, 90, 120, 240]) },
    news2: scoreNews2(vitals),
  };
}
