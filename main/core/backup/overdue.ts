/** Whether a ward has gone too long without a backup that was made and opened again. */
import type { BackupPlan } from '../../../app/contract/calls/storage.ts';

const HOUR_MS = 3_600_000;
/** Without a plan somebody is expected to make one by hand each week. Ours. */
const BY_HAND_HOURS = 7 * 24;
/** A plan may be late by half of its own interval: a machine that was off for a night makes it up. Ours. */
const GRACE = 1.5;

/**
 * @param lastGoodMs wall ms of the newest good backup; null: there is none.
 * @param beganMs wall ms from which there was something to back up; null: there is nothing yet.
 */
export function isBackupOverdue(
  plan: BackupPlan,
  lastGoodMs: number | null,
  beganMs: number | null,
  nowMs: number,
): boolean {
  const sinceMs = lastGoodMs ?? beganMs;
  if (sinceMs === null) return false;
  const everyHours = plan.folder === null ? BY_HAND_HOURS : (plan.everyHours ?? BY_HAND_HOURS);
  return nowMs - sinceMs > everyHours * GRACE * HOUR_MS;
}
