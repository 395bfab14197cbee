/**
 * What is said once and echoed: "the pulse is up, and so is the saturation", "… as is the pressure". The echo says of
 * its vital what the words before it said of theirs.
 */
import { sentenceAround } from './text.ts';
import type { Mention, NamedVital } from './vitals-named.ts';

const ECHO =
  /^[^.;!?।]{0,40}?(?<!\p{L})(?:so|as|and so|nor|neither) (?:is|are|was|were|has|have|had|does|do|did) (?:the |its |his |her |their )?$/u;

/** The vitals of which the words that end at an offset are echoed in their sentence. */
export function echoedVitals(mentions: readonly Mention[], text: string, end: number): NamedVital[] {
  const sentence = sentenceAround(text, end);
  return mentions
    .filter((one) => one.start > end && one.end <= sentence.end && ECHO.test(text.slice(end, one.start)))
    .map(({ vital }) => vital);
}
