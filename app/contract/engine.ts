/**
 * The engine port: what the core asks of a language model, whichever process it runs in.
 *
 * A plan is text in order. Literals are forced on the model, holes are sampled with every digit token banned.
 * The engine knows nothing of patients, alerts or verification; it must be possible to swap it for a remote
 * server without the core noticing.
 */
import { z } from 'zod';
import { type EngineAdapters, engineAdaptersSchema } from './engine-adapters.ts';
import { ENGINE_ADAPTERS, type EngineChoice, engineChoiceSchema } from './engine-choice.ts';

/** Text of the prompt. `control` may contain the model's role tokens; `plain` is data and is never parsed for them. */
export const promptSegmentSchema = z.object({ kind: z.enum(['control', 'plain']), text: z.string() });
export type PromptSegment = z.infer<typeof promptSegmentSchema>;

export const planStepSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('literal'), text: z.string().min(1) }),
  z.object({
    kind: z.literal('hole'),
    /** Upper bound of sampled tokens; a hole also ends at a sentence end or a line break. */
    maxTokens: z.number().int().min(1).max(512),
    /**
     * Raw text for a served completion, never for a screen of the ward: digits are allowed, it ends at one of these
     * and not at a sentence, and it is told in pieces as it grows. Serial layout only.
     */
    free: z.object({ stop: z.array(z.string().min(1).max(64)).max(8) }).optional(),
    /**
     * Nothing is sampled: of these texts the one that the model finds likeliest is written, by the mean log-probability
     * of its tokens. Digits are allowed, they are not the model's.
     */
    choices: z.array(z.string().min(1).max(400)).min(1).max(16).optional(),
  }),
]);
export type PlanStep = z.infer<typeof planStepSchema>;

export const generationPlanSchema = z.object({
  /** The fixed beginning, the same for every alert of a language and depth: its state is cached. */
  prefix: z.array(promptSegmentSchema),
  /** What is new for this alert. */
  body: z.array(promptSegmentSchema),
  steps: z.array(planStepSchema).min(1),
  /**
   * How holes see each other. `serial`: each continues from the text before it. `parallel`: each sees the prompt
   * and its own literal only, so that several are written in one batch. Left out: what the engine measured as
   * faster on this machine; the event `done` says which it was, for the record.
   */
  layout: z.enum(['serial', 'parallel']).optional(),
  /**
   * With which trained adapter, by its hash; null: with the one that came with the program, or none. Left out: with the
   * one in use. Where it cannot be had the plan fails: nobody takes another one's words for its.
   */
  adapter: z.string().nullable().optional(),
  sampling: z.object({
    temperature: z.number().min(0).max(2),
    topP: z.number().gt(0).max(1),
    seed: z.number().int(),
  }),
});
export type GenerationPlan = z.infer<typeof generationPlanSchema>;
export type GenerationLayout = NonNullable<GenerationPlan['layout']>;

export const generationEventSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('hole'),
    /** Index into `steps`. */
    step: z.number().int().min(0),
    text: z.string(),
    probability: z.number().min(0).max(1).nullable(),
    tokens: z.number().int().min(0),
    /** `sentence`: ended by itself; `length`: cut at maxTokens. */
    ended: z.enum(['sentence', 'length']),
  }),
  /** More of a free hole; its `hole` event holds all of it. */
  z.object({ kind: z.literal('piece'), step: z.number().int().min(0), text: z.string() }),
  /** The model writes for somebody whose need is greater; this job stands still and loses nothing. */
  z.object({ kind: z.literal('paused') }),
  z.object({ kind: z.literal('resumed') }),
  z.object({
    kind: z.literal('done'),
    layout: z.enum(['serial', 'parallel']),
    tokens: z.object({ promptNew: z.number(), forced: z.number(), sampled: z.number() }),
    /** Milliseconds from the request to the first sampled token and to the end. */
    timing: z.object({ firstToken: z.number().nullable(), complete: z.number() }),
    /** Where another model or adapter than the status names wrote: which. */
    writtenBy: z.object({ name: z.string(), sha256: z.string(), adapter: z.string().nullable() }).optional(),
  }),
  z.object({
    kind: z.literal('failed'),
    reason: z.enum(['unavailable', 'cancelled', 'overflow', 'failed']),
    detail: z.string(),
  }),
]);
export type GenerationEvent = z.infer<typeof generationEventSchema>;

/** Whether a generation ends with this event. */
export function isLastEvent(event: GenerationEvent): boolean {
  return event.kind === 'done' || event.kind === 'failed';
}

/** From which probability a model's words count as sure, and below which they are withheld; both measured. */
export const confidenceThresholdsSchema = z
  .object({ confidentFrom: z.number().min(0).max(1), withheldBelow: z.number().min(0).max(1) })
  .refine(({ confidentFrom, withheldBelow }) => withheldBelow <= confidentFrom);
