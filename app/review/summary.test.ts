import { expect, test } from 'vitest';
import type { Accuracy, ReviewText } from './review.ts';
import { agreementSummary, medianMs, raterSummaries } from './summary.ts';
import { type GivenOpinion, teachingOpinions } from './teaching.ts';

const rating = (personId: string, helpfulness: number, occasion: 'first' | 'repeat' = 'first') => ({
  personId,
  helpfulness,
  accuracy: 'accurate' as const,
  occasion,
  atMs: 0,
});
const text = (
  ratings: ReviewText['ratings'],
  settled: ReviewText['settled'] = null,
): Pick<ReviewText, 'ratings' | 'settled'> => ({ ratings, settled });

const TEXTS = [
  text([rating('a', 4), rating('b', 5), rating('a', 4, 'repeat')]),
  text([rating('a', 1), rating('b', 5), rating('a', 4, 'repeat')]),
  text([rating('a', 2), rating('b', 4)], { helpfulness: 4, accuracy: 'accurate' }),
  text([rating('a', 3)]),
];

test('shared texts, disputes and who settled them are counted from first opinions', () => {
  const summary = agreementSummary(TEXTS);
  expect(summary).toMatchObject({ shared: 3, alike: 1, settled: 1, open: 1 });
  expect(summary.helpfulness.units).toBe(3);
  // Everybody said "accurate": there is nothing to agree about.
  expect(summary.accuracy.alpha).toBeNull();
});

test('each rater is held against themselves and against what was settled', () => {
  expect(raterSummaries(TEXTS)).toEqual([
    { personId: 'a', rated: 4, repeats: 2, repeatsAlike: 1, known: 1, knownAlike: 0 },
    { personId: 'b', rated: 3, repeats: 0, repeatsAlike: 0, known: 1, knownAlike: 1 },
  ]);
});

test('the median of times', () => {
  expect(medianMs([])).toBeNull();
  expect(medianMs([9, 1, 5])).toBe(5);
  expect(medianMs([1, 5, 9, 11])).toBe(7);
});

const given = (
  act: string,
  personId: string,
  helpfulness: number,
  more: { accuracy?: Accuracy; settles?: boolean; atMs?: number } = {},
): GivenOpinion => ({
  act,
  explanationId: 'text',
  personId,
  helpfulness,
  accuracy: 'accurate',
  settles: false,
  atMs: 0,
  ...more,
});
const acts = (opinions: readonly GivenOpinion[]) => teachingOpinions(opinions).map(({ act }) => act);

test('a dispute teaches nothing until it is settled; a later word of one person replaces the earlier', () => {
  expect(acts([given('1', 'a', 5), given('2', 'b', 4)])).toEqual(['1', '2']);
  expect(acts([given('1', 'a', 5), given('2', 'b', 1)])).toEqual([]);
  expect(acts([given('1', 'a', 5), given('2', 'b', 1), given('3', 'c', 4, { settles: true })])).toEqual([
    '3',
  ]);
  expect(acts([given('1', 'a', 1), given('2', 'a', 5, { atMs: 9 })])).toEqual(['2']);
});
