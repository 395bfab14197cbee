/** What a simulation of two policies on the record says. Figures come with intervals of 95 %. */
import { z } from 'zod';
import { alertRuleSchema } from '../alerting/alert.ts';

const estimate = z.object({ value: z.number(), low: z.number(), high: z.number() });

const simulatedSchema = z.object({
  fired: z.number().int().min(0),
  perBedDay: estimate.nullable(),
  byRule: z.array(z.object({ rule: alertRuleSchema, fired: z.number().int().min(0) })),
  /** Of the simulated alerts: those near a real one of the same patient that somebody acted on. */
  shareActedOn: estimate.nullable(),
  /** Real escalations by a person that an alert came before, and by how many minutes (median). */
  foreseen: z.number().int().min(0),
  leadMinutes: estimate.nullable(),
});
export type Simulated = z.infer<typeof simulatedSchema>;

export const simulationSchema = z.object({
  days: z.number(),
  bedDays: z.number().min(0),
  patients: z.number().int().min(0),
  /** Real alerts that were acted on, and real escalations by a person, in these days. */
  actedOn: z.number().int().min(0),
  escalations: z.number().int().min(0),
  before: simulatedSchema,
  after: simulatedSchema,
});
export type Simulation = z.infer<typeof simulationSchema>;

/** Fewer bed-days than this say nothing about a policy. Ours. */
export const LEAST_BED_DAYS = 3;
export const SIMULATED_DAYS = 7;

export const simulationStateSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('none') }),
  /** `done` from 0 to 1. */
  z.object({ state: z.literal('running'), done: z.number().min(0).max(1) }),
  z.object({ state: z.literal('not-enough-data'), bedDays: z.number(), leastBedDays: z.number() }),
  z.object({ state: z.literal('failed') }),
  z.object({ state: z.literal('done'), at: z.iso.datetime({ offset: true }), simulation: simulationSchema }),
]);
export type SimulationState = z.infer<typeof simulationStateSchema>;
