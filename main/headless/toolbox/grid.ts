/**
 * A grid of alerts, and an oracle that reads shown text with no code of the verifier: whatever digits or number
 * words stand in a shown sentence must be the record's.
 */
import type { Score, Vitals } from '../../../app/scoring/score.ts';

/** A small generator with a seed, so that alert N is the same alert everywhere. Source: mulberry32 (public domain). */
function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Vitals of alert `index`: from quiet to very sick, sometimes with values missing. */
export function gridVitals(index: number): Vitals {
  const next = random(index * 7919 + 17);
  const within = (least: number, most: number): number => Math.round(least + next() * (most - least));
  const missing = (): boolean => next() < 0.12;
  const sbp = within(72, 228);
  return {
    rr: missing() ? null : within(6, 38),
    spo2: missing() ? null : within(80, 100),
    on_oxygen: missing() ? null : next() < 0.5,
    temp_c: missing() ? null : within(340, 408) / 10,
    sbp,
    dbp: Math.round(sbp * 0.6),
    hr: within(36, 152),
    acvpu: missing() ? null : ((['A', 'A', 'A', 'C', 'V', 'P', 'U'] as const)[within(0, 6)] ?? 'A'),
  };
}

const NUMBER_WORDS =
  /\b(?:zero|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|half|twice|double|triple)\b/i;

/**
 * Numbers of a shown text that the record does not contain. `allowed` are the record's values, points, total and
 * the response table's times. Digits of SpO2 and NEWS2 are names, not numbers.
 */
export function foreignNumbers(text: string, allowed: ReadonlySet<number>): string[] {
  const claims = text.replaceAll(/SpO2|NEWS2|\[p\d+\]/g, ' ').match(/\p{Nd}+(?:[.,]\p{Nd}+)?/gu) ?? [];
  return claims.filter((claim) => !allowed.has(Number(claim.replace(',', '.'))));
}

/** What the record of an alert allows a text to say: its readings and its points. */
export function recordNumbers(vitals: Vitals, score: Score): ReadonlySet<number> {
  const readings = Object.values(vitals).filter((value) => typeof value === 'number');
  return new Set([...readings, ...('points' in score ? Object.values(score.points) : [])]);
}

export function hasNumberWord(text: string): boolean {
  return NUMBER_WORDS.test(text);
}
