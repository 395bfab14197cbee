/** The score of a bed over the last hours, as the changes that a step line shows. */
import { leastTotal, NEWS2_PARAMETERS, type Score } from '../../../app/scoring/score.ts';
import type { Bed } from './bed.ts';
import type { ScoreStep } from './scores-table.ts';

/** The step line of a bed shows this long (contract: 12 hours). */
export const SCORE_HISTORY_MS = 12 * 3_600_000;
/** Of each stretch the worst score and the last stay: a stream may change its score each second. Ours. */
const STRETCH_MS = 5 * 60_000;

/** The steps of the last hours with a new one, oldest first; what was in force when they began stays. */
export function withStep(steps: readonly ScoreStep[], step: ScoreStep, nowMs: number): readonly ScoreStep[] {
  return thinnedSteps([...recentSteps(steps, nowMs), step]);
}

/** At most two steps a stretch, its worst (of equal ones the last) and its last, and the first of all. */
export function thinnedSteps(steps: readonly ScoreStep[]): readonly ScoreStep[] {
  const kept: ScoreStep[] = [];
  let from = 0;
  while (from < steps.length) {
    let to = from + 1;
    while (to < steps.length && stretchOf(steps[to]) === stretchOf(steps[from])) to += 1;
    const stretch = steps.slice(from, to);
    const worst = stretch.reduce((most, one) => (severity(one) >= severity(most) ? one : most));
    const isKept = (one: ScoreStep) => one === worst || one === stretch.at(-1) || one === steps[0];
    kept.push(...stretch.filter(isKept));
    from = to;
  }
  return kept.length === steps.length ? steps : kept;
}

function stretchOf(step: ScoreStep | undefined): number {
  return Math.floor((step?.atMs ?? 0) / STRETCH_MS);
}

function severity({ score }: ScoreStep): number {
  return leastTotal(score) ?? -1;
}

function recentSteps(steps: Bed['steps'], nowMs: number): Bed['steps'] {
  const from = nowMs - SCORE_HISTORY_MS;
  const firstInside = steps.findIndex((step) => step.atMs >= from);
  if (firstInside === -1) return steps.slice(-1);
  return steps.slice(Math.max(0, firstInside - 1));
}

/** Whether two scores say the same: the same total or bound, points, and what is missing. */
export function sameScore(a: Score | undefined, b: Score): boolean {
  if (a === undefined) return false;
  if ('applicable' in a || 'applicable' in b)
    return 'applicable' in a && 'applicable' in b && a.reason === b.reason;
  if (a.complete !== b.complete || leastTotal(a) !== leastTotal(b)) return false;
  // Points tell what is red, and of a complete score the response; what has none is missing or undetermined.
  if (!NEWS2_PARAMETERS.every((parameter) => a.points[parameter] === b.points[parameter])) return false;
  if (a.complete || b.complete) return true;
  return sameList(a.missing, b.missing) && sameList(a.undetermined ?? [], b.undetermined ?? []);
}

function sameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((one, index) => one === b[index]);
}
