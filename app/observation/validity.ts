/**
 * How long a value counts, as a site's policy. The defaults are ours (no chart tells them).
 *
 * | Source | looks stale from | counts as missing from |
 * |---|---|---|
 * | streamed | 15 s | 60 s |
 * | cuff | 1.5 of its intervals | 2 of its intervals (an unknown interval is taken for 30 min) |
 * | charted | when the next observation is due | 15 min of grace later, never more than 4 h after it was observed |
 *
 * A charted value is due again when the score's band says so, and in an ICU after 1 h at the latest.
 */
import { z } from 'zod';
import type { Monitoring } from '../scoring/news2.ts';
import type { ObservedValue } from './reading.ts';

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const seconds = z.number().positive().max(86_400);
const minutes = z
  .number()
  .positive()
  .max(24 * 60);

export const validityPolicySchema = z
  .object({
    version: z.number().int().min(1).default(1),
    streamed: z
      .object({ staleSeconds: seconds.default(15), missingSeconds: seconds.default(60) })
      .prefault({}),
    cuff: z
      .object({
        staleIntervals: z.number().min(1).max(10).default(1.5),
        missingIntervals: z.number().min(1).max(10).default(2),
        assumedIntervalMinutes: minutes.default(30),
      })
      .prefault({}),
    charted: z
      .object({
        /** Minutes after which charted vitals are due at the latest; null leaves it to the band. ICU: 60. */
        dueMinutes: minutes.nullable().default(60),
        graceMinutes: z.number().min(0).max(240).default(15),
        mostMinutes: minutes.default(240),
      })
      .prefault({}),
    /** Two sources of one vital contradict each other only when they were observed within this time. */
    conflictMinutes: z.number().min(0).max(60).default(5),
  })
  .refine(({ streamed }) => streamed.staleSeconds <= streamed.missingSeconds, {
    error: 'a streamed value cannot be missing before it is stale',
    path: ['streamed'],
  })
  .refine(({ cuff }) => cuff.staleIntervals <= cuff.missingIntervals, {
    error: 'a cuff pressure cannot be missing before it is stale',
    path: ['cuff'],
  });
export type ValidityPolicy = z.infer<typeof validityPolicySchema>;

export const DEFAULT_VALIDITY_POLICY: ValidityPolicy = validityPolicySchema.parse({});

/** How a value is measured, with what its validity depends on. */
export type Measured =
  | { readonly mode: 'streamed' }
  /** Minutes between two cuff measurements; null where the monitor does not tell. */
  | { readonly mode: 'cuff'; readonly intervalMinutes: number | null }
  /** The least monitoring that the current score asks for; null where there is no score. */
  | { readonly mode: 'charted'; readonly monitoring: Monitoring | null };

/**
 * Minutes until a charted observation is due by the band. Of "4–6-hourly" the shorter one. `continuous` asks for
 * a monitor; what still is charted (consciousness, oxygen) is due every hour then, ours.
 */
const DUE_MINUTES: { readonly [monitoring in Monitoring]: number } = {
  '12h': 720,
  '4-6h': 240,
  '1h': 60,
  continuous: 60,
};

export type ValidityLimits = Pick<ObservedValue, 'staleAfterMs' | 'missingAfterMs'>;

function chartedLimits({ charted }: ValidityPolicy, monitoring: Monitoring | null): ValidityLimits {
  const byBand = monitoring === null ? charted.mostMinutes : DUE_MINUTES[monitoring];
  const due = Math.min(byBand, charted.dueMinutes ?? charted.mostMinutes);
  const missing = Math.min(due + charted.graceMinutes, charted.mostMinutes);
  const stale = Math.min(due, Math.max(0, missing - charted.graceMinutes));
  return { staleAfterMs: stale * MINUTE_MS, missingAfterMs: missing * MINUTE_MS };
}

/** The ages (ms) from which a value looks stale and counts as missing. */
export function validityLimits(measured: Measured, policy: ValidityPolicy): ValidityLimits {
  switch (measured.mode) {
    case 'streamed':
      return {
        staleAfterMs: policy.streamed.staleSeconds * SECOND_MS,
        missingAfterMs: policy.streamed.missingSeconds * SECOND_MS,
      };
    case 'cuff': {
      const intervalMs = (measured.intervalMinutes ?? policy.cuff.assumedIntervalMinutes) * MINUTE_MS;
      return {
        staleAfterMs: intervalMs * policy.cuff.staleIntervals,
        missingAfterMs: intervalMs * policy.cuff.missingIntervals,
      };
    }
    case 'charted':
      return chartedLimits(policy, measured.monitoring);
  }
}
