/** When something may next happen in a bed by time alone, so that a replay need not look at it every second. */
import { millis } from '../../../app/alerting/moment.ts';
import type { AlertPolicy } from '../../../app/alerting/policy.ts';
import { VITALS } from '../../../app/observation/vital.ts';
import type { Bed } from '../ward/bed.ts';
import type { WardPolicy } from '../ward/evaluation.ts';

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;

/**
 * The first moment (wall ms) after the bed's last evaluation at which a value looks stale or goes missing, or at
 * which one of its alerts' waits ends. Null: nothing more will happen without new values.
 */
export function nextDue(bed: Bed, policy: WardPolicy): number | null {
  const nowMs = bed.evaluated.wallMs;
  let next: number | null = null;
  const consider = (atMs: number): void => {
    if (atMs > nowMs && (next === null || atMs < next)) next = atMs;
  };
  for (const vital of VITALS) {
    const observed = bed.observed[vital];
    if (observed === undefined) continue;
    consider(nowMs + observed.staleAfterMs - observed.ageMs);
    consider(nowMs + observed.missingAfterMs - observed.ageMs);
  }
  for (const wait of waitsOf(bed, policy.alerts)) consider(wait);
  return next;
}

/** The ends of every wait of the rules and of the open alerts (wall ms), past ones too. */
function* waitsOf({ alerts: state }: Bed, policy: AlertPolicy): Generator<number> {
  for (const { nextEscalationAt, snoozedUntil, reraiseAt } of state.alerts)
    for (const moment of [nextEscalationAt, snoozedUntil, reraiseAt])
      if (moment !== null) yield millis(moment);
  for (const { rule, since, belowSince, worseSince } of state.conditions) {
    const { persistenceSeconds, rearmMinutes } = policy.rules[rule];
    for (const from of [since, worseSince]) {
      if (from === null) continue;
      yield millis(from) + persistenceSeconds.streamed * SECOND_MS;
      yield millis(from) + persistenceSeconds.charted * SECOND_MS;
    }
    if (belowSince !== null) yield millis(belowSince) + rearmMinutes * MINUTE_MS;
  }
  // Points of a stream count for the total once they have lasted, whichever of the total's rules waits for them.
  const waits = new Set(Object.values(policy.rules).map((rule) => rule.persistenceSeconds.streamed));
  for (const since of Object.values(state.held))
    for (const from of since)
      if (from !== null) for (const wait of waits) yield millis(from) + wait * SECOND_MS;
}
