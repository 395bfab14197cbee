/** The waits of a bed's alerts after the time of day was corrected: nothing stands still, climbs or is lost by it. */
import type { BedAlertState, HeldPoints, SteadyClock } from './alert.ts';
import { elapsedMs, millis, momentOf } from './moment.ts';

/** Smaller differences are how the two clocks are read and how a time service slews, not a correction. Ours. */
const LEAST_JUMP_MS = 1_000;

/** Milliseconds by which the time of day was set forward (negative: back) since the last evaluation. */
function jumpedBy(bed: BedAlertState, at: string, clock: SteadyClock | null): number {
  if (bed.evaluatedAt === null) return 0;
  const wallMs = elapsedMs(bed.evaluatedAt, at);
  const before = bed.evaluatedBy;
  const comparable =
    clock !== null &&
    before !== null &&
    clock.bootId === before.bootId &&
    clock.bootId !== null &&
    clock.bootMs >= before.bootMs;
  // Without a steady clock a time set forward cannot be told from time that has passed.
  if (!comparable) return Math.min(0, wallMs);
  const jumpMs = wallMs - (clock.bootMs - before.bootMs);
  return Math.abs(jumpMs) >= LEAST_JUMP_MS || wallMs < 0 ? jumpMs : 0;
}

/** Moves every wait along with a time of day that was corrected. What has happened keeps its time. */
export function followClock(bed: BedAlertState, at: string, clock: SteadyClock | null): BedAlertState {
  const jumpMs = jumpedBy(bed, at, clock);
  const evaluated = { evaluatedAt: at, evaluatedBy: clock };
  if (jumpMs === 0) return { ...bed, ...evaluated };
  const move = (moment: string | null) => (moment === null ? null : momentOf(millis(moment) + jumpMs));
  const held: HeldPoints = Object.fromEntries(
    Object.entries(bed.held).map(([parameter, since]) => [parameter, since.map(move)]),
  );
  return {
    ...bed,
    ...evaluated,
    held,
    alerts: bed.alerts.map((alert) => ({
      ...alert,
      nextEscalationAt: move(alert.nextEscalationAt),
      snoozedUntil: move(alert.snoozedUntil),
      reraiseAt: move(alert.reraiseAt),
    })),
    conditions: bed.conditions.map((condition) => ({
      ...condition,
      since: move(condition.since),
      belowSince: move(condition.belowSince),
      worseSince: move(condition.worseSince),
    })),
  };
}
