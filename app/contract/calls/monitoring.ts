/** The program's own figures: the screen's, and where Prometheus reads them. */
import { z } from 'zod';
import { expositionViewSchema, monitoringViewSchema } from '../monitoring-views.ts';
import type { Commands, Queries } from './shapes.ts';

/** What the guide's figures may look back on. */
export const MONITORING_HOURS = [24, 168, 720] as const;

export const monitoringCommands = {
  /**
   * Serves the metrics at this machine's own address, or ceases to. A port that is taken is answered with another that
   * is free; `invalid-request` {field, problem} where none can be had.
   */
  'monitoring.configure': {
    permission: 'configure-monitoring',
    params: z.object({ on: z.boolean(), port: z.number().int().min(0).max(65_535) }),
    result: expositionViewSchema,
  },
} as const satisfies Commands;

export const monitoringQueries = {
  'monitoring.state': {
    permission: 'read-monitoring',
    params: z.object({ hours: z.literal(MONITORING_HOURS) }),
    result: monitoringViewSchema,
  },
} as const satisfies Queries;
