/** Technical alerts: seen by somebody, read by everybody. */
import { z } from 'zod';
import { technicalAlertSchema } from '../../technical/technical.ts';
import { type Commands, id, nothing, type Queries } from './shapes.ts';

export const technicalCommands = {
  /** Somebody has seen it. What happened once is over with that; the rest stays until its cause ends. */
  'technical.acknowledge': {
    permission: 'acknowledge-technical',
    params: z.object({ id }),
    result: nothing,
  },
} as const satisfies Commands;

export const technicalQueries = {
  'technical.list': { params: nothing, result: z.object({ alerts: z.array(technicalAlertSchema) }) },
} as const satisfies Queries;
