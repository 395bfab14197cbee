/** What the people of the ward say of explanations: a clinician at the bed, and a doctor at the review desk. */
import { completeFacts } from '../../../app/explanation/facts.ts';
import { planSentences } from '../../../app/explanation/plan.ts';
import { holeFinding } from '../../../app/learning/examples/check-example.ts';
import { composeHoles } from '../../../app/learning/generator/grammar.ts';
import { createChance } from '../../../app/learning/random.ts';
import { granted } from '../../../main/core/testing/running-core.ts';
import { explainedAt } from './bed.ts';
import type { Course } from './course.ts';

/** A review takes about so long; ours. */
const SPENT_MS = 20_000;

export async function seedFeedback(course: Course): Promise<string[]> {
  const { counts } = course.progress;
  for (let rated = counts.rated ?? 0; rated < course.size.rated; rated++) {
    const { id, sentences } = await explainedAt(course, `F${rated}`, rated, true);
    granted(
      await course.clinician().command('rating.save', {
        explanationId: id,
        helpfulness: 5,
        accuracy: 'accurate',
        comment: '',
      }),
    );
    counts.rated = rated + 1;
    counts.written = (counts.written ?? 0) + sentences.filter(({ source }) => source === 'guided').length;
    counts.sentences = (counts.sentences ?? 0) + sentences.length;
    course.save();
  }
  return [
    `${counts.rated} explanations rated by a clinician, of patients who consent; ${counts.written} of their ${counts.sentences} sentences were the model's own`,
  ];
}

export async function correct(course: Course): Promise<string[]> {
  const { counts } = course.progress;
  const { rated, corrections } = course.size;
  while ((counts.corrected ?? 0) < corrections) {
    const place = rated + (counts.reviewed ?? 0);
    if (place > rated + corrections) throw new Error('the explanations have nothing that may be put right');
    const { id } = await explainedAt(course, `F${place}`, place, true);
    const { kept, refused } = await putRight(course, `rate.${id}`, place);
    counts.corrected = (counts.corrected ?? 0) + kept;
    counts.notCorrected = (counts.notCorrected ?? 0) + refused;
    counts.reviewed = (counts.reviewed ?? 0) + 1;
    course.save();
  }
  return [
    `${counts.corrected} sentences of ${counts.reviewed} explanations put right at the review desk, each read by the verifier first; ${counts.notCorrected} were not taken`,
  ];
}

/** Every sentence of an explanation that a person may put right, in words that the generator would choose. */
async function putRight(
  course: Course,
  item: string,
  seed: number,
): Promise<{ readonly kept: number; readonly refused: number }> {
  const desk = course.reviewer();
  const { facts: shown, sides } = granted(await desk.query('review.item', { item }));
  const facts = completeFacts(shown);
  const planned = planSentences(facts, 'en').filter(({ step }) => step !== null);
  const words = composeHoles(
    facts,
    'en',
    'bedside',
    createChance(seed + 1),
    (sentence, hole) => holeFinding(sentence, hole, facts) === null,
  );
  let kept = 0;
  let refused = 0;
  for (const [sentence, open] of (sides[0]?.open ?? []).entries()) {
    const text = words?.[planned.findIndex(({ literal }) => literal === open?.literal)]?.trim();
    if (open === null || text === undefined) continue;
    const done = await desk.command('review.correct', {
      item,
      side: null,
      sentence,
      text,
      spentMs: SPENT_MS,
    });
    if (done.ok) kept++;
    else refused++;
  }
  return { kept, refused };
}
