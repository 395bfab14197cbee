import fc from 'fast-check';
import type { Token } from 'node-llama-cpp';
import { describe, expect, it } from 'vitest';
import { type Candidate, pick, seededRandom } from './sampling.ts';

/** Tokens are branded numbers; tests make their own. */
function token(value: number): Token {
  return value as Token;
}
const CANDIDATES: Candidate[] = [5, 4, 3, 2, 1].map((logit, index) => ({ token: token(index), logit }));
const greedy = { temperature: 0, topP: 1, random: () => 0.999, banned: new Set<Token>() };

describe('pick', () => {
  it('takes the best at temperature 0, and the next where it is banned', () => {
    expect(pick(CANDIDATES, greedy)?.token).toBe(0);
    expect(pick(CANDIDATES, { ...greedy, banned: new Set([token(0), token(1)]) })?.token).toBe(2);
    expect(pick([], greedy)).toBeNull();
  });

  it('stays inside the nucleus', () => {
    const sampling = { ...greedy, temperature: 1, topP: 0.5 };
    for (const random of [0, 0.5, 0.999])
      expect(pick(CANDIDATES, { ...sampling, random: () => random })?.token).toBe(0);
    expect(pick(CANDIDATES, { ...sampling, topP: 1 })?.token).toBe(4);
  });

  it('never picks a banned token', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        fc.subarray([0, 1, 2, 3]),
        (random, list) => {
          const banned = new Set(list.map(token));
          const picked = pick(CANDIDATES, { temperature: 0.8, topP: 0.95, random: () => random, banned });
          expect(picked === null || banned.has(picked.token)).toBe(false);
        },
      ),
    );
  });
});

describe('seededRandom', () => {
  it('gives the same row for the same seed, within [0, 1)', () => {
    const one = seededRandom(7);
    const other = seededRandom(7);
    const row = Array.from({ length: 50 }, one);
    expect(Array.from({ length: 50 }, other)).toEqual(row);
    expect(row.every((value) => value >= 0 && value < 1)).toBe(true);
    expect(new Set(row).size).toBeGreaterThan(40);
  });
});
