/** Trained adapters: taking one in, its gates, signing, its way to the bed and back. */
import { z } from 'zod';
import {
  ADAPTER_STATES,
  canarySchema,
  exposurePolicySchema,
  SIGNER_ROLES,
} from '../../learning/adapters/life.ts';
import { reportSchema } from '../../learning/gates/report.ts';
import { type Commands, id, name, nothing, pin, type Queries } from './shapes.ts';

const permission = 'manage-adapters';
const count = z.number().int().min(0);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/u);
const folder = z.string().trim().min(1).max(4096);
const at = z.iso.datetime({ offset: true });

const adapterViewSchema = z.object({
  id: sha256,
  version: z.string(),
  state: z.enum(ADAPTER_STATES),
  stagedAt: at,
  stagedBy: z.string(),
  bytes: count,
  base: z.string(),
  dataSet: z.string(),
  /** Report of its last gates that ended, and whether it passed; null: none did. */
  report: z.object({ sha256, passed: z.boolean() }).nullable(),
  signatures: z.array(z.object({ role: z.enum(SIGNER_ROLES), name: z.string(), at })),
  /** Its gates, where they run or were cut off. */
  gates: z
    .object({
      state: z.enum(['running', 'stopped', 'failed']),
      done: count,
      of: count,
      detail: z.string().nullable(),
    })
    .nullable(),
  /** What it has written in its stage. */
  exposure: z
    .object({ explanations: count, hours: z.number(), holes: count, shown: count, unsafe: count })
    .nullable(),
  canary: canarySchema.nullable(),
  /** Why the engine cannot write with it; null: it can, or nobody has tried. */
  refused: z.string().nullable(),
});
export type AdapterView = z.infer<typeof adapterViewSchema>;

export const adaptersCommands = {
  /** Takes an adapter in from a folder of this machine or a stick, after checking every file of it. */
  'adapter.import': { permission, params: z.object({ folder }), result: z.object({ id: sha256 }) },
  /** Begins its gates, or goes on where they were cut off. They give way to everything that the ward needs. */
  'adapter.run-gates': { permission, params: z.object({ id: sha256 }), result: nothing },
  'adapter.stop-gates': { permission, params: z.object({ id: sha256 }), result: nothing },
  /** A person signs in one role what they have read: the report's hash says what that was. The PIN is asked again. */
  'adapter.sign': {
    permission,
    params: z.object({ id: sha256, role: z.enum(SIGNER_ROLES), report: sha256, pin }),
    result: nothing,
  },
  'adapter.shadow': { permission, params: z.object({ id: sha256 }), result: nothing },
  'adapter.canary': { permission, params: z.object({ id: sha256, canary: canarySchema }), result: nothing },
  'adapter.promote': { permission, params: z.object({ id: sha256 }), result: nothing },
  /** Takes the one on trial, or else the one in use, away from the bed; the one before it writes again. */
  'adapter.step-back': { permission, params: nothing, result: nothing },
  'adapter.withdraw': { permission, params: z.object({ id: sha256 }), result: nothing },
  /** Writes a signed adapter with its release, report and card into a folder, for other workstations. */
  'adapter.export': {
    permission,
    params: z.object({ id: sha256, folder }),
    result: z.object({ folder: z.string(), files: count }),
  },
  'adapter.exposure': { permission, params: exposurePolicySchema, result: nothing },
  /** A new key for oneself in a role; the old one signs nothing more. */
  'signing-key.rotate': {
    permission,
    params: z.object({ role: z.enum(SIGNER_ROLES), pin }),
    result: z.object({ id: sha256 }),
  },
  /** Lets a signer of another ward count here. */
  'signing-key.trust': {
    permission: 'manage-people',
    params: z.object({ name, role: z.enum(SIGNER_ROLES), publicKey: z.base64().max(200) }),
    result: z.object({ id: sha256 }),
  },
} as const satisfies Commands;

export const adaptersQueries = {
  'adapter.state': {
    permission,
    params: nothing,
    result: z.object({
      /** Newest first. */
      adapters: z.array(adapterViewSchema),
      production: sha256.nullable(),
      previous: sha256.nullable(),
      canStepBack: z.boolean(),
      policy: exposurePolicySchema,
      keys: z.array(
        z.object({
          id: sha256,
          role: z.enum(SIGNER_ROLES),
          name: z.string(),
          publicKey: z.base64(),
          addedAt: at,
          retired: z.boolean(),
          own: z.boolean(),
        }),
      ),
      /** Folders that were fetched and could not be taken in, and why. */
      refused: z.array(z.object({ folder: z.string(), reason: z.string(), file: z.string() })),
    }),
  },
  'adapter.report': {
    permission,
    params: z.object({ id: sha256 }),
    result: z.object({ sha256, report: reportSchema, html: z.string(), card: z.string() }),
  },
  'adapter.history': {
    permission,
    params: z.object({ id }),
    result: z.object({
      acts: z.array(z.object({ at, by: z.string(), act: z.string(), detail: z.string().nullable() })),
    }),
  },
} as const satisfies Queries;
