/** Where vitals come from. */
import { z } from 'zod';
import { systemViewSchema } from '../views.ts';
import { type Commands, nothing } from './shapes.ts';

export const feedsCommands = {
  /** Plays the bundled sample. Speed 1 is life; 60 plays a minute a second. */
  'demonstration.start': {
    permission: 'run-demonstration',
    params: z.object({ speed: z.number().min(1).max(120) }),
    result: nothing,
  },
  'demonstration.stop': { permission: 'run-demonstration', params: nothing, result: nothing },
  /** Where the monitors' listener stands. Loopback unless the administrator says otherwise. */
  'intake.configure': {
    permission: 'configure-intake',
    params: z.object({ host: z.string().trim().min(1).max(255), port: z.number().int().min(0).max(65535) }),
    result: systemViewSchema,
  },
} as const satisfies Commands;
