import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCsv } from '../../../app/import/csv.ts';
import type { VitalValues } from '../../../app/observation/vital.ts';
import { DEFAULT_SITE_POLICY, readSitePolicy } from '../../../app/policy/site-policy.ts';
import { readTable } from '../../../app/replay/table.ts';
import { replayTable } from './replay-table.ts';
import { createReplayWard, type ReplayedTransition } from './replay-ward.ts';

const STAYS = new URL('../../../../shared/data/vitals/mimic3demo_vitals_wide.csv', import.meta.url);
const MINUTE = 60_000;
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
const ILL: VitalValues = { ...WELL, rr: 26, spo2: 90, on_oxygen: true };

function told({ atMs, transition }: ReplayedTransition): string {
  return `${atMs / MINUTE} ${transition.alert.rule} ${transition.from ?? '-'}>${transition.to}`;
}

describe('replay ward', () => {
  it('fires a charted row at once, escalates by time alone, and resolves when it is over', () => {
    const ward = createReplayWard(DEFAULT_SITE_POLICY, { streamed: false });
    const give = (minute: number, values: VitalValues) =>
      ward.give({ patientId: 'p', atMs: minute * MINUTE, values }).map(told);
    expect(give(0, WELL)).toEqual([]);
    expect(give(30, ILL)).toContain('30 news2-high ->active');
    expect(ward.until('p', 36 * MINUTE).map(told)).toEqual(
      expect.arrayContaining(['32 news2-high active>escalated', '35 news2-high escalated>escalated']),
    );
    give(40, WELL);
    expect(ward.until('p', 60 * MINUTE).map(told)).toContain('50 news2-high escalated>resolved');
  });

  it('lets a streamed spike pass and fires on what lasts', () => {
    const ward = createReplayWard(DEFAULT_SITE_POLICY, { streamed: true });
    const at: string[] = [];
    for (let second = 0; second <= 300; second += 5) {
      // One sample of five seconds, then, from the third minute on, an illness.
      const values = second === 60 || second >= 120 ? ILL : WELL;
      at.push(...ward.give({ patientId: 'p', atMs: second * 1000, values }).map(told));
    }
    const fired = at.filter((one) => one.includes('news2-high ->active'));
    expect(fired).toHaveLength(1);
    expect(Number(fired[0]?.split(' ')[0])).toBeGreaterThanOrEqual(3);
  });

  it('refuses a set that is older than the one before', () => {
    const ward = createReplayWard(DEFAULT_SITE_POLICY, { streamed: false });
    ward.give({ patientId: 'p', atMs: MINUTE, values: WELL });
    expect(() => ward.give({ patientId: 'p', atMs: 0, values: WELL })).toThrow();
  });

  it('tells what a ward that looks every ten seconds tells', () => {
    const set = fc.record({
      gap: fc.integer({ min: 1, max: 90 }),
      values: fc.record(
        {
          rr: fc.integer({ min: 8, max: 30 }),
          spo2: fc.integer({ min: 85, max: 100 }),
          hr: fc.integer({ min: 50, max: 140 }),
          sbp: fc.integer({ min: 80, max: 150 }),
          dbp: fc.integer({ min: 40, max: 90 }),
          temp_c: fc.constantFrom(36.5, 38.6, 39.4),
          on_oxygen: fc.boolean(),
          acvpu: fc.constantFrom('A' as const, 'V' as const),
        },
        { requiredKeys: ['rr', 'hr'] },
      ),
    });
    fc.assert(
      fc.property(fc.array(set, { minLength: 2, maxLength: 8 }), fc.boolean(), (rows, streamed) => {
        const byEvents = createReplayWard(DEFAULT_SITE_POLICY, { streamed });
        const byLooking = createReplayWard(DEFAULT_SITE_POLICY, { streamed });
        const some: string[] = [];
        const others: string[] = [];
        let atMs = 0;
        for (const { gap, values } of rows) {
          const nextMs = atMs + gap * MINUTE;
          for (let look = atMs; look < nextMs; look += 10_000)
            others.push(...byLooking.until('p', look).map(told));
          atMs = nextMs;
          some.push(...byEvents.give({ patientId: 'p', atMs, values }).map(told));
          others.push(...byLooking.give({ patientId: 'p', atMs, values }).map(told));
        }
        expect(some).toEqual(others);
      }),
      { numRuns: 40 },
    );
  });
});

