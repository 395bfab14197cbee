/** The knowledge library: anybody may look; a guideline is read, looked at, saved, and approved by a named person. */
import { z } from 'zod';
import { type Commands, id, name, nothing, type Queries } from './shapes.ts';

const permission = 'manage-knowledge';
/** Bytes of a file. Ours: a guideline with pictures. */
export const LARGEST_GUIDELINE = 6_000_000;
const MOST_BASE64 = Math.ceil(LARGEST_GUIDELINE / 3) * 4;

const month = z.string().regex(/^20\d\d-(?:0[1-9]|1[0-2])$/u);
const version = z.number().int().positive();
const subject = z.enum(['card', 'guideline']);
const standing = z.enum(['in-force', 'waiting', 'withdrawn', 'replaced']);
const decision = z.object({ at: z.string(), by: z.string(), reason: z.string().nullable() }).nullable();
const source = z.object({ organisation: z.string(), title: z.string(), year: z.number().int() });

const cardLineSchema = z.object({
  id,
  version,
  title: z.string(),
  text: z.string(),
  topic: z.string(),
  /** The language that title and text are in. */
  language: z.enum(['en', 'hi']),
  ofGuideline: z.boolean(),
  standing,
  reviewDue: z.string(),
  overdue: z.boolean(),
  approved: z.boolean(),
});
export type CardLine = z.infer<typeof cardLineSchema>;

const cardViewSchema = z.object({
  id,
  version,
  title: z.string(),
  text: z.string(),
  hindi: z.object({ title: z.string(), text: z.string() }).nullable(),
  topic: z.string(),
  guideline: z.object({ id, title: z.string() }).nullable(),
  sources: z.array(source),
  reviewed: z.string(),
  reviewDue: z.string(),
  overdue: z.boolean(),
  standing,
  approved: decision,
  withdrawn: decision,
  versions: z.array(version),
});
export type CardView = z.infer<typeof cardViewSchema>;

const guidelineSchema = z.object({
  id,
  version,
  title: z.string(),
  organisation: z.string(),
  year: z.number().int(),
  kind: z.string(),
  sha256: z.string(),
  cards: z.number().int(),
  hidden: z.number().int(),
  reviewDue: z.string(),
  overdue: z.boolean(),
  savedAt: z.string(),
  savedBy: z.string(),
  standing,
  approved: decision,
  withdrawn: decision,
});
export type GuidelineView = z.infer<typeof guidelineSchema>;

const previewSchema = z.object({
  uploadId: id,
  kind: z.enum(['markdown', 'docx', 'pdf']),
  title: z.string(),
  cards: z.array(z.object({ title: z.string(), text: z.string(), suspicious: z.boolean() })),
  /** What is in the file and not to be seen on its pages: shown here, and in no card. */
  hidden: z.array(z.string()),
  /** Cards beyond the most that one file may give. */
  left: z.number().int(),
});
export type GuidelinePreview = z.infer<typeof previewSchema>;

export const knowledgeCommands = {
  /** Reads a file and keeps what it gives in memory for a while. `file-unreadable` with why where it gives nothing. */
  'knowledge.read': {
    permission,
    params: z.object({ name, base64: z.base64().max(MOST_BASE64) }),
    result: previewSchema,
  },
  /** Saves what was read, as a guideline that waits for approval; with `guidelineId` as its next version. */
  'knowledge.save': {
    permission,
    params: z.object({
      uploadId: id,
      guidelineId: id.nullable(),
      title: name,
      organisation: name,
      year: z.number().int().min(1950).max(2100),
      reviewDue: month,
      /** Places of the cards in the preview that are left out. */
      leaveOut: z.array(z.number().int().nonnegative()).max(1000),
    }),
    result: z.object({ guidelineId: id, version }),
  },
  /** The signed-in person stands for this version: from now on it may be cited. */
  'knowledge.approve': { permission, params: z.object({ subject, id, version }), result: nothing },
  /** From now on it is neither found nor cited; what cited it before still leads to it. */
  'knowledge.withdraw': {
    permission,
    params: z.object({ subject, id, version, reason: name }),
    result: nothing,
  },
} as const satisfies Commands;

export const knowledgeQueries = {
  /** Cards in force that answer a question, best first; all cards of every standing where nothing is asked. */
  'knowledge.search': {
    params: z.object({ question: z.string().max(500), language: z.enum(['en', 'hi']) }),
    result: z.object({
      cards: z.array(cardLineSchema),
      /** Cards in force. */
      searched: z.number().int(),
      /** Null: words alone are searched. */
      embedder: z.string().nullable(),
    }),
  },
  'knowledge.card': { params: z.object({ id, version }), result: cardViewSchema },
  'knowledge.guidelines': { params: nothing, result: z.array(guidelineSchema) },
} as const satisfies Queries;
