import { expect, test } from 'vitest';
import { isBackupOverdue } from './overdue.ts';

const HOUR = 3_600_000;
const planned = { folder: '/backups', everyHours: 24, keep: 14 };
const byHand = { folder: null, everyHours: null, keep: 14 };

test('a planned backup is overdue half an interval late, counted from the last good one or from the beginning', () => {
  expect(isBackupOverdue(planned, 0, 0, 36 * HOUR)).toBe(false);
  expect(isBackupOverdue(planned, 0, 0, 36 * HOUR + 1)).toBe(true);
  expect(isBackupOverdue(planned, 30 * HOUR, 0, 37 * HOUR)).toBe(false);
  expect(isBackupOverdue(planned, null, 0, 37 * HOUR)).toBe(true);
});

test('without a plan somebody is reminded after ten days and a half; a record without anything needs none', () => {
  expect(isBackupOverdue(byHand, null, 0, 10 * 24 * HOUR)).toBe(false);
  expect(isBackupOverdue(byHand, null, 0, 11 * 24 * HOUR)).toBe(true);
  expect(isBackupOverdue(byHand, null, null, 99 * 24 * HOUR)).toBe(false);
  // A folder alone plans nothing.
  expect(isBackupOverdue({ ...byHand, folder: '/backups' }, 0, 0, 37 * HOUR)).toBe(false);
});
