import { expect, test } from 'vitest';
// Loaded here, so that the look below finds it at once.
import '../../../app/explanation/plan.ts';
import { NO_POLICIES } from '../../../app/patient/policies.ts';
import { scoreNews2 } from '../../../app/scoring/news2.ts';
import { MISSING, READY, scriptedEngine } from '../testing/scripted-engine.ts';
import type { Bed } from '../ward/bed.ts';
import { emptyBed } from '../ward/bed.ts';
import { createSpeculation } from './speculation.ts';

const AT = { wallMs: 1_700_000_000_000, bootMs: 1_000 };
const PENDING = {
  rule: 'news2-high' as const,
  parameter: null,
  threshold: 7,
  latch: null,
  since: '2026-03-01T10:00:00.000Z',
  belowSince: null,
  value: null,
  answered: null,
  worseSince: null,
};

function bedOf(id: string, rr: number, pending: boolean): Bed {
  const vitals = { rr, spo2: 91, sbp: 95, hr: 120, temp_c: 38.6, on_oxygen: true, acvpu: 'A' as const };
  const patient = {
    id,
    name: 'TEST',
    identifier: id,
    birthDate: null,
    sex: 'unknown' as const,
    pregnant: false,
    spo2Scale: 1 as const,
    demonstration: false,
    policies: NO_POLICIES,
  };
  const bed = emptyBed(patient, id, AT.wallMs, scoreNews2(vitals), AT);
  return {
    ...bed,
    scoring: { ...bed.scoring, vitals },
    alerts: { ...bed.alerts, conditions: pending ? [PENDING] : [] },
  };
}

function stage(first: readonly Bed[], status = READY) {
  const engine = scriptedEngine(status);
  let beds = first;
  let now = 0;
  const speculation = createSpeculation({
    engine,
    language: () => 'en',
    beds: () => beds,
    passages: () => [],
    log: () => undefined,
    stopwatch: () => now,
  });
  return {
    engine,
    async look(next?: readonly Bed[], laterMs = 6_000) {
      if (next !== undefined) beds = next;
      now += laterMs;
      speculation.look();
      // The plan's words are loaded with the first one.
      for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve));
      return JSON.stringify(engine.speculated());
    },
  };
}

test('the bed whose condition holds but has not lasted is evaluated ahead, the worst of several', async () => {
  const { look } = stage([bedOf('A', 21, true), bedOf('B', 26, true), bedOf('C', 30, false)]);
  const plan = await look();
  expect(plan).toContain('Respiratory rate 26/min');
  expect(plan).not.toContain('TEST');
});

test('nothing is evaluated where nothing is pending, and what was is dropped when that is over', async () => {
  const { look } = stage([bedOf('A', 26, false)]);
  expect(await look()).toBe('null');
  expect(await look([bedOf('A', 26, true)])).not.toBe('null');
  expect(await look([bedOf('A', 26, false)])).toBe('null');
});

test('readings that move are followed, but not with every second', async () => {
  const { look } = stage([bedOf('A', 25, true)]);
  expect(await look()).toContain('Respiratory rate 25/min');
  expect(await look([bedOf('A', 26, true)], 1_000)).toContain('Respiratory rate 25/min');
  expect(await look(undefined, 5_000)).toContain('Respiratory rate 26/min');
});

test('without a model nothing is asked of it', async () => {
  const { look } = stage([bedOf('A', 26, true)], MISSING);
  expect(await look()).toBe('null');
});
