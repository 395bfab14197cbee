/** Replays a whole table: every alert transition of it, by time. */
import type { TableSet } from '../../../app/replay/table.ts';
import type { WardPolicy } from '../ward/evaluation.ts';
import { createReplayWard, type ReplayedTransition, type ReplayOptions } from './replay-ward.ts';

/**
 * @param sets by time, as `readTable` gives them. A patient's replay ends with their last set: what would have
 * happened afterwards is not in the table.
 */
export function replayTable(
  policy: WardPolicy,
  sets: readonly TableSet[],
  options: ReplayOptions,
): ReplayedTransition[] {
  const ward = createReplayWard(policy, options);
  return sets
    .flatMap(({ patient, atMs, values }) => ward.give({ patientId: patient, atMs, values }))
    .sort((a, b) => a.atMs - b.atMs);
}
