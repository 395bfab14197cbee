/** Replays a whole table: every alert transition of it, by time. */
import type { TableReading } from '../../../app/replay/table.ts';
import type { WardPolicy } from '../ward/evaluation.ts';
import { createReplayWard, type ReplayedTransition, type ReplayOptions } from './replay-ward.ts';

/**
 * @param table sets by time and ages, as `readTable` gives them. A patient's replay ends with their last set: what would have
 * happened afterwards is not in the table.
 */
export function replayTable(
  policy: WardPolicy,
  { sets, ages }: Pick<TableReading, 'sets' | 'ages'>,
  options: ReplayOptions,
): ReplayedTransition[] {
  const ward = createReplayWard(policy, options);
  const admitted = new Set<string>();
  for (const { patient, atMs } of sets) {
    const years = ages.get(patient);
    if (years === undefined || admitted.has(patient)) continue;
    ward.admit({ id: patient, birthDate: bornBefore(atMs, years) }, atMs);
    admitted.add(patient);
  }
  return sets
    .flatMap(({ patient, atMs, values }) => ward.give({ patientId: patient, atMs, values }))
    .sort((a, b) => a.atMs - b.atMs);
}

/** The birth date of somebody who turns so many years old on that day. */
function bornBefore(atMs: number, years: number): string {
  const day = new Date(atMs).toISOString().slice(0, 10);
  const year = Number(day.slice(0, 4)) - years;
  return `${String(year).padStart(4, '0')}${day.slice(4).replace('-02-29', '-02-28')}`;
}
