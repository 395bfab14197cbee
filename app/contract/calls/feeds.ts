/** Where vitals come from. */
import { z } from 'zod';
import { feedSettingsSchema, feedViewSchema, mappingSavedSchema, mappingViewSchema } from '../feed-views.ts';
import { listenerSafetySchema } from '../listener-safety.ts';
import { systemViewSchema } from '../views.ts';
import { type Commands, nothing, type Queries } from './shapes.ts';

export const feedsCommands = {
  /** Plays the bundled sample. Speed 1 is life; 60 plays a minute a second. */
  'demonstration.start': {
    permission: 'run-demonstration',
    params: z.object({ speed: z.number().min(1).max(3600) }),
    result: nothing,
  },
  'demonstration.stop': { permission: 'run-demonstration', params: nothing, result: nothing },
  /** Where the monitors' listener stands. Loopback unless the administrator says otherwise. */
  'intake.configure': {
    permission: 'configure-intake',
    params: z.object({
      host: z.string().trim().min(1).max(255),
      port: z.number().int().min(0).max(65535),
      /** Left out: as it is. */
      safety: listenerSafetySchema.optional(),
    }),
    result: systemViewSchema,
  },
  /** How a sender's messages are read from now on. `not-found` where the mapping is not kept. */
  'feed.configure': {
    permission: 'configure-intake',
    params: z.object({ device: z.string().trim().min(1).max(64), settings: feedSettingsSchema }),
    result: feedViewSchema,
  },
  /** Keeps a mapping file (JSON) of a site's own codes, or tells all of its problems. */
  'mapping.save': {
    permission: 'configure-intake',
    params: z.object({ text: z.string().max(1_000_000) }),
    result: mappingSavedSchema,
  },
} as const satisfies Commands;

export const feedsQueries = {
  'feed.list': { params: nothing, result: z.array(feedViewSchema) },
  'mapping.list': { params: nothing, result: z.array(mappingViewSchema) },
} as const satisfies Queries;
