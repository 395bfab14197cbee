/** Facts and tables for the tests of this folder. No part of the program imports it. */
import type { Acvpu } from '../observation/vital.ts';
import type { Vitals } from '../scoring/score.ts';
import type { FactsInput, FindingRule } from './explanation.ts';
import { completeFacts, type Facts } from './facts.ts';
import { guardText } from './verifier/verifier.ts';

/** A sick adult: total 12, everything measured, one reading an hour before. */
export const SICK: Facts = completeFacts({
  vitals: { rr: 26, spo2: 92, on_oxygen: true, temp_c: 38.4, sbp: 95, dbp: 60, hr: 118, acvpu: 'A' },
  previous: {
    vitals: { rr: 20, spo2: 95, on_oxygen: false, temp_c: 38.4, sbp: 110, dbp: 70, hr: 100, acvpu: 'A' },
    minutes_ago: 60,
  },
});

/** A test runner's `it`; handed in, because `app/` imports no test tool. */
type It = (name: string, run: () => void) => unknown;

/** Each text must be blocked, and for this rule. */
export function blocks(it: It, rule: FindingRule, texts: readonly string[], facts: Facts = SICK): void {
  for (const text of texts)
    it(`blocks (${rule}): ${text}`, () => {
      const rules = guardText(facts, text).findings.map((finding) => finding.rule);
      if (!rules.includes(rule)) throw new Error(`"${text}" gave ${rules.join(', ') || 'no finding'}`);
    });
}

/** Each text must pass every rule. */
export function passes(it: It, texts: readonly string[], facts: Facts = SICK): void {
  for (const text of texts)
    it(`passes: ${text}`, () => {
      const { verdict, findings } = guardText(facts, text);
      if (verdict !== 'pass') throw new Error(`"${text}" gave ${JSON.stringify(findings)}`);
    });
}

/** How many numbers in [0, 1) one set of vitals and a whole input are made of. */
const VITALS_LENGTH = 9;
export const INPUT_LENGTH = 2 * VITALS_LENGTH + 1;
/** Below this share a value is missing; it is also what a shrinking property test comes down to. */
const MISSING_BELOW = 0.17;
const LEVELS: readonly Acvpu[] = ['A', 'C', 'V', 'P', 'U'];

function between(share: number | undefined, least: number, most: number): number | null {
  if (share === undefined || share < MISSING_BELOW) return null;
  return Math.round(least + ((share - MISSING_BELOW) / (1 - MISSING_BELOW)) * (most - least));
}

function vitalsFrom(shares: readonly number[]): Vitals {
  const [rr, spo2, scale = 0, oxygen, temp, sbp, dbp, hr, acvpu] = shares;
  const tenths = between(temp, 330, 420);
  const level = between(acvpu, 0, LEVELS.length - 1);
  const on = between(oxygen, 0, 1);
  return {
    rr: between(rr, 3, 60),
    spo2: between(spo2, 60, 100),
    spo2_scale: scale < 0.5 ? 1 : 2,
    on_oxygen: on === null ? null : on === 1,
    temp_c: tenths === null ? null : tenths / 10,
    sbp: between(sbp, 60, 250),
    dbp: between(dbp, 30, 59),
    hr: between(hr, 25, 200),
    acvpu: level === null ? null : (LEVELS[level] ?? null),
  };
}

/** Any facts input: anything a chart may hold, anything missing. For property tests. */
export function inputFrom(shares: readonly number[]): FactsInput {
  const minutes_ago = between(shares[2 * VITALS_LENGTH], 1, 720);
  return {
    vitals: vitalsFrom(shares.slice(0, VITALS_LENGTH)),
    previous: minutes_ago === null ? null : { vitals: vitalsFrom(shares.slice(VITALS_LENGTH)), minutes_ago },
  };
}
