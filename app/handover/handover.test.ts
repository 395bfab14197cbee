import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type AlertRecord, alertRecordSchema } from '../alerting/alert.ts';
import { completeFacts } from '../explanation/facts.ts';
import { formatTime } from '../language/language.ts';
import { scoreNews2 } from '../scoring/news2.ts';
import { type HandoverRecord, handoverDraft } from './handover.ts';

const NOW = '2026-11-23T03:00:00.000Z';
const FIRED = '2026-11-22T21:17:00.000Z';
const ACTED = '2026-11-22T21:26:00.000Z';

function alertOf(state: AlertRecord['state'], acted: boolean, level: number): AlertRecord {
  return alertRecordSchema.parse({
    id: 'a1',
    version: 1,
    rule: 'shock-index',
    parameter: null,
    threshold: 1,
    priority: 'high',
    state,
    firedAt: FIRED,
    score: scoreNews2({}),
    leastTotal: null,
    escalationLevel: level,
    nextEscalationAt: null,
    snoozedUntil: null,
    owner: null,
    acknowledgedAt: null,
    lastAction: acted ? { action: 'reviewed', by: 'person-77', at: ACTED, reason: 'drain seen' } : null,
    closedAt: null,
  });
}

const NUMERIC = ['rr', 'spo2', 'sbp', 'hr', 'temp'] as const;
const vitals = fc.record({
  rr: fc.option(fc.integer({ min: 4, max: 60 })),
  spo2: fc.option(fc.integer({ min: 60, max: 100 })),
  on_oxygen: fc.boolean(),
  sbp: fc.option(fc.integer({ min: 50, max: 240 })),
  hr: fc.option(fc.integer({ min: 25, max: 200 })),
  acvpu: fc.constantFrom('A', 'C', 'V', 'P', 'U', null),
  temp_c: fc.option(fc.integer({ min: 320, max: 420 }).map((tenths) => tenths / 10)),
} as const);

const record: fc.Arbitrary<HandoverRecord> = fc
  .record({
    vitals,
    earlier: vitals,
    stale: fc.subarray([...NUMERIC]),
    minutes: fc.integer({ min: 61, max: 900 }),
    ago: fc.integer({ min: 2, max: 60 }),
    hours: fc.constantFrom(8, 12, 24),
    state: fc.constantFrom('active', 'acknowledged', 'escalated', 'resolved', 'dismissed'),
    acted: fc.boolean(),
    level: fc.integer({ min: 0, max: 3 }),
    alerts: fc.integer({ min: 0, max: 11 }),
    limits: fc.option(fc.constant('No intubation')),
  } as const)
  .map((given) => {
    const value = { rr: given.vitals.rr, spo2: given.vitals.spo2, sbp: given.vitals.sbp } as const;
    const stale = given.stale
      .filter((parameter) => given.vitals[parameter === 'temp' ? 'temp_c' : parameter] !== null)
      .map((parameter) => ({ parameter, minutes_old: given.minutes }));
    const facts = completeFacts({
      vitals: given.vitals,
      previous: { vitals: given.earlier, minutes_ago: given.ago },
      stale,
    });
    return {
      at: NOW,
      hours: given.hours,
      facts,
      ranges: value.rr === null ? [] : [{ parameter: 'rr', low: 3, high: 61 }],
      scores: [{ at: FIRED, score: facts.news2 }],
      alerts: Array.from({ length: given.alerts }, () => alertOf(given.state, given.acted, given.level)),
      scale2: false,
      spinalInjury: false,
      baseline: null,
      treatmentLimits: given.limits,
    };
  });

/** Every number that the record holds, as digits; an oracle of its own that knows no sentence. */
function numbersOf(given: HandoverRecord): Set<string> {
  const { facts } = given;
  const held: number[] = [given.hours, given.alerts.length, given.alerts.length - 8, 3, 61];
  for (const one of [facts.vitals, facts.previous?.vitals ?? {}])
    for (const value of Object.values(one)) if (typeof value === 'number') held.push(value);
  held.push(facts.previous?.minutes_ago ?? 0);
  for (const { minutes_old } of facts.stale) held.push(minutes_old, Math.round(minutes_old / 30) / 2);
  if ('complete' in facts.news2) held.push(facts.news2.complete ? facts.news2.total : facts.news2.min_total);
  for (const { points } of facts.drivers) held.push(points);
  for (const { escalationLevel } of given.alerts) held.push(escalationLevel);
  const texts = held.flatMap((value) => [String(value), value.toFixed(1)]);
  return new Set([...texts, '0']);
}

/** What is no number of the patient: names of scores and scales, times (held on their own), the chart's own times. */
const NAMES = /NEWS2|SpO2|\b\d\d:\d\d\b/g;
const CHART = /The NEWS2 chart asks|the NEWS2 chart asks|NEWS2 चार्ट के अनुसार/;

test('every number of a draft is the record’s, in both forms and languages, and nothing is withheld', () => {
  fc.assert(
    fc.property(
      record,
      fc.constantFrom('sbar', 'soap'),
      fc.constantFrom('en', 'hi'),
      (given, form, language) => {
        const draft = handoverDraft(given, form, language);
        const held = numbersOf(given);
        for (const { text } of draft.sections.flatMap(({ sentences }) => sentences)) {
          if (CHART.test(text)) continue;
          for (const number of text.replace(NAMES, ' ').match(/\d+(?:\.\d+)?/g) ?? [])
            expect(held.has(number), `${number} in: ${text}`).toBe(true);
          for (const time of text.match(/\b\d\d:\d\d\b/g) ?? [])
            expect([formatTime(language, FIRED), formatTime(language, ACTED)]).toContain(time);
          expect(text).not.toContain('person-77');
        }
        expect(draft.withheld, JSON.stringify(draft.sections)).toBe(0);
      },
    ),
    { numRuns: 25 },
  );
});

test('a reading that is no longer current is not told with its value among what stands now', () => {
  const facts = completeFacts({
    vitals: { rr: 26, spo2: 92, on_oxygen: false, sbp: 95, hr: 118, acvpu: 'A', temp_c: 38.4 },
    previous: {
      vitals: { rr: 18, spo2: 96, on_oxygen: false, sbp: 120, hr: 90, acvpu: 'A', temp_c: 37 },
      minutes_ago: 30,
    },
    stale: [{ parameter: 'rr', minutes_old: 75 }],
  });
  const given: HandoverRecord = {
    at: NOW,
    hours: 12,
    facts,
    ranges: [],
    scores: [],
    alerts: [],
    scale2: false,
    spinalInjury: false,
    baseline: null,
    treatmentLimits: null,
  };
  const text = handoverDraft(given, 'sbar', 'en')
    .sections.flatMap(({ sentences }) => sentences.map((sentence) => sentence.text))
    .join(' ');
  expect(text).not.toContain('26');
  expect(text).toContain('respiratory rate, 75 minutes old');
  expect(text).toContain('rests on readings that are no longer current: respiratory rate');
  expect(text).toContain('heart rate 118/min');
});

test('an alert that has been open for more than a day is told with its date', () => {
  const facts = completeFacts({ vitals: {} });
  const given: HandoverRecord = {
    at: '2026-11-24T09:00:00.000Z',
    hours: 12,
    facts,
    ranges: [],
    scores: [],
    alerts: [alertOf('active', false, 0)],
    scale2: false,
    spinalInjury: false,
    baseline: null,
    treatmentLimits: null,
  };
  const texts = handoverDraft(given, 'sbar', 'en').sections.flatMap(({ sentences }) => sentences);
  expect(texts.some(({ text }) => text.includes('Nov 2026, '))).toBe(true);
});
