/** A simulation on a record of a week: values and real acts in, figures of both policies out. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { VitalValues } from '../../../app/observation/vital.ts';
import { DEFAULT_SITE_POLICY, sitePolicySchema } from '../../../app/policy/site-policy.ts';
import type { Store } from '../store/database.ts';
import { openTestStore, testFolder } from '../testing/ports.ts';
import { appendSet } from '../ward/observations-table.ts';
import { simulate } from './simulate.ts';

const HOUR = 3_600_000;
const NOW = Date.UTC(2026, 8, 20, 12);
const FROM = NOW - 5 * 24 * HOUR;
const WELL: VitalValues = {
  rr: 16,
  spo2: 98,
  on_oxygen: false,
  sbp: 120,
  dbp: 80,
  hr: 70,
  temp_c: 37,
  acvpu: 'A',
};

function withStore(work: (store: Store) => void): void {
  const folder = testFolder();
  const store = openTestStore(join(folder.path, 'ward.db'));
  try {
    work(store);
  } finally {
    store.close();
    folder.remove();
  }
}

function enter(store: Store, atMs: number, values: VitalValues): void {
  const at = new Date(atMs).toISOString();
  store.transaction((write) =>
    appendSet(
      write,
      {
        patientId: 'p',
        observedAt: at,
        observedMs: atMs,
        receivedAt: at,
        receivedMs: atMs,
        receivedBootMs: atMs,
        bootId: null,
        source: { kind: 'hand', name: 'nurse' },
        values,
        messageId: null,
        enteredBy: null,
      },
      atMs,
    ),
  );
}

const PATIENT = { id: 'p', ageYears: 60, pregnant: false, spo2Scale: 1 as const };

function week(store: Store): void {
  store.transaction((write) => {
    write.run(
      `INSERT INTO patients (id, identifier_lookup, identifier_sealed, name_sealed, birth_date_sealed, sex, pregnant,
         spo2_scale, demonstration, created_ms) VALUES ('p', NULL, x'00', x'00', NULL, 'F', 0, 1, 0, ?)`,
      FROM,
    );
    // What really happened: an alert at the beginning of the second low pressure, escalated by a person.
    write.run(
      `INSERT INTO alerts (id, patient_id, bed, rule, fired_ms, open, version, alert_sealed, facts)
       VALUES ('a', 'p', 'B1', 'map-low', ?, 0, 2, x'00', '{}')`,
      FROM + 48 * HOUR,
    );
    write.run(
      `INSERT INTO alert_transitions (alert_id, version, at_ms, from_state, to_state, cause, actor, action)
       VALUES ('a', 2, ?, 'active', 'acknowledged', 'person', 'n', 'escalated-to')`,
      FROM + 48 * HOUR + 12 * 60_000,
    );
  });
  for (let hour = 0; hour < 120; hour += 1) {
    // Twice a mean of 62, for an hour.
    const low = hour === 24 || hour === 48;
    enter(store, FROM + hour * HOUR, low ? { ...WELL, sbp: 112, dbp: 37 } : WELL);
  }
}

test('a lower threshold asks less, and the figures of both stand side by side', () =>
  withStore((store) => {
    week(store);
    const told: number[] = [];
    const after = sitePolicySchema.parse({ alerts: { rules: { 'map-low': { threshold: 60 } } } });
    const result = simulate(
      store.read,
      {
        nowMs: NOW,
        before: DEFAULT_SITE_POLICY,
        after,
        patients: [{ ...PATIENT, stays: [{ fromMs: FROM, toMs: NOW }] }],
      },
      (done) => told.push(done),
    );
    if (!result.enough) throw new Error('there is enough');
    const { before, after: then, ...rest } = result.simulation;
    expect(rest).toEqual({ days: 7, bedDays: 5, patients: 1, actedOn: 1, escalations: 1 });
    expect(before.byRule.find(({ rule }) => rule === 'map-low')?.fired).toBe(2);
    expect(then.byRule.find(({ rule }) => rule === 'map-low')?.fired).toBe(0);
    expect(then.fired).toBeLessThan(before.fired);
    expect(before.perBedDay?.value).toBeCloseTo(before.fired / 5);
    expect(before.foreseen).toBe(1);
    expect(before.leadMinutes?.value).toBe(12);
    expect(then.foreseen).toBe(0);
    expect(then.leadMinutes).toBeNull();
    expect(before.shareActedOn?.value).toBeGreaterThan(0);
    expect(told).toEqual([1]);
  }));

test('too short a record is said to be too short', () =>
  withStore((store) => {
    week(store);
    const toMs = FROM + 24 * HOUR;
    const result = simulate(
      store.read,
      {
        nowMs: NOW,
        before: DEFAULT_SITE_POLICY,
        after: DEFAULT_SITE_POLICY,
        patients: [{ ...PATIENT, stays: [{ fromMs: FROM, toMs }] }],
      },
      () => {},
    );
    expect(result).toEqual({ enough: false, bedDays: 1 });
  }));
