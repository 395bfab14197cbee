/** The verb as a script uses it, on a record that was written by the core's own tables. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { RECORD_FILE } from '../../../core/open-record.ts';
import { NOON, openTestStore, testFolder, testSealing } from '../../../core/testing/ports.ts';
import { appendSet } from '../../../core/ward/observations-table.ts';
import { endStay, insertPatient, openStay } from '../../../core/ward/patients-table.ts';

const TASK = fileURLToPath(new URL('../../../../scripts/tasks/tool.ts', import.meta.url));
const MINUTE_MS = 60_000;

let folder: ReturnType<typeof testFolder>;
beforeEach(() => {
  folder = testFolder();
});
afterEach(() => folder.remove());

it('prints the bed that the patient was in when each set was committed', () => {
  const store = openTestStore(join(folder.path, RECORD_FILE));
  store.transaction((write) => {
    insertPatient(
      write,
      testSealing(),
      {
        id: 'patient-1',
        name: 'TEST ONE',
        identifier: 'T1',
        birthDate: null,
        sex: 'unknown',
        pregnant: false,
        spo2Scale: 1,
        demonstration: false,
      },
      NOON,
    );
    openStay(write, { patientId: 'patient-1', bed: '3', demonstration: false, at: NOON });
    appendSet(write, setAt(NOON, 80), NOON + 1);
    endStay(write, 'patient-1', NOON + MINUTE_MS);
    openStay(write, { patientId: 'patient-1', bed: '7', demonstration: false, at: NOON + 2 * MINUTE_MS });
    appendSet(write, setAt(NOON + 3 * MINUTE_MS, 90), NOON + 3 * MINUTE_MS);
  });
  store.close();
  const run = spawnSync(process.execPath, [TASK, 'observations', '--user-data-dir', folder.path], {
    encoding: 'utf8',
  });
  expect(run.status).toBe(0);
  const lines = run.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines).toMatchObject([
    { patient: 'patient-1', bed: '3', values: { hr: 80 } },
    { patient: 'patient-1', bed: '7', values: { hr: 90 } },
  ]);
  expect(run.stdout).not.toContain('TEST ONE');
});

function setAt(atMs: number, hr: number): Parameters<typeof appendSet>[1] {
  return {
    patientId: 'patient-1',
    observedAt: new Date(atMs).toISOString(),
    observedMs: atMs,
    receivedAt: new Date(atMs).toISOString(),
    receivedMs: atMs,
    receivedBootMs: 1000,
    bootId: null,
    source: { kind: 'monitor', name: 'M1' },
    values: { hr },
    messageId: null,
    enteredBy: null,
  };
}