describe('replay of a table', () => {
  const table = [
    'stay,time,hr,rr,spo2,sbp,temp_f,o2_device,loc',
    'a,2121-12-07T20:30:00,120,26,90,95,101.3,Nasal cannula,Alert',
    'b,2120-01-01T08:00:00,70,16,98,120,98.6,None,Alert',
    'a,2121-12-07T20:40:00,0,26,90,95,384.5,Nasal cannula,Confused',
  ].join('\n');

  it('is the same twice, and by time', () => {
    const read = readTable(readCsv(table), new Map([['stay', 'patient' as const]]));
    if (!read.ok) throw new Error(read.problem);
    const once = replayTable(DEFAULT_SITE_POLICY, read.table, { streamed: false });
    const twice = replayTable(DEFAULT_SITE_POLICY, read.table, { streamed: false });
    expect(JSON.stringify(once)).toBe(JSON.stringify(twice));
    expect(once[0]).toMatchObject({
      patientId: 'a',
      transition: { to: 'active', alert: { rule: 'news2-high' } },
    });
    expect(read.table.refused.map(({ column, reason }) => `${column} ${reason}`)).toEqual([
      'hr zero-is-no-reading',
      'temp_f implausible',
      'loc confusion-not-known-new',
    ]);
  });

  it('gives no NEWS2 to a patient whom the table makes a child, and refuses an age that falls', () => {
    const ages = table.split('\n').map((line, index) => `${line},${['age', '9', '15.5', '8'][index]}`);
    const read = readTable(readCsv(ages.join('\n')), new Map([['stay', 'patient' as const]]));
    if (!read.ok) throw new Error(read.problem);
    expect([...read.table.ages]).toEqual([
      ['a', 9],
      ['b', 15],
    ]);
    expect(read.table.refused).toContainEqual({ line: 4, column: 'age', value: '8', reason: 'told-twice' });
    const moved = replayTable(DEFAULT_SITE_POLICY, read.table, { streamed: false });
    expect(moved.every(({ score }) => 'applicable' in score && score.reason === 'under-16')).toBe(true);
    expect(moved.some(({ transition }) => transition.alert.rule.startsWith('news2'))).toBe(false);
  });

  it('runs under another policy, whose number stands in its alerts', () => {
    const policy = readSitePolicy({ alerts: { version: 7, escalation: { high: [] } } });
    const read = readTable(readCsv(table), new Map([['stay', 'patient' as const]]));
    if (!policy.ok || !read.ok) throw new Error('fixture');
    const moved = replayTable(policy.policy, read.table, { streamed: false });
    const high = moved.filter(({ transition }) => transition.alert.rule === 'news2-high');
    expect(high.map(({ transition }) => transition.to)).toEqual(['active']);
    expect(high[0]?.transition.alert.policyVersion).toBe(7);
  });

  it.runIf(existsSync(STAYS))(
    'replays real stays to the end, the same twice',
    () => {
      const read = readTable(readCsv(readFileSync(STAYS, 'utf8')));
      if (!read.ok) throw new Error(read.problem);
      const { sets, rows, refused } = read.table;
      expect(rows).toBe(1732);
      expect(new Set(sets.map(({ patient }) => patient)).size).toBe(24);
      expect(refused.every(({ reason }) => reason !== 'not-a-number')).toBe(true);
      expect(refused.filter(({ reason }) => reason === 'zero-is-no-reading').length).toBeGreaterThan(0);
      const once = replayTable(DEFAULT_SITE_POLICY, read.table, { streamed: false });
      expect(once.length).toBeGreaterThan(100);
      expect(JSON.stringify(replayTable(DEFAULT_SITE_POLICY, read.table, { streamed: false }))).toBe(
        JSON.stringify(once),
      );
    },
    60_000,
  );
});
