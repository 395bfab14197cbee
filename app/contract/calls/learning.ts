/** Data sets: whose care may teach, building one, looking at it, letting it leave. */
import { z } from 'zod';
import { IDENTIFIER_KINDS } from '../../learning/deidentification/span.ts';
import { EXAMPLE_KINDS, EXAMPLE_SOURCES, SCENARIOS } from '../../learning/examples/example.ts';
import { type Commands, id, nothing, type Queries } from './shapes.ts';

const permission = 'manage-learning';
const count = z.number().int().min(0);
/** More would keep the thread for an hour and fill the disk: the guide recommends 50,000 at most. */
const MOST_SYNTHETIC = 50_000;

const counted = z.array(z.object({ name: z.string(), count }));
const dataSetViewSchema = z.object({
  id,
  builtAt: z.iso.datetime({ offset: true }),
  builtBy: z.string(),
  sha256: z.string(),
  examples: count,
  counts: z.object({ train: count, validation: count, test: count }),
  /** How many were left out, by reason. */
  rejected: counted,
  repeated: count,
  /** Rows to look at in the preview. */
  preview: count,
  balance: z.object({
    total: count,
    toLeast: count,
    kinds: z.array(
      z.object({
        kind: z.enum(EXAMPLE_KINDS),
        count,
        share: z.number(),
        target: z.number(),
        even: z.boolean(),
      }),
    ),
    scenarios: z.array(z.object({ name: z.enum(SCENARIOS), count })),
    sources: z.array(z.object({ name: z.enum(EXAMPLE_SOURCES), count })),
    languages: z.array(z.object({ name: z.enum(['en', 'hi']), count })),
  }),
  approvedAt: z.iso.datetime({ offset: true }).nullable(),
  approvedBy: z.string().nullable(),
  /** Patients in it who have withdrawn since: it cannot leave any more. */
  withdrawn: count,
});
export type DataSetView = z.infer<typeof dataSetViewSchema>;

const previewRowSchema = z.object({
  id: z.string(),
  source: z.enum(EXAMPLE_SOURCES),
  /** Null: it is in the data set. */
  rejected: z.string().nullable(),
  /** The text in parts; a hit has its kind. */
  parts: z.array(z.object({ text: z.string(), kind: z.enum(IDENTIFIER_KINDS).nullable() })),
});

export const learningCommands = {
  /** Says whether a patient's care may teach. It may be withdrawn until the data set has left. */
  'consent.record': {
    permission,
    params: z.object({ patientId: id, given: z.boolean() }),
    result: nothing,
  },
  /** Begins to build a data set, on a thread of its own. */
  'data-set.build': {
    permission,
    params: z.object({
      /** Of the synthetic part; the same seed gives the same examples. */
      seed: z.number().int().min(0).max(0xffffffff),
      synthetic: count.max(MOST_SYNTHETIC),
    }),
    result: nothing,
  },
  /** A named person has looked at the preview and lets it leave; `sha256` is what they looked at. */
  'data-set.approve': { permission, params: z.object({ id, sha256: z.string() }), result: nothing },
  /** Writes an approved data set into a folder of this machine. */
  'data-set.export': {
    permission,
    params: z.object({ id, folder: z.string().trim().min(1).max(4096) }),
    result: z.object({ folder: z.string(), files: count }),
  },
} as const satisfies Commands;

export const learningQueries = {
  /** What was last recorded of a patient's consent; null: nobody has been asked. */
  'consent.of': {
    permission,
    params: z.object({ patientId: id }),
    result: z.object({ given: z.boolean(), at: z.iso.datetime({ offset: true }), by: z.string() }).nullable(),
  },
  'data-set.state': {
    permission,
    params: nothing,
    result: z.object({
      building: z.boolean(),
      /** Why the last build came to nothing. */
      problem: z.string().nullable(),
      /** The newest first. */
      dataSets: z.array(dataSetViewSchema),
    }),
  },
  'data-set.preview': {
    permission,
    params: z.object({ id, from: count, most: z.number().int().min(1).max(200) }),
    result: z.object({ rows: z.array(previewRowSchema), more: z.boolean() }),
  },
} as const satisfies Queries;
