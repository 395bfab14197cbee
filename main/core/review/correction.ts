/** Putting a sentence right: the part by code stays, the words behind it are a person's, and the verifier reads them. */
import { type Outcome, ok, refused } from '../../../app/contract/outcome.ts';
import type { Sentence } from '../../../app/explanation/explanation.ts';
import { completeFacts } from '../../../app/explanation/facts.ts';
import { type PlannedSentence, planSentences } from '../../../app/explanation/plan.ts';
import { identifiers } from '../../../app/learning/deidentification/identify.ts';
import { holeFinding } from '../../../app/learning/examples/check-example.ts';
import { writtenHoles } from '../../../app/learning/examples/from-feedback.ts';
import type { Explanation } from '../explanation/explanations-table.ts';

export interface OpenHole {
  /** Place among the holes of the plan. */
  readonly hole: number;
  readonly planned: PlannedSentence;
  /** What the model wrote and everybody may read; null where it was withheld. */
  readonly words: string | null;
}

type Written = Pick<Explanation, 'facts' | 'language' | 'depth' | 'text'> & {
  readonly sentences: readonly Pick<Sentence, 'verdict' | 'source' | 'parts'>[];
};

/** Of each sentence the hole that may be put right; null where the whole sentence is by code or not of this plan. */
export function openHoles(explanation: Written): readonly (OpenHole | null)[] {
  const { facts, language, depth, sentences } = explanation;
  const none = sentences.map(() => null);
  if (explanation.text !== 'guided') return none;
  const planned = planSentences(completeFacts(facts), language, depth).filter(({ step }) => step !== null);
  const written = writtenHoles(sentences);
  // A plan of another program has other sentences: then nothing fits.
  if (planned.length !== written.length) return none;
  const holes = new Map(
    written.map(({ sentence, text }, hole) => [sentence, { hole, planned: planned[hole], words: text }]),
  );
  return sentences.map((sentence, place) => {
    const open = holes.get(place);
    if (open?.planned === undefined) return null;
    const literal = sentence.parts[0]?.text;
    if (sentence.verdict === 'shown' && literal !== open.planned.literal) return null;
    return { hole: open.hole, planned: open.planned, words: open.words };
  });
}

/** The words as they would be taught, or why they may not be read: `text-blocked` with the verifier's rule. */
export function checkedCorrection(
  explanation: Written,
  place: number,
  given: string,
): Outcome<{ readonly hole: number; readonly text: string; readonly pair: boolean }> {
  const open = openHoles(explanation)[place] ?? null;
  if (open === null) return refused('not-allowed-now', { reason: 'sentence-by-code' });
  const mark = explanation.language === 'hi' ? '।' : '.';
  const said = given.trim().replace(/\s+/gu, ' ');
  const text = ` ${said}${/[.!?।…]$/u.test(said) ? '' : mark}`;
  if (bare(text) === bare(open.words ?? '')) return refused('not-allowed-now', { reason: 'text-unchanged' });
  const finding = holeFinding(open.planned, text, completeFacts(explanation.facts));
  if (finding !== null) return refused('text-blocked', { rule: finding.rule });
  if (identifiers(text).length > 0) return refused('text-blocked', { rule: 'identifier' });
  return ok({ hole: open.hole, text, pair: open.words !== null });
}

function bare(text: string): string {
  return text.trim().replace(/\s*[.!?।…]$/u, '');
}
