/** What may be reviewed, read from the record: texts of the last weeks, who treated whom, and pairs of one alert. */
import { z } from 'zod';
import { alertRuleSchema } from '../../../app/alerting/alert.ts';
import { explanationViewSchema, languageSchema } from '../../../app/contract/views.ts';
import { sentenceSchema } from '../../../app/explanation/explanation.ts';
import { writtenHoles } from '../../../app/learning/examples/from-feedback.ts';
import type { Opinion, ReviewPair, ReviewRating, ReviewText } from '../../../app/review/review.ts';
import type { Reader } from '../store/database.ts';
import { type ReviewAct, readActs } from './review-acts.ts';

/** What is older has another model behind it, as a rule. Ours: the guide retrains every quarter. */
export const REVIEWED_DAYS = 90;
const DAY_MS = 24 * 3_600_000;
/** More is not read: the newest count. Ours. */
const MOST_TEXTS = 2000;
/** Who charted a patient's vitals within a shift of the alert was part of the treatment. Ours: shifts have twelve hours. */
const SHIFT_MS = 12 * 3_600_000;

export interface KnownText extends ReviewText {
  readonly alertId: string;
  readonly language: z.infer<typeof languageSchema>;
  readonly rule: z.infer<typeof alertRuleSchema>;
  readonly attempt: number;
  readonly model: z.infer<typeof explanationViewSchema.shape.model>;
}

export interface ReviewRecord {
  readonly texts: readonly KnownText[];
  readonly pairs: readonly ReviewPair[];
  /** Acts of these weeks that nobody took back. */
  readonly acts: readonly ReviewAct[];
}

const textRow = z.object({
  id: z.string(),
  alert_id: z.string(),
  language: languageSchema,
  rule: alertRuleSchema,
  attempt: z.number(),
  confidence: z.string().nullable(),
  model: z.string(),
  withheld: z.number(),
});
const confidenceSchema = explanationViewSchema.shape.confidence;
const modelSchema = explanationViewSchema.shape.model;

export function readReviewRecord(read: Reader, nowMs: number): ReviewRecord {
  const sinceMs = nowMs - REVIEWED_DAYS * DAY_MS;
  const acts = readActs(read, sinceMs);
  const actsOf = Map.groupBy(acts, ({ explanationId }) => explanationId);
  const treated = treatedBy(read, sinceMs);
  const texts = read
    .all(
      textRow,
      `SELECT e.id, e.alert_id, e.language, a.rule, e.attempt, e.confidence, e.model,
         (SELECT count(*) FROM sentences s WHERE s.explanation_id = e.id AND s.attempt = e.attempt
            AND s.sentence ->> '$.verdict' = 'withheld') AS withheld
       FROM explanations e JOIN alerts a ON a.id = e.alert_id JOIN patients p ON p.id = a.patient_id
       WHERE e.status = 'complete' AND e.depth = 'bedside' AND e.planned > 0 AND e.model IS NOT NULL
         AND p.demonstration = 0 AND e.started_ms >= ?
       ORDER BY e.started_ms DESC, e.rowid DESC LIMIT ?`,
      sinceMs,
      MOST_TEXTS,
    )
    .map((row): KnownText => {
      const confidence = row.confidence === null ? null : confidenceSchema.parse(JSON.parse(row.confidence));
      const own = actsOf.get(row.id) ?? [];
      const settlement = own.findLast(({ kind }) => kind === 'settlement') ?? null;
      const seen = acts.filter(
        ({ kind, explanationId, otherId }) =>
          (kind === 'choice' && (explanationId === row.id || otherId === row.id)) ||
          (kind === 'settlement' && explanationId === row.id),
      );
      return {
        id: row.id,
        alertId: row.alert_id,
        language: row.language,
        rule: row.rule,
        attempt: row.attempt,
        model: modelSchema.parse(JSON.parse(row.model)),
        probability: confidence?.value ?? null,
        uncertain: confidence !== null && confidence.policy !== 'shown',
        withheld: row.withheld,
        treatedBy: treated.get(row.alert_id) ?? new Set(),
        seenBy: new Set(seen.map(({ personId }) => personId)),
        ratings: own.flatMap(ratingOf),
        settled: settlement === null ? null : opinionOf(settlement),
      };
    });
  return { texts, pairs: pairsOf(read, texts, acts), acts };
}

function opinionOf({ helpfulness, accuracy }: ReviewAct): Opinion | null {
  return helpfulness === null || accuracy === null ? null : { helpfulness, accuracy };
}

