/** How a data set stands against the guide's targets. */
import {
  EXAMPLE_KINDS,
  EXAMPLE_SOURCES,
  type Example,
  type ExampleKind,
  KIND_SHARES,
  SCENARIOS,
} from './example.ts';

/** The guide's sizes of a data set. */
export const DATA_SET_SIZE = { least: 10_000, recommendedFrom: 30_000, recommendedTo: 50_000 } as const;
/** A share may be off by so much before the balance is called uneven. Ours. */
const SHARE_TOLERANCE = 0.05;

export interface Balance {
  readonly total: number;
  /** How many are missing to the least size; 0 where it is reached. */
  readonly toLeast: number;
  readonly kinds: readonly {
    readonly kind: ExampleKind;
    readonly count: number;
    readonly share: number;
    readonly target: number;
    readonly even: boolean;
  }[];
  readonly scenarios: readonly { readonly name: string; readonly count: number }[];
  readonly sources: readonly { readonly name: string; readonly count: number }[];
  readonly languages: readonly { readonly name: string; readonly count: number }[];
}

export function balanceOf(
  examples: readonly Pick<Example, 'kind' | 'scenario' | 'source' | 'language'>[],
): Balance {
  const total = examples.length;
  const counted = <K extends 'scenario' | 'source' | 'language'>(field: K, names: readonly Example[K][]) =>
    names.map((name) => ({ name, count: examples.filter((example) => example[field] === name).length }));
  return {
    total,
    toLeast: Math.max(0, DATA_SET_SIZE.least - total),
    kinds: EXAMPLE_KINDS.map((kind) => {
      const count = examples.filter((example) => example.kind === kind).length;
      const share = total === 0 ? 0 : count / total;
      const target = KIND_SHARES[kind];
      return { kind, count, share, target, even: Math.abs(share - target) <= SHARE_TOLERANCE };
    }),
    scenarios: counted('scenario', SCENARIOS),
    sources: counted('source', EXAMPLE_SOURCES),
    languages: counted('language', ['en', 'hi']),
  };
}
