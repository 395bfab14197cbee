/**
 * Parts of a view that are many cross to a terminal as one text. A structured clone copies a text at once and walks
 * through anything else piece by piece, twice; what does not change between two looks is written as text only once.
 */
import { z } from 'zod';

/** What is written by `textOf`, and what comes out of it is checked as ever. */
export function asText<T extends z.ZodType>(schema: T) {
  return z
    .string()
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        context.addIssue({ code: 'custom', message: 'no JSON' });
        return z.NEVER;
      }
    })
    .pipe(schema);
}

/** Plain data as text: finite numbers, texts, booleans, nulls, lists and records of them. */
export function textOf(value: object): string {
  return JSON.stringify(value);
}
