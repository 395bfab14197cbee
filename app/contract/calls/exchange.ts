/** Exchange with other workstations: signed adapters come, approved data sets and released adapters go. */
import { z } from 'zod';
import {
  BUNDLE_REFUSALS,
  exchangePlaceSchema,
  exchangeSecretsSchema,
} from '../../learning/exchange/place.ts';
import { HOST_TROUBLES } from '../../learning/training/host.ts';
import { type Commands, id, nothing, type Queries } from './shapes.ts';

const permission = 'manage-adapters';
const count = z.number().int().min(0);
const troubleSchema = z.object({ code: z.enum(HOST_TROUBLES), found: z.string() });

const lookSchema = z.object({
  at: z.iso.datetime({ offset: true }),
  /** Bundles at the place, and those that are new here. */
  found: count,
  taken: count,
  refused: z.array(z.object({ bundle: z.string(), code: z.enum(BUNDLE_REFUSALS), file: z.string() })),
  trouble: troubleSchema.nullable(),
});
export type ExchangeLook = z.infer<typeof lookSchema>;

export const exchangeCommands = {
  /** Null: no exchange. Secrets stay with the place that they were given for. */
  'exchange.save': {
    permission,
    params: z.object({ place: exchangePlaceSchema.nullable(), secrets: exchangeSecretsSchema.partial() }),
    result: nothing,
  },
  /** Looks for new adapters now; it is done by itself every few hours. */
  'exchange.look': { permission, params: nothing, result: lookSchema },
  /** Puts a signed adapter there with its release, report and card. */
  'exchange.publish': {
    permission,
    params: z.object({ id: z.string().regex(/^[0-9a-f]{64}$/u) }),
    result: z.object({ bundle: z.string(), files: count }),
  },
  /** Puts an approved data set there, signed by this workstation. */
  'exchange.send': {
    permission: 'manage-learning',
    params: z.object({ id }),
    result: z.object({ bundle: z.string(), files: count }),
  },
} as const satisfies Commands;

export const exchangeQueries = {
  'exchange.state': {
    permission,
    params: nothing,
    result: z.object({
      place: exchangePlaceSchema.nullable(),
      hasToken: z.boolean(),
      hasKey: z.boolean(),
      looking: z.boolean(),
      last: lookSchema.nullable(),
    }),
  },
} as const satisfies Queries;
