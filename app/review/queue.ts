/**
 * What a person is asked to review today. Most of it is what may be wrong (low probability, withheld sentences,
 * disagreement), a part is drawn at random, so that good texts are seen too, and a few come again or have a known answer,
 * so that the raters themselves can be judged. Seeded: the same record, person and day give the same queue.
 */
import { drawn } from './draw.ts';
import { firstOpinions, isDisputed, type ReviewPair, type ReviewText } from './review.ts';

/** Why something is in a queue, the most pressing first. The rater is not told: it would colour the answer. */
export const QUEUE_REASONS = [
  'settle',
  'disagreement',
  // Before its two texts are asked for one by one.
  'pair',
  'withheld',
  'low-probability',
  'gold',
  'repeat',
  'random',
] as const;
export type QueueReason = (typeof QUEUE_REASONS)[number];

/** What a day's queue is made of. Ours; thirty take about ten minutes. */
export const QUEUE_SHARES: Readonly<Record<QueueReason, number>> = {
  settle: 4,
  disagreement: 3,
  withheld: 4,
  'low-probability': 5,
  pair: 4,
  gold: 2,
  repeat: 2,
  random: 6,
};
/** Items a day. */
export const QUEUE_TARGET = Object.values(QUEUE_SHARES).reduce((sum, share) => sum + share, 0);
/** What may take the place of a reason that has too little. A known answer or a repeat is no filling. */
const FILLING: readonly QueueReason[] = [
  'settle',
  'disagreement',
  'withheld',
  'low-probability',
  'random',
  'pair',
];

/** A text comes again at the earliest after a week: by then its rating is forgotten and its rater the same. Ours. */
export const REPEAT_AFTER_MS = 7 * 24 * 3_600_000;
/** More opinions of a disputed text are not asked for: an attending settles it. */
const MOST_RATERS = 3;

export type QueueItem =
  | { readonly kind: 'rate' | 'again'; readonly reason: QueueReason; readonly text: string }
  | { readonly kind: 'settle'; readonly reason: 'settle'; readonly text: string }
  | { readonly kind: 'pair'; readonly reason: 'pair'; readonly first: string; readonly second: string };

export interface QueueInput {
  readonly texts: readonly ReviewText[];
  readonly pairs: readonly ReviewPair[];
  readonly person: { readonly id: string; readonly maySettle: boolean };
  readonly nowMs: number;
  /** The day, say: another seed draws other texts. */
  readonly seed: string;
  /** What this person did today, by reason. */
  readonly done: Readonly<Partial<Record<QueueReason, number>>>;
}

/** Whether a person may rate a text: nobody rates what they treated, nor the same text twice. */
export function mayRate(text: ReviewText, personId: string): boolean {
  return (
    !text.treatedBy.has(personId) &&
    !text.seenBy.has(personId) &&
    !text.ratings.some((rating) => rating.personId === personId)
  );
}

/** Whether it may be put before the person once more: they rated it once, and long ago. */
export function mayRepeat(text: ReviewText, personId: string, nowMs: number): boolean {
  const own = text.ratings.filter((rating) => rating.personId === personId);
  return (
    !text.seenBy.has(personId) && own.length === 1 && own.every(({ atMs }) => nowMs - atMs >= REPEAT_AFTER_MS)
  );
}

/** Whether a person may settle a dispute: neither a side in it nor part of the treatment. */
export function maySettle(text: ReviewText, personId: string): boolean {
  return mayRate(text, personId) && text.settled === null && isDisputed(text);
}

export function mayChoose(pair: ReviewPair, personId: string): boolean {
  return !pair.treatedBy.has(personId) && !pair.chosenBy.has(personId);
}

/** The queue as it is answered, in order; what was done today is not in it. */
export function queueOf(input: QueueInput): readonly QueueItem[] {
  const found = candidates(input);
  const taken = new Map<string, QueueItem>();
  const take = (items: readonly QueueItem[], most: number): void => {
    let left = most;
    for (const item of items) {
      if (left <= 0) return;
      // A text stands once in a queue, whatever speaks for it.
      if (textsOf(item).some((text) => taken.has(text))) continue;
      for (const text of textsOf(item)) taken.set(text, item);
      left -= 1;
    }
  };
  const doneToday = QUEUE_REASONS.reduce((sum, reason) => sum + (input.done[reason] ?? 0), 0);
  const size = (): number => new Set(taken.values()).size;
  for (const reason of QUEUE_REASONS)
    take(
      found[reason],
      Math.min(QUEUE_SHARES[reason] - (input.done[reason] ?? 0), QUEUE_TARGET - doneToday - size()),
    );
  for (const reason of FILLING) take(found[reason], QUEUE_TARGET - doneToday - size());
  const { seed, person } = input;
  // In a drawn order, so that its place does not tell why an item is there.
  return sortedBy([...new Set(taken.values())], (item) => drawn(seed, person.id, ...textsOf(item)));
}

function candidates({
  texts,
  pairs,
  person,
  nowMs,
  seed,
}: QueueInput): Readonly<Record<QueueReason, readonly QueueItem[]>> {
  const fresh = texts.filter((text) => mayRate(text, person.id));
  const toSettle = person.maySettle ? texts.filter((text) => maySettle(text, person.id)) : [];
  const rate = (reason: QueueReason, chosen: readonly ReviewText[]): QueueItem[] =>
    chosen.map(({ id }) => ({ kind: 'rate', reason, text: id }));
  const shuffled = <T extends { readonly id: string }>(chosen: readonly T[]): T[] =>
    sortedBy(chosen, ({ id }) => drawn(seed, person.id, id));
  return {
    settle: sortedBy(toSettle, ({ id }) => drawn(seed, id)).map(({ id }) => ({
      kind: 'settle',
      reason: 'settle',
      text: id,
    })),
    disagreement: rate(
      'disagreement',
      shuffled(
        fresh.filter(
          (text) => text.settled === null && isDisputed(text) && firstOpinions(text).length < MOST_RATERS,
        ),
      ),
    ),
    withheld: rate(
      'withheld',
      sortedBy(
        fresh.filter(({ withheld }) => withheld > 0),
        ({ withheld, id }) => -withheld + drawn(seed, id),
      ),
    ),
    'low-probability': rate(
      'low-probability',
      sortedBy(
        fresh.filter(({ uncertain, probability }) => uncertain && probability !== null),
        ({ probability }) => probability ?? 1,
      ),
    ),
    pair: sortedBy(
      pairs.filter((pair) => mayChoose(pair, person.id)),
      ({ first, second }) => drawn(seed, person.id, first, second),
    ).map(({ first, second }) => ({ kind: 'pair', reason: 'pair', first, second })),
    gold: rate('gold', shuffled(fresh.filter(({ settled }) => settled !== null))),
    repeat: shuffled(texts.filter((text) => mayRepeat(text, person.id, nowMs))).map(({ id }) => ({
      kind: 'again',
      reason: 'repeat',
      text: id,
    })),
    // The same for everybody on a day: only what two have rated tells whether raters agree.
    random: rate(
      'random',
      sortedBy(
        fresh.filter(({ settled }) => settled === null),
        ({ id }) => drawn(seed, id),
      ),
    ),
  };
}

function textsOf(item: QueueItem): readonly string[] {
  return item.kind === 'pair' ? [item.first, item.second] : [item.text];
}

function sortedBy<T>(list: readonly T[], key: (one: T) => number): T[] {
  return list
    .map((one) => ({ one, at: key(one) }))
    .sort((a, b) => a.at - b.at)
    .map(({ one }) => one);
}
