/** What a rule is: a name, a source and a function from a sentence to what it objects to. */

import type { News2Parameter } from '../../scoring/score.ts';
import type { FindingRule } from '../explanation.ts';
import type { Facts } from '../facts.ts';
import type { CheckedText, Span } from './text.ts';
import type { NamedVital } from './vitals-named.ts';

export interface SentenceUnderTest {
  readonly checked: CheckedText;
  readonly facts: Facts;
  /** What a driver sentence is about; null elsewhere. */
  readonly about: News2Parameter | null;
  /** The first and the last vital of the sentence before: "The value of 1.4 is high". */
  readonly carried?: readonly NamedVital[];
  /** Where the model wrote; rules for holes look only there. Null where all text is to be treated alike. */
  readonly hole: Span | null;
  /**
   * How a missing end mark is judged: `strict` for what a model wrote, `lenient` for the end of a person's text
   * (only a hanging word or mark tells that it breaks off), `none` inside a text.
   */
  readonly ending: 'strict' | 'lenient' | 'none';
}

export interface Violation extends Span {
  readonly rule: FindingRule;
  /** What is wrong, in English; for the record and the toolbox. */
  readonly message: string;
}

export interface Rule {
  readonly name: FindingRule;
  check(sentence: SentenceUnderTest): Violation[];
}