export type ConfidenceThresholds = z.infer<typeof confidenceThresholdsSchema>;

/** Why there is no model to write with, in codes; `detail` is for logs and the system page. */
export const ENGINE_STATES = [
  'starting',
  'ready',
  'missing',
  'refused',
  'failed',
  'safe-mode',
  'off',
] as const;
export const engineStatusSchema = z.object({
  state: z.enum(ENGINE_STATES),
  detail: z.string().nullable(),
  model: z
    .object({
      name: z.string(),
      file: z.string(),
      /** Empty where a server has the model: its bytes are not ours to hash. */
      sha256: z.string(),
      adapter: z.string().nullable(),
      promptFormat: z.enum(['chatml', 'llama3', 'alpaca']),
      languages: z.array(z.string()),
      /** Measured at the smoke load on this machine. */
      tokensPerSecond: z.number().nullable(),
      /** The layout that was faster there; null: not measured. */
      layout: z.enum(['serial', 'parallel']).nullable(),
      /** What its probabilities mean, as measured at its admission; left out: not measured. */
      thresholds: confidenceThresholdsSchema.exactOptional(),
      /** Hash of the adapter in use; left out: the one that came with the program, or none. */
      adapterSha256: z.string().exactOptional(),
    })
    .nullable(),
  /** Trained adapters that cannot be written with here, and why. Left out: there are none. */
  refusedAdapters: z.array(z.object({ sha256: z.string(), detail: z.string() })).exactOptional(),
  /** Which adapter was chosen, and where a chosen server fails: how. Left out where nobody chooses. */
  chosen: z.object({ adapter: z.enum(ENGINE_ADAPTERS), problem: z.string().nullable() }).optional(),
});
export type EngineStatus = z.infer<typeof engineStatusSchema>;

/** `idle`: work that nobody at a bed waits for, such as gates: it stands still while anything else wants the model. */
export const GENERATION_PRIORITIES = ['emergency', 'background', 'idle'] as const;
export type GenerationPriority = (typeof GENERATION_PRIORITIES)[number];

export interface EnginePort {
  status(): EngineStatus;
  /** Calls back on every change of status; returns the way to stop. */
  onStatus(listener: (status: EngineStatus) => void): () => void;
  /** Evaluates a plan's fixed beginning ahead of time. Does nothing when the engine is not ready. */
  prepare(prefix: readonly PromptSegment[]): Promise<void>;
  /**
   * Evaluates prompt and literals of an explanation that may be asked for soon, whenever nothing else wants the
   * model; replaces what was evaluated so before. Null drops it. A hint: nothing comes back, nothing fails.
   */
  speculate(plan: GenerationPlan | null): void;
  /** Yields each finished hole, then `done` or `failed`; ends early when the signal aborts. Never throws. */
  generate(
    plan: GenerationPlan,
    priority: GenerationPriority,
    signal: AbortSignalLike,
  ): AsyncIterable<GenerationEvent>;
}

/** An engine that can write with trained adapters. */
export interface AdaptableEngine extends EnginePort {
  /**
   * Says which trained adapters there are and which one is in use. The one in use changes between two explanations;
   * one that cannot be loaded leaves what was in use, and the status says so.
   */
  adapt(adapters: EngineAdapters): void;
}

/** An engine whose place a person chooses. */
export interface ChosenEngine extends AdaptableEngine {
  /** Takes effect for what is asked for from now on. The same choice again changes nothing. */
  choose(choice: EngineChoice): void;
}

/** The part of AbortSignal that is used; `app/` has no DOM types. */
export interface AbortSignalLike {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void, options?: { once?: boolean }): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

/** Messages of the engine port where it crosses a process border. */
export const engineRequestSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('prepare'), prefix: z.array(promptSegmentSchema) }),
  z.object({ kind: z.literal('speculate'), plan: generationPlanSchema.nullable() }),
  z.object({
    kind: z.literal('generate'),
    id: z.string(),
    plan: generationPlanSchema,
    priority: z.enum(GENERATION_PRIORITIES),
  }),
  z.object({ kind: z.literal('cancel'), id: z.string() }),
  z.object({ kind: z.literal('choose'), choice: engineChoiceSchema }),
  z.object({ kind: z.literal('adapt'), adapters: engineAdaptersSchema }),
]);
export type EngineRequest = z.infer<typeof engineRequestSchema>;

export const engineReplySchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('status'), status: engineStatusSchema }),
  z.object({ kind: z.literal('event'), id: z.string(), event: generationEventSchema }),
]);
export type EngineReply = z.infer<typeof engineReplySchema>;
