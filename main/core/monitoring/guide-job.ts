/** Reads the guide's figures out of the record, on a thread of its own: the rows of a month are many, and long. */
import { z } from 'zod';
import {
  explanationStatusSchema,
  factsSchema,
  rulesOnlyReasonSchema,
  sentenceSchema,
} from '../../../app/explanation/explanation.ts';
import { completeFacts } from '../../../app/explanation/facts.ts';
import { secondLook } from '../../../app/learning/gates/second-look.ts';
import { type CountedExplanation, outcomeOf, sentenceResult } from '../../../app/monitoring/guide-figures.ts';
import type { Reader } from '../store/database.ts';
import { type CountedGuide, countedSchema } from './guide-counts.ts';

const explanationRow = z.object({
  id: z.string(),
  attempt: z.number(),
  started_ms: z.number(),
  status: explanationStatusSchema,
  reason: rulesOnlyReasonSchema.nullable(),
  complete_ms: z.number().nullable(),
  confidence: z.number().nullable(),
  facts: z.string(),
});
const sentenceRow = z.object({ sentence: z.string() });
const shownSentence = sentenceSchema.omit({ raw: true });

/** Explanations that began from `fromMs` on, and each person's last rating of one from then on. */
export function readGuide(read: Reader, fromMs: number): CountedGuide {
  const rows = read.all(
    explanationRow,
    `SELECT id, attempt, started_ms, status, reason, complete_ms, confidence ->> '$.value' AS confidence, facts
     FROM explanations WHERE started_ms >= ? AND (status <> 'complete' OR model IS NOT NULL) ORDER BY started_ms`,
    fromMs,
  );
  return {
    explanations: rows.flatMap((row) => {
      const outcome = outcomeOf(row.status, row.reason);
      return outcome === null ? [] : [{ ...counted(read, row), outcome }];
    }),
    ratings: read.all(
      countedSchema.shape.ratings.element,
      `SELECT helpfulness, accuracy FROM ratings
       WHERE at_ms >= ? AND id IN (SELECT max(id) FROM ratings GROUP BY explanation_id, person_id)`,
      fromMs,
    ),
  };
}

function counted(read: Reader, row: z.output<typeof explanationRow>): Omit<CountedExplanation, 'outcome'> {
  // What the model wrote before it was checked is kept for these alone: the others are the program's own words.
  const sentences = read
    .all(
      sentenceRow,
      'SELECT sentence FROM sentences WHERE explanation_id = ? AND attempt = ? AND raw_sealed IS NOT NULL',
      row.id,
      row.attempt,
    )
    .map(({ sentence }) => shownSentence.parse(JSON.parse(sentence)));
  const tally = { shown: 0, hallucination: 0, safety: 0, other: 0 };
  for (const sentence of sentences) tally[sentenceResult(sentence)] += 1;
  const wasRead = sentences.filter(({ verdict }) => verdict === 'shown');
  const facts = wasRead.length === 0 ? null : completeFacts(factsSchema.parse(JSON.parse(row.facts)));
  const violations =
    facts === null
      ? 0
      : wasRead.filter(({ parts }) => {
          const words = parts.flatMap(({ kind, text }) => (kind === 'hole' ? [text] : [])).join(' ');
          return secondLook(words, facts, null) !== null;
        }).length;
  return {
    startedMs: row.started_ms,
    completeMs: row.complete_ms,
    confidence: row.confidence,
    sentences: tally,
    violations,
  };
}
