/** Examples from the people of the ward: what they rated, put right, and preferred without knowing who wrote it. */
import { z } from 'zod';
import { factsSchema, sentenceSchema } from '../../../app/explanation/explanation.ts';
import type { Example } from '../../../app/learning/examples/example.ts';
import {
  examplesFromChoice,
  examplesFromFeedback,
  type RatedExplanation,
} from '../../../app/learning/examples/from-feedback.ts';
import { teachingOpinions } from '../../../app/review/teaching.ts';
import { readActs } from '../review/review-acts.ts';
import type { Reader } from '../store/database.ts';
import type { DataSetJob } from './data-set-job.ts';
import { readOpinions, readShown, readTaughtTexts, type TaughtText } from './learning-tables.ts';
import { scenarioOf } from './scenario-of.ts';

/** What clinicians of this ward wrote belongs to the hospital. */
const SITE_LICENCE = 'LicenseRef-hospital';

const shownSentences = z.array(sentenceSchema.omit({ raw: true }));

export interface TaughtExamples {
  readonly examples: Example[];
  /** Acts of the review desk that they come from: who takes one back keeps the data set here. */
  readonly acts: string[];
}

/** Ids of explanations, people and acts are replaced by ones that lead nowhere. */
export function taughtExamples(read: Reader, job: Pick<DataSetJob, 'id' | 'corrections'>): TaughtExamples {
  const texts = new Map(readTaughtTexts(read).map((text) => [text.explanation_id, text]));
  const corrections = job.corrections.filter(({ explanationId }) => texts.has(explanationId));
  const opinions = teachingOpinions(readOpinions(read)).filter(({ explanationId }) =>
    texts.has(explanationId),
  );
  const rated = [
    ...opinions,
    // A correction teaches by itself, whatever its author thought of the rest.
    ...[...Map.groupBy(corrections, keyOf).values()].flatMap(([one]) =>
      one === undefined || opinions.some((opinion) => keyOf(opinion) === keyOf(one))
        ? []
        : [{ ...one, act: null, helpfulness: 1, accuracy: 'unsure' as const }],
    ),
  ];
  const acts = new Set<string>();
  const fromOpinions = rated.flatMap((opinion, number): Example[] => {
    const text = texts.get(opinion.explanationId);
    if (text === undefined) return [];
    // The last word on a hole counts.
    const own = new Map(
      corrections
        .filter((correction) => keyOf(correction) === keyOf(opinion))
        .map((correction) => [correction.hole, correction]),
    );
    const found = examplesFromFeedback(
      {
        ...ratedText(read, text),
        id: `${job.id}-${number}`,
        helpfulness: opinion.helpfulness,
        accuracy: opinion.accuracy,
        corrections: [...own.values()].map(({ hole, text: words }) => ({ hole, text: words })),
      },
      SITE_LICENCE,
    );
    if (found.length > 0)
      for (const act of [opinion.act, ...[...own.values()].map((correction) => correction.act)])
        if (act !== null) acts.add(act);
    return found;
  });
  const choices = readActs(read, 0).filter(
    ({ kind, preferredId }) => kind === 'choice' && preferredId !== null,
  );
  const fromChoices = choices.flatMap((choice, number): Example[] => {
    const { explanationId, otherId, preferredId } = choice;
    const preferred = texts.get(preferredId ?? '');
    const other = texts.get((preferredId === explanationId ? otherId : explanationId) ?? '');
    if (preferred === undefined || other === undefined) return [];
    const { sentences, ...about } = ratedText(read, preferred);
    const found = examplesFromChoice(
      {
        ...about,
        id: `${job.id}-${number}`,
        preferred: sentences,
        other: ratedText(read, other).sentences,
      },
      SITE_LICENCE,
    );
    if (found.length > 0) acts.add(choice.id);
    return found;
  });
  return { examples: [...fromOpinions, ...fromChoices], acts: [...acts] };
}

function keyOf(said: { readonly explanationId: string; readonly personId: string }): string {
  return `${said.explanationId} ${said.personId}`;
}

function ratedText(
  read: Reader,
  text: TaughtText,
): Pick<RatedExplanation, 'subject' | 'language' | 'depth' | 'scenario' | 'facts' | 'sentences'> {
  const facts = factsSchema.parse(JSON.parse(text.facts));
  return {
    subject: text.random_id,
    language: text.language,
    depth: text.depth,
    scenario: scenarioOf(facts),
    facts,
    sentences: shownSentences.parse(
      readShown(read, text.explanation_id, text.attempt).map((sentence) => JSON.parse(sentence)),
    ),
  };
}
