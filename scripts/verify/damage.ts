/**
 * `verify -- damage`: copies of a ward's record are damaged in ways that a seed tells; on each the ward has to start
 * within ten seconds, keep the damaged file and hold every observation of the pages that were not touched.
 */
import {
  type DamageWards,
  damageTrial,
  makeDamageWards,
  START_LIMIT_MS,
} from '../../main/core/testing/damage-trials.ts';
import { say } from '../setup/report.ts';
import { upperBound } from './bound.ts';
import { openProgress } from './progress-file.ts';

export async function verifyDamage(count: number, restart: boolean): Promise<number> {
  const { progress, save } = openProgress('damage', restart);
  const wards: DamageWards = await makeDamageWards();
  try {
    for (; progress.done < count; progress.done++) {
      const trial = await damageTrial(wards, progress.done);
      for (const fault of trial.faults)
        progress.failures.push(`seed ${progress.done}, ${trial.kind}: ${fault}`);
      const { counts } = progress;
      if (trial.faults.length > 0) counts.failed = (counts.failed ?? 0) + 1;
      if (trial.salvaged) counts.salvaged = (counts.salvaged ?? 0) + 1;
      counts.slowestMs = Math.max(counts.slowestMs ?? 0, Math.round(trial.startMs));
      if (progress.done % 10 === 9) {
        save();
        say(`  ${progress.done + 1} of ${count}`);
      }
    }
    save();
  } finally {
    wards.remove();
  }
  const { failed = 0, salvaged = 0, slowestMs = 0 } = progress.counts;
  for (const failure of progress.failures.slice(0, 20)) say(`  FAILED ${failure}`);
  say(
    `damages ${progress.done}, salvaged ${salvaged}, slowest start ${slowestMs} ms (limit ${START_LIMIT_MS} ms), failed ${failed}, upper 95 % bound of the rate a damage ${(100 * upperBound(failed, progress.done)).toFixed(3)} %`,
  );
  return failed === 0 ? 0 : 1;
}
