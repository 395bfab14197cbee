/** What is reviewed and by whom: explanations that clinicians rate away from the bed, without knowing who wrote them. */

export const ACCURACIES = ['accurate', 'inaccurate', 'unsure'] as const;
export type Accuracy = (typeof ACCURACIES)[number];

export interface Opinion {
  /** 1 (not at all helpful) to 5 (very). */
  readonly helpfulness: number;
  readonly accuracy: Accuracy;
}

export interface ReviewRating extends Opinion {
  readonly personId: string;
  /** `repeat`: shown a second time to the same person, to see whether they answer alike. */
  readonly occasion: 'first' | 'repeat';
  readonly atMs: number;
}

/** An explanation that may be reviewed. */
export interface ReviewText {
  /** Of the explanation. */
  readonly id: string;
  /** The explanation's probability, 0 to 1; null where no sentence of a model is shown. */
  readonly probability: number | null;
  /** The site's policy does not show it without a warning. */
  readonly uncertain: boolean;
  /** How many of its sentences were withheld. */
  readonly withheld: number;
  /** Who acted on its alert, charted the patient's vitals about then, or rated it at the bed. */
  readonly treatedBy: ReadonlySet<string>;
  /** Who knows more of it than a rater should: they settled it, or chose between it and another and were told who wrote it. */
  readonly seenBy: ReadonlySet<string>;
  readonly ratings: readonly ReviewRating[];
  /** What an attending settled; null: nothing had to be, or it is still open. */
  readonly settled: Opinion | null;
}

/** Two texts of one alert. */
export interface ReviewPair {
  readonly first: string;
  readonly second: string;
  readonly treatedBy: ReadonlySet<string>;
  readonly chosenBy: ReadonlySet<string>;
}

/** Steps of helpfulness from which two raters disagree. Ours: one step apart is the scale's own noise. */
const STEPS_APART = 2;

/** Whether two people say different things of one text: "unsure" contradicts neither answer. */
export function disagree(one: Opinion, other: Opinion): boolean {
  const sure = one.accuracy !== 'unsure' && other.accuracy !== 'unsure';
  return (
    (sure && one.accuracy !== other.accuracy) || Math.abs(one.helpfulness - other.helpfulness) >= STEPS_APART
  );
}

/** Each person's first opinion; what they said when it came again is for their consistency alone. */
export function firstOpinions(text: Pick<ReviewText, 'ratings'>): readonly ReviewRating[] {
  return text.ratings.filter(({ occasion }) => occasion === 'first');
}

/** Whether any two of the raters disagree. */
export function isDisputed(text: Pick<ReviewText, 'ratings'>): boolean {
  const opinions = firstOpinions(text);
  return opinions.some((one, index) => opinions.slice(index + 1).some((other) => disagree(one, other)));
}
