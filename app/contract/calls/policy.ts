/** The site's policy: what is in force, its draft, what the draft would have meant, and its activation. */
import { z } from 'zod';
import { simulationStateSchema } from '../../policy/simulation.ts';
import { sitePolicySchema } from '../../policy/site-policy.ts';
import { type Commands, nothing, type Queries } from './shapes.ts';

const permission = 'configure-policy';
const version = z.number().int().min(1);
const reason = z.string().trim().min(1).max(4096);

const policyVersionSchema = z.object({
  version,
  /** Null of the first version, which is the program's own. */
  activatedAt: z.iso.datetime({ offset: true }).nullable(),
  activatedBy: z.string().nullable(),
  reason: z.string().nullable(),
  policy: sitePolicySchema,
});
export type PolicyVersionView = z.infer<typeof policyVersionSchema>;

const policyDraftSchema = z.object({
  basedOn: version,
  policy: sitePolicySchema,
  savedAt: z.iso.datetime({ offset: true }),
  savedBy: z.string(),
});

/** A version that this program cannot read: it is kept, and one before it is in force. */
const unreadablePolicySchema = z.object({
  version,
  activatedAt: z.iso.datetime({ offset: true }),
  faults: z.array(z.object({ path: z.string(), message: z.string() })),
});

export const policyCommands = {
  /**
   * Keeps the draft; the ward goes on under the policy in force. `expectedVersion`: what the draft was made from. Where
   * another person has a draft it is refused, with whose and when it was saved; `takeOver` is that moment, and gives
   * that draft up for this one.
   */
  'policy.save-draft': {
    permission,
    params: z.object({
      expectedVersion: version,
      policy: sitePolicySchema,
      takeOver: z.iso.datetime({ offset: true }).exactOptional(),
    }),
    result: nothing,
  },
  'policy.discard-draft': { permission, params: nothing, result: nothing },
  /** Begins to hold the draft against the policy in force, on the record of the last days. */
  'policy.simulate': { permission, params: nothing, result: nothing },
  'policy.stop-simulation': { permission, params: nothing, result: nothing },
  /** Puts the draft in force. Open alerts stay open. */
  'policy.activate': {
    permission,
    params: z.object({ expectedVersion: version, reason }),
    result: z.object({ version }),
  },
} as const satisfies Commands;

export const policyQueries = {
  'policy.current': {
    params: nothing,
    result: z.object({
      current: policyVersionSchema,
      draft: policyDraftSchema.nullable(),
      /** Newer than the one in force. */
      unreadable: z.array(unreadablePolicySchema).exactOptional(),
    }),
  },
  'policy.versions': { params: nothing, result: z.array(policyVersionSchema) },
  'policy.simulation': { params: nothing, result: simulationStateSchema },
} as const satisfies Queries;
