/**
 * The facts of an alert at the moment it fires: what scored, how old it was where it was no longer current, what was
 * before, and what code derives. No identity.
 */
import type { FactsInput } from '../../../app/explanation/explanation.ts';
import { isNumericParameter } from '../../../app/explanation/facts.ts';
import { derive } from '../../../app/scoring/derived.ts';
import { NEWS2_PARAMETERS } from '../../../app/scoring/score.ts';
import type { Bed, EarlierVitals } from './bed.ts';

const MINUTE_MS = 60_000;
/** Of the earlier vitals those about half an hour ago are told, never those of the same round. Ours. */
const WANTED_MS = 30 * MINUTE_MS;
const LEAST_MS = 2 * MINUTE_MS;

export function factsOf(bed: Bed): FactsInput {
  const observedMs = bed.sets.reduce((newest, set) => Math.max(newest, set.observedMs), 0);
  const previous = previousOf(bed.earlier, observedMs);
  const stale = NEWS2_PARAMETERS.flatMap((parameter) => {
    const input = bed.scoring.inputs[parameter];
    return input?.state === 'stale' ? [{ parameter, minutes_old: Math.round(input.ageMs / MINUTE_MS) }] : [];
  });
  return {
    vitals: bed.scoring.vitals,
    previous:
      previous === null
        ? null
        : {
            vitals: previous.vitals,
            minutes_ago: Math.round((observedMs - previous.observedMs) / MINUTE_MS),
          },
    news2: bed.score,
    derived: derive(bed.scoring.vitals),
    ...(stale.length === 0 ? {} : { stale }),
    ...trendsOf(bed),
  };
}

/** The trends that are known; two decimals are finer than anybody reads them. */
function trendsOf(bed: Bed): Pick<FactsInput, 'trends'> {
  const trends = NEWS2_PARAMETERS.flatMap((parameter) => {
    if (!isNumericParameter(parameter)) return [];
    const trend = bed.trends[parameter];
    if (trend?.state !== 'known') return [];
    const { direction, perHour, windowMs, readings } = trend;
    const per_hour = Math.round(perHour * 100) / 100;
    return [{ parameter, direction, per_hour, window_minutes: Math.round(windowMs / MINUTE_MS), readings }];
  });
  return trends.length === 0 ? {} : { trends };
}

function previousOf(earlier: readonly EarlierVitals[], observedMs: number): EarlierVitals | null {
  let best: EarlierVitals | null = null;
  for (const one of earlier) {
    const ago = observedMs - one.observedMs;
    if (ago < LEAST_MS) continue;
    if (best === null || Math.abs(ago - WANTED_MS) < Math.abs(observedMs - best.observedMs - WANTED_MS)) {
      best = one;
    }
  }
  return best;
}
