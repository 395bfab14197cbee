/** The SQL of `explanations` and `sentences`. What the model wrote before verification is sealed and stays here. */
import { z } from 'zod';
import {
  type ExplanationView,
  explanationViewSchema,
  type LanguageCode,
  languageSchema,
} from '../../../app/contract/views.ts';
import {
  EXPLANATION_DEPTHS,
  type ExplanationDepth,
  explanationStatusSchema,
  type FactsInput,
  factsSchema,
  type RulesOnlyReason,
  rulesOnlyReasonSchema,
  type Sentence,
  sentenceSchema,
  TEXT_POLICIES,
  type TextPolicy,
} from '../../../app/explanation/explanation.ts';
import { completeFacts } from '../../../app/explanation/facts.ts';
import { ruleText } from '../../../app/explanation/rule-text.ts';
import type { Sealing } from '../sealing/sealing.ts';
import type { Reader, Writer } from '../store/database.ts';

const modelSchema = explanationViewSchema.shape.model;
const confidenceSchema = explanationViewSchema.shape.confidence;
export type Confidence = z.infer<typeof confidenceSchema>;

/** An explanation as it stands, with everything that is needed to replay it but its plan. */
export interface Explanation {
  readonly id: string;
  readonly alertId: string;
  readonly language: z.infer<typeof languageSchema>;
  readonly depth: ExplanationDepth;
  /** What the site let be read when it was asked for. */
  readonly text: TextPolicy;
  readonly facts: FactsInput;
  readonly ruleText: string;
  readonly status: z.infer<typeof explanationStatusSchema>;
  readonly reason: RulesOnlyReason | null;
  readonly planned: number;
  readonly sentences: readonly Sentence[];
  readonly confidence: Confidence;
  readonly model: z.infer<typeof modelSchema>;
  /** How often writing it was begun. */
  readonly attempt: number;
  readonly startedMs: number;
  readonly ruleTextMs: number;
  readonly firstSentenceMs: number | null;
  readonly completeMs: number | null;
}

/** What only the record needs: the plan's JSON, the hash of its prompt, and what the engine measured. */
export interface GenerationRecord {
  readonly plan: string;
  readonly promptHash: string;
  readonly engineTiming: string | null;
}

