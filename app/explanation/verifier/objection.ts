/** What a part of the rule `contradiction` objects to, and where a wording stands that is no condition. */
import { isConditional } from './context.ts';
import { type Span, spansOf } from './text.ts';

export type Objection = Span & { readonly message: string };

export function named(text: string, pattern: RegExp): (Span & { readonly text: string })[] {
  return spansOf(text, pattern).filter(({ start }) => !isConditional(text, start));
}
