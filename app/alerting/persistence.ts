/**
 * How long a condition has held, by the way its values were measured. What somebody charted counts at once; what a
 * monitor streams must last, because a moved sensor looks like a deterioration for some seconds.
 *
 * A total mixes both. So it fires at once where charted points, together with streamed points that have lasted
 * already, reach it; a nurse's entry then does not let a spike of the stream beside it pass for lasting.
 */
import { NEWS2_PARAMETERS, type News2Parameter, type Score } from '../scoring/score.ts';
import type { HeldPoints } from './alert.ts';
import { type Seen, triggerOf } from './evidence.ts';
import { elapsedMs } from './moment.ts';
import type { AlertPolicy } from './policy.ts';
import { isOnTotal, type Watch } from './rules.ts';

const POINTS = [1, 2, 3] as const;

/** Since when each parameter has scored at least 1, 2 and 3 points, after a further score. */
export function heldAfter(before: HeldPoints, score: Score, at: string): HeldPoints {
  if ('applicable' in score) return {};
  const after: { [parameter in News2Parameter]?: (string | null)[] } = {};
  for (const parameter of NEWS2_PARAMETERS) {
    const points = score.points[parameter] ?? 0;
    if (points === 0) continue;
    const known = before[parameter];
    after[parameter] = POINTS.map((level, index) => (points >= level ? (known?.[index] ?? at) : null));
  }
  return after;
}

/** Points that a parameter has scored for at least so long. */
function lastingPoints(since: HeldPoints[News2Parameter], at: string, forMs: number): number {
  return (since ?? []).filter((from) => from !== null && elapsedMs(from, at) >= forMs).length;
}

/** Whether a condition that holds since a moment has held for long enough to fire. */
export function hasLasted(
  watch: Watch,
  since: string,
  seen: Seen,
  held: HeldPoints,
  at: string,
  policy: AlertPolicy,
): boolean {
  const { streamed, charted } = policy.rules[watch.rule].persistenceSeconds;
  const forMs = elapsedMs(since, at);
  const lastsStreamed = forMs >= streamed * 1_000;
  if (lastsStreamed && forMs >= charted * 1_000) return true;
  if (forMs < charted * 1_000) return false;
  const { score } = seen;
  if (!isOnTotal(watch.rule) || 'applicable' in score) return !triggerOf(watch, seen).flowing;
  const lasting = NEWS2_PARAMETERS.reduce((sum, parameter) => {
    const points = score.points[parameter] ?? 0;
    const counts = seen.flowing.includes(parameter)
      ? Math.min(points, lastingPoints(held[parameter], at, streamed * 1_000))
      : points;
    return sum + counts;
  }, 0);
  return lasting >= (watch.threshold ?? Number.POSITIVE_INFINITY);
}
