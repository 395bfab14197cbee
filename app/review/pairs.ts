/** Two texts side by side: who wrote which is not seen, and which stands at the left is drawn. */
import { drawn } from './draw.ts';

export const PAIR_CHOICES = ['left', 'right', 'same', 'neither'] as const;
export type PairChoice = (typeof PAIR_CHOICES)[number];

export interface Sides {
  readonly left: string;
  readonly right: string;
}

/** On which sides a person sees the two texts: drawn once for each person and pair, so that looking again shows the same. */
export function sidesOf(pair: { readonly first: string; readonly second: string }, personId: string): Sides {
  const { first, second } = pair;
  return drawn('sides', personId, first, second) < 0.5
    ? { left: first, right: second }
    : { left: second, right: first };
}

/** Which text was preferred; null: neither was. */
export function preferred(sides: Sides, choice: PairChoice): string | null {
  return choice === 'left' || choice === 'right' ? sides[choice] : null;
}
