/**
 * The configuration of a training: the form's source, with the guide's values as defaults. The trainer's own validation
 * is held to the same rules by `resources/trainer/tests/configuration-cases.jsonl`.
 */
import { z } from 'zod';

export const TRAINING_FORMAT = 'medobsmind-training-1';

const LORA_TARGETS = ['q_proj', 'k_proj', 'v_proj', 'o_proj', 'gate_proj', 'up_proj', 'down_proj'] as const;
const name = z
  .string()
  .max(400)
  .refine((text) => text.trim() !== '');
const file = name.nullable().default(null);
const sha256 = z
  .string()
  .regex(/^[0-9a-f]{64}$/u)
  .nullable()
  .default(null);
const whole = (low: number, high: number) => z.number().int().min(low).max(high);

/** Where base weights lie on the host. `file`: a GGUF file's name; null: safetensors. */
const baseSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('folder'), path: name, file, sha256 }),
  z.strictObject({
    kind: z.literal('hub'),
    repository: name,
    file,
    /** A commit: the same name then always means the same bytes. */
    revision: z
      .string()
      .max(64)
      .refine((text) => text.trim() !== '')
      .nullable()
      .default(null),
    sha256,
  }),
]);

const loraSchema = z.strictObject({
  r: whole(1, 256).default(16),
  alpha: z.number().positive().max(1024).default(32),
  dropout: z.number().min(0).max(0.5).default(0.05),
  targets: z
    .array(z.enum(LORA_TARGETS))
    .min(1)
    .refine((targets) => new Set(targets).size === targets.length)
    .default(['q_proj', 'k_proj', 'v_proj', 'o_proj']),
  rankStabilised: z.boolean().default(false),
});

const trainingSchema = z.strictObject({
  epochs: z.number().positive().max(50).default(3),
  batch: whole(1, 256).default(4),
  accumulation: whole(1, 256).default(4),
  learningRate: z.number().positive().max(0.01).default(2e-4),
  schedule: z.enum(['cosine', 'linear', 'constant']).default('cosine'),
  warmUpSteps: whole(0, 100_000).default(100),
  gradientNorm: z.number().positive().max(100).default(0.3),
  /** The paged one where there is a GPU; a processor always takes the plain one. */
  optimiser: z.enum(['paged-adamw-32bit', 'adamw']).default('paged-adamw-32bit'),
  /** Tokens of a sequence; a longer one is left out and counted, because without its end it would teach none. */
  length: whole(64, 32_768).default(2048),
  evaluateEvery: whole(1, 1_000_000).default(500),
  saveEvery: whole(1, 1_000_000).default(500),
  logEvery: whole(1, 1_000_000).default(10),
  precision: z.enum(['bf16', 'f32']).default('bf16'),
  /** NF4 with double quantisation, where there is a GPU. */
  fourBit: z.boolean().default(true),
  seed: whole(0, 2 ** 31 - 1).default(42),
  mostSteps: whole(1, 10_000_000).nullable().default(null),
});

export const trainingConfigurationSchema = z.strictObject({
  format: z.literal(TRAINING_FORMAT),
  /** `sft`: sequences, the loss on what the model writes; `dpo`: pairs of texts, one of which was preferred. */
  method: z.enum(['sft', 'dpo']).default('sft'),
  base: baseSchema,
  /** A folder on the host with an adapter to train further. */
  continueFrom: name.nullable().default(null),
  lora: loraSchema.prefault({}),
  training: trainingSchema.prefault({}),
  /** DPO: how far answers may move away from the model before it. */
  beta: z.number().positive().max(10).default(0.1),
  workers: whole(1, 64).default(1),
  threads: whole(1, 256).nullable().default(null),
});
export type TrainingConfiguration = z.infer<typeof trainingConfigurationSchema>;
