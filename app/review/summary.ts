/** What the ratings say of the raters: how far they agree, and how far each agrees with themselves. */
import { type Agreement, agreementOf } from './agreement.ts';
import { ACCURACIES, disagree, firstOpinions, isDisputed, type Opinion, type ReviewText } from './review.ts';

/** The interval's chance; the figures of a record are the same whenever they are read. */
const SEED = 2011;

export interface AgreementSummary {
  /** Ordinal, of the five steps. */
  readonly helpfulness: Agreement;
  /** Nominal, of the three answers. */
  readonly accuracy: Agreement;
  /** Texts that two or more rated, and of those the ones where no two disagree. */
  readonly shared: number;
  readonly alike: number;
  /** Disputes that an attending settled, and those that wait. */
  readonly settled: number;
  readonly open: number;
}

/** Agreement over first opinions; repeats are the same person's and would flatter it. */
export function agreementSummary(
  texts: readonly Pick<ReviewText, 'ratings' | 'settled'>[],
): AgreementSummary {
  const opinions = texts.map(firstOpinions);
  const shared = texts.filter((_, index) => (opinions[index]?.length ?? 0) >= 2);
  const disputed = shared.filter(isDisputed);
  const settled = disputed.filter((text) => text.settled !== null).length;
  return {
    helpfulness: agreementOf(
      opinions.map((of) => of.map(({ helpfulness }) => helpfulness)),
      'ordinal',
      SEED,
    ),
    accuracy: agreementOf(
      opinions.map((of) => of.map(({ accuracy }) => ACCURACIES.indexOf(accuracy))),
      'nominal',
      SEED,
    ),
    shared: shared.length,
    alike: shared.length - disputed.length,
    settled,
    open: disputed.length - settled,
  };
}

export interface RaterSummary {
  readonly personId: string;
  readonly rated: number;
  /** Texts that came twice, and how often the second answer was no other than the first. */
  readonly repeats: number;
  readonly repeatsAlike: number;
  /** Texts with a settled answer that they rated, and how often theirs is no other. */
  readonly known: number;
  readonly knownAlike: number;
}

/** Each rater's own figures, in the order in which they first appear. */
export function raterSummaries(
  texts: readonly Pick<ReviewText, 'ratings' | 'settled'>[],
): readonly RaterSummary[] {
  const raters = [...new Set(texts.flatMap(({ ratings }) => ratings.map(({ personId }) => personId)))];
  return raters.map((personId) => {
    const own = texts.map(({ ratings, settled }) => ({
      first: ratings.find((one) => one.personId === personId && one.occasion === 'first') ?? null,
      repeat: ratings.find((one) => one.personId === personId && one.occasion === 'repeat') ?? null,
      settled,
    }));
    const repeated = both(own.map(({ first, repeat }) => [first, repeat]));
    const known = both(own.map(({ first, settled }) => [first, settled]));
    return {
      personId,
      rated: own.filter(({ first }) => first !== null).length,
      repeats: repeated.length,
      repeatsAlike: repeated.filter(([one, other]) => !disagree(one, other)).length,
      known: known.length,
      knownAlike: known.filter(([one, other]) => !disagree(one, other)).length,
    };
  });
}

function both(pairs: readonly (readonly [Opinion | null, Opinion | null])[]): [Opinion, Opinion][] {
  return pairs.flatMap(([one, other]): [Opinion, Opinion][] =>
    one === null || other === null ? [] : [[one, other]],
  );
}

/** The middle of some times; null where there are none. */
export function medianMs(times: readonly number[]): number | null {
  const sorted = [...times].sort((one, other) => one - other);
  const middle = sorted[Math.floor((sorted.length - 1) / 2)];
  const next = sorted[Math.ceil((sorted.length - 1) / 2)];
  return middle === undefined || next === undefined ? null : (middle + next) / 2;
}
