/** Holds the sums in an example against its readings: the early warning score, the mean pressure, the shock index. */
import type { FactsInput } from '../../explanation/explanation.ts';
import { meanArterialPressure, shockIndex } from '../../scoring/derived.ts';
import { scoreNews2 } from '../../scoring/news2.ts';
import type { Vitals } from '../../scoring/score.ts';

const NUMBER = String.raw`(\d{1,3}(?:\.\d{1,2})?)`;
const AFTER = String.raw`[^\d\n.;,|]{0,24}?`;
const READINGS = {
  rr: new RegExp(String.raw`\b(?:RR|resp(?:iratory)?(?:\s+rate)?)\b${AFTER}${NUMBER}`, 'iu'),
  spo2: new RegExp(String.raw`\bSp?O2\b${AFTER}${NUMBER}`, 'iu'),
  hr: new RegExp(String.raw`\b(?:HR|heart\s+rate|pulse)\b${AFTER}${NUMBER}`, 'iu'),
  temp_c: new RegExp(String.raw`\btemp(?:erature)?\b${AFTER}${NUMBER}`, 'iu'),
} as const;
const PRESSURE = new RegExp(String.raw`\b(?:BP|blood\s+pressure)\b${AFTER}${NUMBER}\s?/\s?${NUMBER}`, 'iu');
const OXYGEN =
  /\b(?:on\s+(?:room\s+)?air|room\s+air)\b|\b(?:on\s+)?(?:\d+(?:\.\d)?\s?L(?:\/min)?|oxygen|O2|nasal|mask|cannula)\b/iu;
const LEVELS = [
  [/\b(?:new(?:ly)?\s+confus\w+|confused)\b/iu, 'C'],
  [/\b(?:responds\s+to\s+voice|voice)\b/iu, 'V'],
  [/\b(?:responds\s+to\s+pain|pain\s+only)\b/iu, 'P'],
  [/\bunresponsive\b/iu, 'U'],
  [/\balert\b(?!\s*(?:type|fired|:))/iu, 'A'],
] as const;

/** The readings that a text lists, as far as each is there once and plainly. */
function readingsIn(text: string): Vitals {
  const number = (pattern: RegExp): number | null => {
    const found = pattern.exec(text)?.[1];
    return found === undefined ? null : Number(found);
  };
  const pressure = PRESSURE.exec(text);
  const oxygen = OXYGEN.exec(text)?.[0];
  return {
    rr: number(READINGS.rr),
    spo2: number(READINGS.spo2),
    hr: number(READINGS.hr),
    temp_c: number(READINGS.temp_c),
    sbp: pressure === null ? null : Number(pressure[1]),
    dbp: pressure === null ? null : Number(pressure[2]),
    on_oxygen: oxygen === undefined ? null : !/air/iu.test(oxygen),
    acvpu: LEVELS.find(([pattern]) => pattern.test(text))?.[1] ?? null,
  };
}

const SCORE = /\bNEWS\s?2?(?:\s+score)?\b\s*(?:is|of|=|:|at|was)?\s*(\d{1,2})(?!\d|\.\d)/giu;
const MEAN = new RegExp(
  String.raw`\b(?:MAP|mean\s+arterial\s+pressure)\b\s*(?:is|of|=|:)?\s*${NUMBER}`,
  'iu',
);
const INDEX = /\bshock\s+index\b\s*(?:is|of|=|:)?\s*(\d\.\d{1,2})/iu;
/** A mean pressure may be rounded either way. */
const MEAN_TOLERANCE = 1;
const INDEX_TOLERANCE = 0.051;

/**
 * The first sum that does not hold, in words; null where all do, or where the readings do not suffice to tell.
 *
 * @param text what the example says beside its facts; readings are taken from the facts, else from the text
 */
export function arithmeticFaults(facts: FactsInput | null, text: string): string | null {
  const vitals = facts?.vitals ?? readingsIn(text);
  const score = scoreNews2(vitals);
  if (
    facts?.news2 !== undefined &&
    'complete' in facts.news2 &&
    facts.news2.complete &&
    'complete' in score &&
    score.complete &&
    facts.news2.total !== score.total
  )
    return `The facts say NEWS2 ${facts.news2.total}; these readings give ${score.total}.`;
  if ('complete' in score && score.complete)
    for (const [, told] of text.matchAll(SCORE))
      if (Number(told) !== score.total)
        return `The text says NEWS2 ${told}; these readings give ${score.total}.`;
  const mean = meanArterialPressure(vitals.sbp, vitals.dbp);
  const toldMean = MEAN.exec(text)?.[1];
  if (mean !== null && toldMean !== undefined && Math.abs(Number(toldMean) - mean) > MEAN_TOLERANCE)
    return `The text says a mean pressure of ${toldMean}; these pressures give ${mean}.`;
  const index = shockIndex(vitals.hr, vitals.sbp);
  const toldIndex = INDEX.exec(text)?.[1];
  if (index !== null && toldIndex !== undefined && Math.abs(Number(toldIndex) - index) > INDEX_TOLERANCE)
    return `The text says a shock index of ${toldIndex}; these readings give ${index}.`;
  return null;
}
