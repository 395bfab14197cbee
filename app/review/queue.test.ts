import fc from 'fast-check';
import { expect, test } from 'vitest';
import { preferred, sidesOf } from './pairs.ts';
import { QUEUE_SHARES, QUEUE_TARGET, type QueueInput, queueOf, REPEAT_AFTER_MS } from './queue.ts';
import { ACCURACIES, isDisputed, type ReviewPair, type ReviewText } from './review.ts';

const NOW = Date.UTC(2026, 8, 12, 12);
const PEOPLE = ['me', 'ravi', 'sana'] as const;

const person = fc.constantFrom(...PEOPLE);
const opinion = { helpfulness: fc.integer({ min: 1, max: 5 }), accuracy: fc.constantFrom(...ACCURACIES) };
const rating = fc.record({
  ...opinion,
  personId: person,
  occasion: fc.constant('first' as const),
  atMs: fc.integer({ min: NOW - 3 * REPEAT_AFTER_MS, max: NOW }),
});
const some = fc.array(person, { maxLength: 2 }).map((people) => new Set<string>(people));
const textOf = (id: string): fc.Arbitrary<ReviewText> =>
  fc.record({
    id: fc.constant(id),
    probability: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
    uncertain: fc.boolean(),
    withheld: fc.integer({ min: 0, max: 3 }),
    treatedBy: some,
    seenBy: some,
    ratings: fc.uniqueArray(rating, { selector: ({ personId }) => personId, maxLength: 3 }),
    settled: fc.option(fc.record(opinion)),
  });
const input: fc.Arbitrary<QueueInput> = fc.integer({ min: 0, max: 60 }).chain((many) =>
  fc.record({
    texts: fc.tuple(...Array.from({ length: many }, (_, index) => textOf(`text-${index}`))),
    pairs: fc.array(
      fc.record({
        first: fc.integer({ min: 0, max: 9 }).map((n) => `text-${n}`),
        second: fc.integer({ min: 10, max: 19 }).map((n) => `text-${n}`),
        treatedBy: some,
        chosenBy: some,
      }),
      { maxLength: 8 },
    ),
    person: fc.record({ id: fc.constant('me'), maySettle: fc.boolean() }),
    nowMs: fc.constant(NOW),
    seed: fc.constantFrom('monday', 'tuesday'),
    done: fc.record({ random: fc.integer({ min: 0, max: 6 }), pair: fc.integer({ min: 0, max: 4 }) }),
  }),
);

test('nobody gets what they treated, nothing stands there twice, and a day has its measure', () => {
  fc.assert(
    fc.property(input, (given) => {
      const queue = queueOf(given);
      const done = (given.done.random ?? 0) + (given.done.pair ?? 0);
      expect(queue.length + done).toBeLessThanOrEqual(Math.max(QUEUE_TARGET, done));
      const named = queue.flatMap((item) => (item.kind === 'pair' ? [item.first, item.second] : [item.text]));
      expect(new Set(named).size).toBe(named.length);
      for (const item of queue) {
        if (item.kind === 'pair') {
          const pair = given.pairs.find(
            (one) =>
              one.first === item.first &&
              one.second === item.second &&
              !one.treatedBy.has('me') &&
              !one.chosenBy.has('me'),
          );
          expect(pair).toBeDefined();
          continue;
        }
        const text = given.texts.find(({ id }) => id === item.text);
        const own = text?.ratings.filter(({ personId }) => personId === 'me') ?? [];
        if (item.kind === 'again')
          expect(NOW - (own[0]?.atMs ?? NOW)).toBeGreaterThanOrEqual(REPEAT_AFTER_MS);
        else {
          expect(text?.treatedBy.has('me')).toBe(false);
          expect(text?.seenBy.has('me')).toBe(false);
          expect(own).toEqual([]);
        }
        if (item.kind === 'settle') {
          expect(given.person.maySettle && text !== undefined && isDisputed(text)).toBe(true);
          expect(text?.settled).toBeNull();
        }
      }
    }),
    { numRuns: 150 },
  );
});

test('the same record gives the same queue, in whatever order it was read', () => {
  fc.assert(
    fc.property(input, (given) => {
      const turned = { ...given, texts: [...given.texts].reverse(), pairs: [...given.pairs] };
      expect(queueOf(turned)).toEqual(queueOf(given));
    }),
    { numRuns: 80 },
  );
});

const plain = (id: string, more: Partial<ReviewText> = {}): ReviewText => ({
  id,
  probability: 0.95,
  uncertain: false,
  withheld: 0,
  treatedBy: new Set(),
  seenBy: new Set(),
  ratings: [],
  settled: null,
  ...more,
});
const rated = (personId: string, helpfulness: number, agoMs = 0) => ({
  personId,
  helpfulness,
  accuracy: 'accurate' as const,
  occasion: 'first' as const,
  atMs: NOW - agoMs,
});

test('each reason has its share of a day, and the rest is drawn at random', () => {
  const many = (prefix: string, more: Partial<ReviewText>): ReviewText[] =>
    Array.from({ length: 20 }, (_, index) => plain(`${prefix}-${index}`, more));
  const pairs: ReviewPair[] = Array.from({ length: 20 }, (_, index) => ({
    first: `one-${index}`,
    second: `two-${index}`,
    treatedBy: new Set(),
    chosenBy: new Set(),
  }));
  const dispute = [rated('ravi', 1), rated('sana', 5)];
  const queue = queueOf({
    texts: [
      ...many('low', { uncertain: true, probability: 0.5 }),
      ...many('held', { withheld: 1 }),
      ...many('dispute', { ratings: dispute }),
      ...many('gold', { settled: { helpfulness: 4, accuracy: 'accurate' } }),
      ...many('again', { ratings: [rated('me', 3, REPEAT_AFTER_MS)] }),
      ...many('plain', {}),
    ],
    pairs,
    person: { id: 'me', maySettle: true },
    nowMs: NOW,
    seed: 'monday',
    done: {},
  });
  const counted: Record<string, number> = {};
  for (const { reason } of queue) counted[reason] = (counted[reason] ?? 0) + 1;
  expect(counted).toEqual(QUEUE_SHARES);
});

test('what a person did today is not asked for again', () => {
  const texts = Array.from({ length: 40 }, (_, index) => plain(`text-${index}`));
  const base = { texts, pairs: [], person: { id: 'me', maySettle: false }, nowMs: NOW, seed: 'monday' };
  expect(queueOf({ ...base, done: {} })).toHaveLength(QUEUE_TARGET);
  expect(queueOf({ ...base, done: { random: 12 } })).toHaveLength(QUEUE_TARGET - 12);
});

test('sides are drawn for each person and pair, and stay', () => {
  const left = Array.from({ length: 400 }, (_, index) => {
    const pair = { first: `a-${index}`, second: `b-${index}` };
    const sides = sidesOf(pair, 'me');
    expect(sidesOf(pair, 'me')).toEqual(sides);
    expect([sides.left, sides.right].sort()).toEqual([pair.first, pair.second]);
    expect(preferred(sides, 'left')).toBe(sides.left);
    expect(preferred(sides, 'right')).toBe(sides.right);
    expect(preferred(sides, 'same')).toBeNull();
    return sides.left === pair.first;
  }).filter(Boolean).length;
  expect(left).toBeGreaterThan(160);
  expect(left).toBeLessThan(240);
});