function ratingOf(act: ReviewAct): ReviewRating[] {
  const opinion = opinionOf(act);
  if (opinion === null || (act.kind !== 'rating' && act.kind !== 'repeat')) return [];
  const { personId, atMs } = act;
  return [{ ...opinion, personId, atMs, occasion: act.kind === 'rating' ? 'first' : 'repeat' }];
}

/** Of each alert: who acted on it, charted its patient's vitals within a shift of it, or rated it at the bed. */
function treatedBy(read: Reader, sinceMs: number): ReadonlyMap<string, ReadonlySet<string>> {
  const recent = 'a.id IN (SELECT e.alert_id FROM explanations e WHERE e.started_ms >= ?)';
  const rows = read.all(
    z.object({ alert_id: z.string(), person: z.string() }),
    `SELECT a.id AS alert_id, t.actor AS person FROM alerts a JOIN alert_transitions t ON t.alert_id = a.id
       WHERE t.actor IS NOT NULL AND ${recent}
     UNION SELECT a.id, o.entered_by FROM alerts a JOIN patient_numbers n ON n.patient_id = a.patient_id
       JOIN observations o ON o.patient = n.number AND o.message_id IS NULL
         AND o.observed_ms BETWEEN a.fired_ms - ? AND a.fired_ms + ?
       WHERE o.entered_by IS NOT NULL AND ${recent}
     UNION SELECT e.alert_id, r.person_id FROM ratings r JOIN explanations e ON e.id = r.explanation_id
       WHERE e.started_ms >= ?`,
    sinceMs,
    SHIFT_MS,
    SHIFT_MS,
    sinceMs,
    sinceMs,
  );
  const people = new Map<string, Set<string>>();
  for (const { alert_id, person } of rows)
    people.set(alert_id, (people.get(alert_id) ?? new Set()).add(person));
  return people;
}

const shownSentence = sentenceSchema.omit({ raw: true });

/** The sentences of a text as they were written down, without what was withheld. */
export function readSentences(
  read: Reader,
  text: Pick<KnownText, 'id' | 'attempt'>,
): z.infer<typeof shownSentence>[] {
  return read
    .all(
      z.object({ sentence: z.string() }),
      'SELECT sentence FROM sentences WHERE explanation_id = ? AND attempt = ? ORDER BY position',
      text.id,
      text.attempt,
    )
    .map(({ sentence }) => shownSentence.parse(JSON.parse(sentence)));
}

/** Of each alert that was explained more than once from the same facts: the newest text and one that says it otherwise. */
function pairsOf(read: Reader, texts: readonly KnownText[], acts: readonly ReviewAct[]): ReviewPair[] {
  const ofAlert = Map.groupBy(texts, ({ alertId, language }) => `${alertId} ${language}`);
  return [...ofAlert.values()].flatMap((own): ReviewPair[] => {
    const [newest, ...earlier] = own;
    if (newest === undefined || earlier.length === 0) return [];
    const words = wordsOf(read, newest);
    const facts = factsText(read, newest.id);
    const other = earlier.find(
      (text) => factsText(read, text.id) === facts && saysOtherwise(words, wordsOf(read, text)),
    );
    if (other === undefined) return [];
    const [first, second] = [other.id, newest.id];
    const chosen = acts.filter(
      ({ kind, explanationId, otherId }) =>
        kind === 'choice' && explanationId === first && otherId === second,
    );
    return [
      {
        first,
        second,
        treatedBy: new Set([...newest.treatedBy, ...other.treatedBy]),
        chosenBy: new Set(chosen.map(({ personId }) => personId)),
      },
    ];
  });
}

function wordsOf(read: Reader, text: KnownText): readonly (string | null)[] {
  return writtenHoles(readSentences(read, text)).map((hole) => hole.text);
}

/** Somewhere both speak, in different words. */
function saysOtherwise(one: readonly (string | null)[], other: readonly (string | null)[]): boolean {
  return (
    one.length === other.length &&
    one.some((text, place) => {
      const beside = other[place] ?? null;
      return text !== null && beside !== null && text.trim() !== beside.trim();
    })
  );
}

function factsText(read: Reader, explanationId: string): string | null {
  const row = read.one(
    z.object({ facts: z.string() }),
    'SELECT facts FROM explanations WHERE id = ?',
    explanationId,
  );
  return row?.facts ?? null;
}