export function insertExplanation(write: Writer, explanation: Explanation): void {
  write.run(
    `INSERT INTO explanations (id, alert_id, language, rule_text, facts, status, reason, planned, attempt, started_ms,
       rule_text_ms, depth, text_policy) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    explanation.id,
    explanation.alertId,
    explanation.language,
    explanation.ruleText,
    JSON.stringify(explanation.facts),
    explanation.status,
    explanation.reason,
    explanation.planned,
    explanation.attempt,
    explanation.startedMs,
    explanation.ruleTextMs,
    explanation.depth,
    explanation.text,
  );
}

/** Writes where the explanation stands; with `record` also what it was generated from. */
export function updateExplanation(
  write: Writer,
  explanation: Explanation,
  record: GenerationRecord | null,
): void {
  write.run(
    `UPDATE explanations SET status = ?, reason = ?, planned = ?, model = ?, confidence = ?, attempt = ?,
       first_sentence_ms = ?, complete_ms = ?, plan = coalesce(?, plan), prompt_hash = coalesce(?, prompt_hash),
       engine_timing = coalesce(?, engine_timing) WHERE id = ?`,
    explanation.status,
    explanation.reason,
    explanation.planned,
    explanation.model === null ? null : JSON.stringify(explanation.model),
    explanation.confidence === null ? null : JSON.stringify(explanation.confidence),
    explanation.attempt,
    explanation.firstSentenceMs,
    explanation.completeMs,
    record?.plan ?? null,
    record?.promptHash ?? null,
    record?.engineTiming ?? null,
    explanation.id,
  );
}

export function insertSentence(
  write: Writer,
  sealing: Sealing,
  explanation: Explanation,
  position: number,
  sentence: Sentence,
): void {
  const { raw, ...shown } = sentence;
  write.run(
    'INSERT INTO sentences (explanation_id, attempt, position, sentence, raw_sealed) VALUES (?, ?, ?, ?, ?)',
    explanation.id,
    explanation.attempt,
    position,
    JSON.stringify(shown),
    raw === null ? null : sealing.seal('sentences.raw', raw),
  );
}

const blob = z.instanceof(Uint8Array);
const explanationRow = z.object({
  id: z.string(),
  alert_id: z.string(),
  language: languageSchema,
  depth: z.enum(EXPLANATION_DEPTHS),
  text_policy: z.enum(TEXT_POLICIES),
  rule_text: z.string(),
  facts: z.string(),
  status: explanationStatusSchema,
  reason: rulesOnlyReasonSchema.nullable(),
  planned: z.number(),
  model: z.string().nullable(),
  confidence: z.string().nullable(),
  attempt: z.number(),
  started_ms: z.number(),
  rule_text_ms: z.number(),
  first_sentence_ms: z.number().nullable(),
  complete_ms: z.number().nullable(),
});
const sentenceRow = z.object({ sentence: z.string(), raw_sealed: blob.nullable() });
const COLUMNS = `id, alert_id, language, depth, text_policy, rule_text, facts, status, reason, planned, model, confidence, attempt,
  started_ms, rule_text_ms, first_sentence_ms, complete_ms`;

export function readExplanation(read: Reader, sealing: Sealing, id: string): Explanation | null {
  return one(read, sealing, `SELECT ${COLUMNS} FROM explanations WHERE id = ?`, id);
}

/** The newest explanation of an alert at a depth. */
export function readExplanationOfAlert(
  read: Reader,
  sealing: Sealing,
  alertId: string,
  depth: ExplanationDepth,
): Explanation | null {
  const sql = `SELECT ${COLUMNS} FROM explanations WHERE alert_id = ? AND depth = ? ORDER BY started_ms DESC, rowid DESC LIMIT 1`;
  return one(read, sealing, sql, alertId, depth);
}

/** Those that a stop of the program cut off. */
export function readUnfinished(read: Reader, sealing: Sealing): Explanation[] {
  const sql = `SELECT ${COLUMNS} FROM explanations WHERE status IN ('queued', 'writing') ORDER BY started_ms`;
  return read.all(explanationRow, sql).map((row) => explanationOf(read, sealing, row));
}

function one(read: Reader, sealing: Sealing, sql: string, ...keys: string[]): Explanation | null {
  const row = read.one(explanationRow, sql, ...keys);
  return row === null ? null : explanationOf(read, sealing, row);
}

function explanationOf(read: Reader, sealing: Sealing, row: z.infer<typeof explanationRow>): Explanation {
  return {
    id: row.id,
    alertId: row.alert_id,
    language: row.language,
    depth: row.depth,
    text: row.text_policy,
    facts: factsSchema.parse(JSON.parse(row.facts)),
    ruleText: row.rule_text,
    status: row.status,
    reason: row.reason,
    planned: row.planned,
    sentences: read
      .all(
        sentenceRow,
        'SELECT sentence, raw_sealed FROM sentences WHERE explanation_id = ? AND attempt = ? ORDER BY position',
        row.id,
        row.attempt,
      )
      .map((kept) => sentenceOf(sealing, kept)),
    confidence: row.confidence === null ? null : confidenceSchema.parse(JSON.parse(row.confidence)),
    model: row.model === null ? null : modelSchema.parse(JSON.parse(row.model)),
    attempt: row.attempt,
    startedMs: row.started_ms,
    ruleTextMs: row.rule_text_ms,
    firstSentenceMs: row.first_sentence_ms,
    completeMs: row.complete_ms,
  };
}

function sentenceOf(sealing: Sealing, row: z.infer<typeof sentenceRow>): Sentence {
  const raw = row.raw_sealed === null ? null : sealing.openText('sentences.raw', row.raw_sealed);
  const shown = sentenceSchema.omit({ raw: true }).parse(JSON.parse(row.sentence));
  return { ...shown, raw };
}

/**
 * As a bedside screen of a language may see it: what the model wrote before verification is left out. The rule text is made of the kept facts by code, so it is there
 * in the screen's language whatever it was first written in; the model's sentences stay as they were checked.
 */
export function explanationView(explanation: Explanation, language: LanguageCode): ExplanationView {
  return {
    id: explanation.id,
    alertId: explanation.alertId,
    language: explanation.language,
    depth: explanation.depth,
    text: explanation.text,
    ruleText:
      language === explanation.language
        ? explanation.ruleText
        : ruleText(completeFacts(explanation.facts), language),
    status: explanation.status,
    reason: explanation.reason,
    sentences: explanation.sentences.map(({ raw: _, ...shown }) => shown),
    planned: explanation.planned,
    passages: (explanation.facts.passages ?? []).flatMap(({ id, card }) =>
      card === undefined ? [] : [{ id, cardId: card.id, version: card.version, title: card.title }],
    ),
    confidence: explanation.confidence,
    model: explanation.model,
    startedAt: new Date(explanation.startedMs).toISOString(),
    timingMs: {
      ruleText: explanation.ruleTextMs,
      firstVerifiedSentence: explanation.firstSentenceMs,
      complete: explanation.completeMs,
    },
  };
}

/** How long the last explanation took that another adapter wrote, in milliseconds; null: there is none. */
export function readTimeOfAnother(read: Reader, adapter: string | null): number | null {
  const row = read.one(
    z.object({ complete_ms: z.number() }),
    `SELECT complete_ms FROM explanations WHERE status = 'complete' AND complete_ms IS NOT NULL AND model IS NOT NULL
       AND json_extract(model, '$.adapter') IS NOT ? ORDER BY started_ms DESC LIMIT 1`,
    adapter,
  );
  return row?.complete_ms ?? null;
}
