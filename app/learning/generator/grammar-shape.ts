/** What a grammar of a language consists of. */
import type { Pattern } from '../../explanation/facts.ts';
import type { Driven } from '../../explanation/words.ts';

export const STATES = [
  'rr high',
  'rr low',
  'spo2 low',
  'spo2 high',
  'sbp low',
  'sbp high',
  'hr high',
  'hr low',
  'temp high',
  'temp low',
  'oxygen on',
  'consciousness C',
  'consciousness V',
  'consciousness P',
  'consciousness U',
] as const;
/** A reading that scores, and how it stands. */
export type State = (typeof STATES)[number];
type Texts = readonly [string, ...string[]];

export interface Grammar {
  /** How much, by points. */
  readonly degrees: { readonly 1: Texts; readonly 2: Texts; readonly 3: Texts };
  readonly than: Texts;
  readonly readings: {
    readonly [state in State]: { readonly clauses: Texts; readonly tails: readonly string[] };
  };
  readonly beside: { readonly [state in State]?: Texts };
  readonly summaries: { readonly [pattern in Pattern]: Texts };
  readonly summaryTails: Texts;
  readonly urgentTails: Texts;
  /** Behind "A clinician may consider whether", by pattern. */
  readonly considerations: { readonly [pattern in Pattern]: Texts };
  readonly considerationTails: Texts;
  readonly weighed: Texts;
  readonly weighedTails: Texts;
  readonly checks: { readonly [parameter in Driven['parameter'] | 'none']: Texts };
  readonly closings: Texts;
  readonly and: string;
  readonly stop: string;
}
