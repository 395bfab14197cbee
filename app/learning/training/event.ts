/**
 * What a training tells while it runs: one line of JSON an event, behind a prefix that nothing else in a log begins with.
 * The trainer's tests hold its events to `resources/trainer/tests/event-cases.jsonl`, as this schema is held.
 */
import { z } from 'zod';

export const TRAINING_EVENT_PREFIX = 'MEDOBSMIND-EVENT ';

/** What is worth knowing of a run before its first step. */
export const TRAINING_NOTES = [
  'rate-for-small-model',
  'warm-up-too-long',
  'saved-at-the-end-only',
  'trial-mode',
  'four-bit-not-needed',
] as const;

const count = z.number().int().min(0);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/u);
/** Null: it was no number, which JSON cannot say and a person should see. */
const figure = z.number().nullable();
const common = {
  /** Milliseconds since 1970, of the host's clock. */
  at: z.number().int(),
};

export const artefactFileSchema = z.object({
  /** A name without a path: what leads elsewhere is refused. */
  name: z.string().regex(/^[A-Za-z0-9_][A-Za-z0-9._-]{0,99}$/u),
  bytes: count,
  sha256,
});
const figures = {
  steps: count,
  /** In steps alone: without evaluations and checkpoints. */
  secondsTraining: z.number(),
  secondsAnExample: z.number(),
  /** On the held-out part, by token. Null: nothing was held out, or pairs were trained. */
  perplexity: z.object({ base: figure, adapter: figure }),
};
export const trainingFiguresSchema = z.object(figures);

export const trainingEventSchema = z.discriminatedUnion('event', [
  z.object({
    ...common,
    event: z.literal('started'),
    method: z.enum(['sft', 'dpo']),
    device: z.string(),
    /** No GPU: the small model only. */
    trial: z.boolean(),
    steps: count,
    examples: count,
    heldOut: count,
    tooLong: count,
    parameters: count,
    baseSha256: sha256,
    dataSetSha256: sha256,
    /** The step of the checkpoint that it goes on from. */
    resumedFrom: count.nullable(),
  }),
  z.object({
    ...common,
    event: z.literal('note'),
    code: z.enum(TRAINING_NOTES),
    words: z.string(),
  }),
  z.object({
    ...common,
    event: z.literal('step'),
    step: count,
    steps: count,
    epoch: z.number(),
    loss: figure,
    learningRate: figure,
    gradientNorm: figure,
    secondsAnExample: z.number(),
    secondsLeft: z.number(),
    gpu: z.object({ memoryMebibytes: z.number(), percent: figure }).nullable(),
  }),
  z.object({
    ...common,
    event: z.literal('evaluated'),
    step: count,
    loss: z.number(),
    perplexity: z.number(),
  }),
  z.object({ ...common, event: z.literal('saved'), step: count }),
  /** As asked, with a checkpoint to go on from. */
  z.object({ ...common, event: z.literal('stopped'), step: count }),
  z.object({
    ...common,
    event: z.literal('finished'),
    seconds: z.number(),
    ...figures,
    artefacts: z.array(artefactFileSchema).min(1),
  }),
  z.object({
    ...common,
    event: z.literal('failed'),
    code: z.enum([
      'configuration',
      'data-set',
      'identifier',
      'base',
      'memory',
      'disk',
      'artefact',
      'internal',
    ]),
    /** What happened and what to do; it quotes neither a text of the data set nor a token. */
    words: z.string(),
  }),
]);
export type TrainingEvent = z.infer<typeof trainingEventSchema>;

/**
 * The event in a line of a job's log; null where the line is something else or is cut short. Ray may put words before
 * what a job prints, so the prefix may stand anywhere.
 */
export function trainingEventOf(line: string): TrainingEvent | null {
  const at = line.indexOf(TRAINING_EVENT_PREFIX);
  if (at < 0) return null;
  try {
    return (
      trainingEventSchema.safeParse(JSON.parse(line.slice(at + TRAINING_EVENT_PREFIX.length))).data ?? null
    );
  } catch {
    // Not JSON: the log was read while the line was being written.
    return null;
  }
}
