/** Trainings on a host: which hosts there are, what would go, beginning, following, stopping, going on. */
import { z } from 'zod';
import { ARTEFACT_REFUSALS } from '../../learning/training/artefacts.ts';
import { ATTEMPT_PHASES, attemptFailureSchema } from '../../learning/training/attempt.ts';
import { trainingConfigurationSchema } from '../../learning/training/configuration.ts';
import { hostPriceSchema } from '../../learning/training/cost.ts';
import { TRAINING_NOTES } from '../../learning/training/event.ts';
import { HOST_TROUBLES, hostSecretsSchema, trainingHostSchema } from '../../learning/training/host.ts';
import { hostReportSchema } from '../../learning/training/host-report.ts';
import { type Commands, id, nothing, type Queries } from './shapes.ts';

const permission = 'manage-learning';
const count = z.number().int().min(0);
const moment = z.iso.datetime({ offset: true });
const troubleSchema = z.object({ code: z.enum(HOST_TROUBLES), found: z.string() });
/** Absent: as it was; null: none. */
const secret = hostSecretsSchema.partial();

const hostViewSchema = z.object({
  id,
  host: trainingHostSchema,
  hasKey: z.boolean(),
  /** Runs that are not over. */
  active: count,
});

export type TrainingHostView = z.infer<typeof hostViewSchema>;

const runViewSchema = z.object({
  id,
  hostId: id,
  hostName: z.string(),
  dataSetId: id,
  madeAt: moment,
  madeBy: z.string(),
  configuration: trainingConfigurationSchema,
  /** Of the newest attempt. */
  phase: z.enum(ATTEMPT_PHASES),
  attempts: count,
  /** Null: nobody; `ceiling`: the cost. */
  stopAskedBy: z.string().nullable(),
  failure: attemptFailureSchema.nullable(),
  /** Why nothing newer is known. */
  trouble: troubleSchema.nullable(),
  /** When the host last told of it; null: never. */
  seenAt: moment.nullable(),
  device: z.string().nullable(),
  step: count,
  steps: count.nullable(),
  savedStep: count.nullable(),
  secondsLeft: z.number().nullable(),
  secondsAnExample: z.number().nullable(),
  learningRate: z.number().nullable(),
  gpu: z.object({ memoryMebibytes: z.number(), percent: z.number().nullable() }).nullable(),
  /** Thinned to what a screen can show. */
  losses: z.array(z.object({ step: count, loss: z.number().nullable() })),
  evaluations: z.array(z.object({ step: count, loss: z.number(), perplexity: z.number() })),
  notes: z.array(z.enum(TRAINING_NOTES)),
  perplexity: z.object({ base: z.number().nullable(), adapter: z.number().nullable() }).nullable(),
  price: hostPriceSchema,
  ceiling: z.number().nullable(),
  cost: z.object({
    hours: z.number(),
    soFar: z.number(),
    forecast: z.number().nullable(),
    overCeiling: z.enum(['no', 'forecast', 'reached']),
  }),
  artefacts: z.object({
    state: z.enum(['none', 'fetched', 'refused']),
    refusal: z.object({ code: z.enum(ARTEFACT_REFUSALS), file: z.string() }).nullable(),
    /** Where they stand on this machine. */
    folder: z.string().nullable(),
    files: z.array(z.object({ name: z.string(), bytes: count, sha256: z.string() })),
  }),
  mayStop: z.boolean(),
  mayResume: z.boolean(),
});
export type TrainingRunView = z.infer<typeof runViewSchema>;

const runRequest = z.object({
  hostId: id,
  dataSetId: id,
  configuration: trainingConfigurationSchema,
});

export const trainingCommands = {
  /** Without an id: a new host. */
  'training-host.save': {
    permission,
    params: z.object({ id: id.nullable(), host: trainingHostSchema, secrets: secret }),
    result: z.object({ id }),
  },
  /** Refused while something runs there. */
  'training-host.remove': { permission, params: z.object({ id }), result: nothing },
  /** Sends an approved data set to the host and begins; `sha256` is what was looked at. */
  'training.begin': {
    permission,
    params: runRequest.extend({ sha256: z.string(), ceiling: z.number().positive().nullable() }),
    result: z.object({ id }),
  },
  /** Asks it to write a checkpoint and end. */
  'training.stop': { permission, params: z.object({ id }), result: nothing },
  /** Goes on from the last checkpoint, as a new attempt of the same run. */
  'training.resume': {
    permission,
    params: z.object({ id, ceiling: z.number().positive().nullable() }),
    result: nothing,
  },
  /** Fetches again what was refused. */
  'training.fetch': { permission, params: z.object({ id }), result: nothing },
} as const satisfies Commands;

export const trainingQueries = {
  'training.state': {
    permission,
    params: nothing,
    result: z.object({
      hosts: z.array(hostViewSchema),
      /** The newest first. */
      runs: z.array(runViewSchema),
      /** Where this machine's own models lie, for trial mode. */
      modelsFolder: z.string(),
    }),
  },
  /** What would go, and what it would cost. */
  'training.preview': {
    permission,
    params: runRequest,
    result: z.object({
      files: z.array(z.object({ name: z.string(), bytes: count })),
      /** Packed, as it goes. */
      bytes: count,
      examples: count,
      /** By the last run of the same base on this host; null: there was none. */
      forecast: z.object({ seconds: z.number(), cost: z.number() }).nullable(),
    }),
  },
  /** The fingerprint that a host shows, to be compared with the host's own. */
  'training-host.key': {
    permission,
    params: z.object({ host: z.string().trim().min(1).max(253), port: z.number().int().min(1).max(65_535) }),
    result: z.object({ hostKey: z.string().nullable(), trouble: troubleSchema.nullable() }),
  },
  /** Whether a saved host answers as it should, and can train; a job on it looks. */
  'training-host.check': {
    permission,
    params: z.object({ id }),
    result: z.object({
      version: z.string().nullable(),
      /** What the host found of itself. */
      report: hostReportSchema.nullable(),
      trouble: troubleSchema.nullable(),
    }),
  },
} as const satisfies Queries;
