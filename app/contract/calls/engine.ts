/** Where explanations are written, and to whom they are served. */
import { z } from 'zod';
import { ENGINE_ADAPTERS, isServerAddress, remoteServerSchema } from '../engine-choice.ts';
import { servingNetworkSchema, servingViewSchema } from '../serving-views.ts';
import { type Commands, nothing, type Queries } from './shapes.ts';

/** What is set, without the key: only whether there is one. */
const engineSettingsViewSchema = z.object({
  adapter: z.enum(ENGINE_ADAPTERS),
  server: remoteServerSchema.extend({ hasKey: z.boolean() }).nullable(),
});
export type EngineSettingsView = z.output<typeof engineSettingsViewSchema>;

export const engineCommands = {
  /** Chooses where explanations are written from now on. `invalid-request` where `remote` names no server. */
  'engine.configure': {
    permission: 'configure-engine',
    params: z
      .object({
        adapter: z.enum(ENGINE_ADAPTERS),
        server: remoteServerSchema
          .extend({
            url: remoteServerSchema.shape.url.refine(isServerAddress),
            /** Left out: the one that is kept stays, for the same address. Null: none. */
            key: z.string().trim().min(1).max(4_096).nullable().optional(),
          })
          .nullable(),
      })
      .refine(({ adapter, server }) => adapter !== 'remote' || server !== null, { path: ['server'] }),
    result: engineSettingsViewSchema,
  },
  /**
   * Serves explanations to other programs, or ceases to. Where there is no token yet, or a new one is asked for, the
   * answer holds it, this once. `port-in-use` where the port is taken; what stood before then stays.
   */
  'serving.configure': {
    permission: 'configure-engine',
    params: z.object({
      on: z.boolean(),
      port: z.number().int().min(0).max(65_535),
      network: servingNetworkSchema.nullable(),
      completions: z.boolean(),
      newToken: z.boolean(),
    }),
    result: z.object({ token: z.string().nullable(), serving: servingViewSchema }),
  },
} as const satisfies Commands;

export const engineQueries = {
  'engine.settings': { permission: 'configure-engine', params: nothing, result: engineSettingsViewSchema },
  'serving.state': { params: nothing, result: servingViewSchema },
} as const satisfies Queries;
