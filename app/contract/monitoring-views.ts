/** What a terminal sees of the program's own figures. No patient, bed or person is in it. */
import { z } from 'zod';
import { MEASURE_IDS, VERDICTS } from '../monitoring/measures.ts';
import { TECHNICAL_CODES } from '../technical/technical.ts';

const count = z.number().int().min(0);

const measureViewSchema = z.object({
  id: z.enum(MEASURE_IDS),
  /** In the measure's unit; null: nothing was measured. */
  value: z.number().nullable(),
  /** Where it is known by its bucket only: it lies between these; `high` null: beyond the last bound. */
  between: z.object({ low: z.number(), high: z.number().nullable() }).nullable(),
  /** How many it was counted from. */
  of: count,
  verdict: z.enum(VERDICTS),
});

/** Where the metrics can be read by Prometheus. */
export const expositionViewSchema = z.object({
  on: z.boolean(),
  /** The port that was asked for. */
  wanted: z.number().int(),
  /** The port it listens at; null: it does not. Another than the wanted one where that is taken. */
  port: z.number().int().nullable(),
  /** The system's code where it cannot listen. */
  problem: z.string().nullable(),
});

export const monitoringViewSchema = z.object({
  at: z.string(),
  /** What the guide's figures look back on. */
  hours: z.number().int(),
  /** From when the ward's own figures are counted: the start of the program. */
  since: z.string(),
  measures: z.array(measureViewSchema),
  /** False: the record could not be read, and the guide's figures are missing. */
  recordRead: z.boolean(),
  /** The guide's time in equal parts, oldest first. Seconds. */
  explanations: z.array(
    z.object({
      at: z.string(),
      p50: z.number().nullable(),
      p95: z.number().nullable(),
      complete: count,
      failed: count,
    }),
  ),
  /** The last hours by the minute, oldest first. Readings a second; seconds. */
  minutes: z.array(
    z.object({
      at: z.string(),
      readings: z.number(),
      acknowledgementP99: z.number().nullable(),
      loopDelayP99: z.number().nullable(),
    }),
  ),
  technical: z.array(z.object({ code: z.enum(TECHNICAL_CODES), count })),
  exposition: expositionViewSchema,
});
export type MonitoringView = z.output<typeof monitoringViewSchema>;
