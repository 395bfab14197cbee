/** The SQL of the knowledge library: cards in all their versions, guidelines, and what people decided about them. */
import { z } from 'zod';
import type { Sealing } from '../sealing/sealing.ts';
import type { Reader, Writer } from '../store/database.ts';

/** What a card rests on, as it is shown. */
export const cardSourceSchema = z.object({
  organisation: z.string(),
  title: z.string(),
  year: z.number().int(),
});

/** A version of a card as the record keeps it. It never changes. */
export interface KeptCard {
  readonly id: string;
  readonly version: number;
  /** Null: a card of the program. */
  readonly guidelineId: string | null;
  readonly topic: string;
  readonly title: string;
  readonly text: string;
  readonly hindi: { readonly title: string; readonly text: string } | null;
  readonly answers: readonly string[];
  readonly words: readonly string[];
  readonly sources: readonly z.infer<typeof cardSourceSchema>[];
  /** Months: `2026-11`. */
  readonly reviewed: string;
  readonly reviewDue: string;
}

/** A version of a hospital's own guideline, from which cards were made. */
export interface KeptGuideline {
  readonly id: string;
  readonly version: number;
  readonly title: string;
  readonly organisation: string;
  readonly year: number;
  readonly reviewDue: string;
  readonly sha256: string;
  readonly kind: string;
  readonly hidden: number;
  readonly savedMs: number;
  readonly savedBy: string;
}

/** What a person decided. An approval holds for its version alone; a withdrawal for whatever is in force. */
export interface KnowledgeAct {
  readonly subject: 'card' | 'guideline';
  readonly id: string;
  readonly version: number;
  readonly act: 'approved' | 'withdrawn';
  readonly atMs: number;
  readonly by: string;
  readonly reason: string | null;
}

const list = <T>(schema: z.ZodType<T>) =>
  z.string().transform((text, context): T[] => {
    const read = z.array(schema).safeParse(JSON.parse(text));
    if (read.success) return read.data;
    context.addIssue({ code: 'custom', message: 'no list of this kind' });
    return z.NEVER;
  });

const cardRow = z
  .object({
    card_id: z.string(),
    version: z.number().int(),
    guideline_id: z.string().nullable(),
    topic: z.string(),
    title: z.string(),
    text: z.string(),
    hindi_title: z.string().nullable(),
    hindi_text: z.string().nullable(),
    answers: list(z.string()),
    words: list(z.string()),
    sources: list(cardSourceSchema),
    reviewed: z.string(),
    review_due: z.string(),
  })
  .transform(
    (row): KeptCard => ({
      id: row.card_id,
      version: row.version,
      guidelineId: row.guideline_id,
      topic: row.topic,
      title: row.title,
      text: row.text,
      hindi:
        row.hindi_title === null || row.hindi_text === null
          ? null
          : { title: row.hindi_title, text: row.hindi_text },
      answers: row.answers,
      words: row.words,
      sources: row.sources,
      reviewed: row.reviewed,
      reviewDue: row.review_due,
    }),
  );
const CARD_COLUMNS =
  'card_id, version, guideline_id, topic, title, text, hindi_title, hindi_text, answers, words, sources, reviewed, review_due';

export function insertCard(write: Writer, card: KeptCard, atMs: number): void {
  write.run(
    `INSERT INTO knowledge_cards (${CARD_COLUMNS}, saved_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    card.id,
    card.version,
    card.guidelineId,
    card.topic,
    card.title,
    card.text,
    card.hindi?.title ?? null,
    card.hindi?.text ?? null,
    JSON.stringify(card.answers),
    JSON.stringify(card.words),
    JSON.stringify(card.sources),
    card.reviewed,
    card.reviewDue,
    atMs,
  );
}

/** Every version of every card, in the order in which they came. */
export function readCards(read: Reader): KeptCard[] {
  return read.all(cardRow, `SELECT ${CARD_COLUMNS} FROM knowledge_cards ORDER BY rowid`);
}

const keyRow = z.object({ card_id: z.string(), version: z.number().int() });

/** The versions of the program's cards that the record has. */
export function readProgramCardKeys(read: Reader): ReadonlySet<string> {
  const rows = read.all(keyRow, 'SELECT card_id, version FROM knowledge_cards WHERE guideline_id IS NULL');
  return new Set(rows.map(({ card_id, version }) => `${card_id} ${version}`));
}

const guidelineRow = z
  .object({
    id: z.string(),
    version: z.number().int(),
    title: z.string(),
    organisation: z.string(),
    year: z.number().int(),
    review_due: z.string(),
    sha256: z.string(),
    kind: z.string(),
    hidden: z.number().int(),
    saved_ms: z.number().int(),
    saved_by: z.string(),
  })
  .transform(
    ({ review_due, saved_ms, saved_by, ...row }): KeptGuideline => ({
      ...row,
      reviewDue: review_due,
      savedMs: saved_ms,
      savedBy: saved_by,
    }),
  );

export function insertGuideline(write: Writer, guideline: KeptGuideline): void {
  write.run(
    `INSERT INTO knowledge_guidelines (id, version, title, organisation, year, review_due, sha256, kind, hidden,
       saved_ms, saved_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    guideline.id,
    guideline.version,
    guideline.title,
    guideline.organisation,
    guideline.year,
    guideline.reviewDue,
    guideline.sha256,
    guideline.kind,
    guideline.hidden,
    guideline.savedMs,
    guideline.savedBy,
  );
}

/** Every version of every guideline, oldest first. */
export function readGuidelines(read: Reader): KeptGuideline[] {
  return read.all(
    guidelineRow,
    `SELECT id, version, title, organisation, year, review_due, sha256, kind, hidden, saved_ms, saved_by
     FROM knowledge_guidelines ORDER BY rowid`,
  );
}

const actRow = z.object({
  subject: z.enum(['card', 'guideline']),
  id: z.string(),
  version: z.number().int(),
  act: z.enum(['approved', 'withdrawn']),
  at_ms: z.number().int(),
  by: z.string(),
  reason_sealed: z.instanceof(Uint8Array).nullable(),
});

export function insertAct(write: Writer, sealing: Sealing, act: KnowledgeAct): void {
  write.run(
    'INSERT INTO knowledge_acts (subject, id, version, act, at_ms, by, reason_sealed) VALUES (?, ?, ?, ?, ?, ?, ?)',
    act.subject,
    act.id,
    act.version,
    act.act,
    act.atMs,
    act.by,
    act.reason === null ? null : sealing.seal('knowledge_acts.reason', act.reason),
  );
}

/** Everything that was decided, oldest first. */
export function readActs(read: Reader, sealing: Sealing): KnowledgeAct[] {
  return read
    .all(
      actRow,
      'SELECT subject, id, version, act, at_ms, by, reason_sealed FROM knowledge_acts ORDER BY number',
    )
    .map(({ at_ms, reason_sealed, ...act }) => ({
      ...act,
      atMs: at_ms,
      reason: reason_sealed === null ? null : sealing.openText('knowledge_acts.reason', reason_sealed),
    }));
}
