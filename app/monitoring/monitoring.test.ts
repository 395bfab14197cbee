import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ALERT_RULES } from '../alerting/alert.ts';
import { METRIC_NAMES, METRICS, type MetricDefinition, PREFIX, sampleNames } from './catalogue.ts';
import { expositionText, formatFor } from './exposition.ts';
import {
  type CountedExplanation,
  guideFigures,
  guideParts,
  outcomeOf,
  sentenceResult,
} from './guide-figures.ts';
import { bucketQuantile, emptyHistogram, observed } from './histogram.ts';
import { GUIDE_TARGETS, MEASURE_IDS, MEASURES, verdictOf } from './measures.ts';
import { createRegistry } from './registry.ts';

const definitions = METRIC_NAMES.map((name): readonly [string, MetricDefinition] => [name, METRICS[name]]);

test('names are OpenMetrics names that end in their unit, and no two samples share one', () => {
  for (const [name, { kind, unit, labels, bounds, help }] of definitions) {
    expect(name).toMatch(/^[a-z][a-z0-9_]*$/);
    // The ends that OpenMetrics keeps for samples.
    expect(name).not.toMatch(/_(?:total|created|bucket|count|sum)$/);
    if (unit !== undefined) expect(name.endsWith(`_${unit}`), name).toBe(true);
    else expect(name).not.toMatch(/_(?:seconds|bytes|ratio)$/);
    for (const label of Object.keys(labels)) expect(label).toMatch(/^[a-z]+$/);
    for (const value of Object.values(labels).flat()) expect(value).toMatch(/^[a-z0-9-]+$/);
    expect(bounds === undefined).toBe(kind !== 'histogram');
    expect([...(bounds ?? [])].sort((a, b) => a - b)).toEqual([...(bounds ?? [])]);
    expect(help.endsWith('.')).toBe(true);
  }
  const samples = METRIC_NAMES.flatMap(sampleNames);
  expect(new Set(samples).size).toBe(samples.length);
});

test('whatever is handed in as a label, only values of the catalogue come out', () => {
  const known = new Set(definitions.flatMap(([, { labels }]) => Object.values(labels).flat()));
  fc.assert(
    fc.property(
      fc.array(
        fc.tuple(
          fc.constantFrom('messages', 'alerts_fired', 'sentence_findings', 'explanations'),
          fc.constantFrom('state', 'rule', 'outcome', 'patient'),
          fc.oneof(fc.string(), fc.constantFrom('Asha Verma', 'MRN-0042', 'B7', 'accepted', 'single-red')),
          fc.double(),
        ),
        { maxLength: 12 },
      ),
      (given) => {
        const registry = createRegistry();
        // As a caller without types could.
        for (const [name, label, value, more] of given)
          Reflect.apply(registry.add, registry, [name, { [label]: value }, more]);
        const text = expositionText(registry.collect(), 'openmetrics');
        for (const [, label, value] of text.matchAll(/([a-z]+)="((?:[^"\\]|\\.)*)"/g))
          expect(label === 'le' || known.has(value ?? ''), `${label}=${value}`).toBe(true);
        for (const [, value] of text.matchAll(/ (\S+)$/gm)) expect(value).not.toMatch(/^-|NaN/);
      },
    ),
    { numRuns: 60 },
  );
});

test('the text is OpenMetrics: a type before its samples, units, cumulative buckets and an end', () => {
  const registry = createRegistry();
  registry.add('alerts_fired', { rule: 'single-red' });
  registry.observe('explanation_complete_seconds', 2.5);
  registry.observe('explanation_complete_seconds', 300);
  const text = expositionText(registry.collect(), 'openmetrics');
  expect(text.endsWith('\n# EOF\n')).toBe(true);
  const lines = text.split('\n');
  expect(lines).toContain('# TYPE medobsmind_alerts_fired counter');
  expect(lines).toContain('medobsmind_alerts_fired_total{rule="single-red"} 1');
  expect(lines.filter((line) => line.startsWith('medobsmind_alerts_fired_total{'))).toHaveLength(
    ALERT_RULES.length,
  );
  expect(lines).toContain('# UNIT medobsmind_explanation_complete_seconds seconds');
  expect(lines).toContain('medobsmind_explanation_complete_seconds_bucket{le="2.0"} 0');
  expect(lines).toContain('medobsmind_explanation_complete_seconds_bucket{le="2.5"} 1');
  expect(lines).toContain('medobsmind_explanation_complete_seconds_bucket{le="120.0"} 1');
  expect(lines).toContain('medobsmind_explanation_complete_seconds_bucket{le="+Inf"} 2');
  expect(lines).toContain('medobsmind_explanation_complete_seconds_sum 302.5');
  expect(lines).toContain('medobsmind_explanation_complete_seconds_count 2');
  // What nobody measured is not told as 0.
  expect(text).not.toContain(`${PREFIX}backup_age_seconds`);
  const plain = expositionText(registry.collect(), 'plain');
  expect(plain).toContain('# TYPE medobsmind_alerts_fired_total counter\n');
  expect(plain).not.toContain('# EOF');
  expect(plain).not.toContain('# UNIT');
});

test('who names the older format alone gets it; everybody else OpenMetrics', () => {
  expect(formatFor('application/openmetrics-text;version=1.0.0,text/plain;q=0.5')).toBe('openmetrics');
  expect(formatFor('*/*')).toBe('openmetrics');
  expect(formatFor('text/plain;version=0.0.4')).toBe('plain');
});

test('a quantile of buckets lies between its bounds, and the true one with it', () => {
  const bounds = [1, 2, 5, 10];
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0, max: 20, noNaN: true }), { minLength: 1, maxLength: 60 }),
      fc.constantFrom(0.5, 0.95, 0.99),
      (values, share) => {
        const histogram = values.reduce(
          (sofar, value) => observed(bounds, sofar, value),
          emptyHistogram(bounds),
        );
        const found = bucketQuantile(bounds, histogram, share);
        const sorted = [...values].sort((a, b) => a - b);
        const exact = sorted[Math.max(1, Math.ceil(share * sorted.length)) - 1] ?? Number.NaN;
        if (found === null) throw new Error('nothing was found');
        expect(exact).toBeGreaterThanOrEqual(found.low);
        expect(exact).toBeLessThanOrEqual(found.high ?? Number.POSITIVE_INFINITY);
        expect(found.value).toBeGreaterThanOrEqual(found.low);
        expect(found.value).toBeLessThanOrEqual(found.high ?? Number.POSITIVE_INFINITY);
      },
    ),
    { numRuns: 200 },
  );
  expect(bucketQuantile(bounds, emptyHistogram(bounds), 0.5)).toBeNull();
});

const one: CountedExplanation = {
  startedMs: 0,
  outcome: 'complete',
  completeMs: 2_000,
  confidence: 0.9,
  sentences: { shown: 4, hallucination: 0, safety: 0, other: 0 },
  violations: 0,
};
const measureOf = (id: keyof ReturnType<typeof guideFigures>, all: readonly CountedExplanation[]) =>
  guideFigures(all, [])[id];

test('the guide’s figures are counted from explanations', () => {
  const hundred = Array.from({ length: 100 }, (_, place) => ({ ...one, completeMs: (place + 1) * 100 }));
  expect(measureOf('complete-p50', hundred)).toEqual({ value: 5, of: 100 });
  expect(measureOf('complete-p99', hundred)).toEqual({ value: 9.9, of: 100 });
  expect(measureOf('requests-busiest', hundred).value).toBe(100);
  expect(measureOf('requests-possible', [one]).value).toBe(30);
  const failed: CountedExplanation = { ...one, outcome: 'failed' };
  const unwritten: CountedExplanation = { ...one, outcome: 'unwritten' };
  // No model is no error of the model.
  expect(measureOf('error-rate', [one, one, one, failed, unwritten])).toEqual({ value: 0.25, of: 4 });
  const wrong = { ...one, sentences: { shown: 2, hallucination: 1, safety: 1, other: 0 }, violations: 1 };
  expect(measureOf('hallucination-rate', [wrong])).toEqual({ value: 0.25, of: 4 });
  expect(measureOf('safety-violations', [wrong])).toEqual({ value: 1, of: 2 });
  expect(
    guideFigures(
      [],
      [
        { helpfulness: 4, accuracy: 'accurate' },
        { helpfulness: 2, accuracy: 'unsure' },
      ],
    ),
  ).toMatchObject({
    helpfulness: { value: 3, of: 2 },
    agreement: { value: 1, of: 1 },
    'complete-p50': { value: null, of: 0 },
    'safety-violations': { value: null, of: 0 },
  });
});

test('parts of a time are there also where nothing was written', () => {
  const parts = guideParts([{ ...one, startedMs: 15 }], 0, 30, 10);
  expect(parts.map(({ fromMs, complete, p50 }) => [fromMs, complete, p50])).toEqual([
    [0, 0, null],
    [10, 1, 2],
    [20, 0, null],
  ]);
});

test('how an explanation and its sentences ended', () => {
  expect(outcomeOf('rules-only', 'engine-timeout')).toBe('failed');
  expect(outcomeOf('rules-only', 'model-missing')).toBe('unwritten');
  expect(outcomeOf('writing', null)).toBeNull();
  const finding = (rule: 'unmeasured' | 'directive' | 'form') => ({
    rule,
    sentence: 0,
    span: [0, 1] as [number, number],
    message: '',
  });
  const withheld = (...findings: ReturnType<typeof finding>[]) =>
    sentenceResult({ verdict: 'withheld', findings });
  expect(sentenceResult({ verdict: 'shown', findings: [] })).toBe('shown');
  expect(withheld(finding('unmeasured'), finding('directive'))).toBe('safety');
  expect(withheld(finding('unmeasured'))).toBe('hallucination');
  expect(withheld(finding('form'))).toBe('other');
  expect(withheld()).toBe('other');
});

test('a target is judged where enough was measured, and missed early where chance does not explain it', () => {
  expect(verdictOf('complete-p99', { value: 1, of: 99 })).toBe('too-few');
  expect(verdictOf('complete-p99', { value: GUIDE_TARGETS.completeP99Seconds, of: 100 })).toBe('met');
  expect(verdictOf('complete-p99', { value: 6.3, of: 100 })).toBe('missed');
  expect(verdictOf('requests-possible', { value: 44.9, of: 10 })).toBe('missed');
  expect(verdictOf('requests-possible', { value: 45, of: 10 })).toBe('met');
  expect(verdictOf('error-rate', { value: 0, of: 10 })).toBe('too-few');
  expect(verdictOf('error-rate', { value: 0.5, of: 10 })).toBe('missed');
  expect(verdictOf('safety-violations', { value: 0, of: 1 })).toBe('met');
  expect(verdictOf('safety-violations', { value: 1, of: 1 })).toBe('missed');
  expect(verdictOf('helpfulness', { value: 4, of: 9 })).toBe('no-target');
  expect(verdictOf('error-rate', { value: null, of: 0 })).toBe('unknown');
  // A bucket's quantile: the bucket that ends at the target meets it.
  expect(verdictOf('acknowledgement-p99', { value: 0.04, low: 0.03, high: 0.05, of: 100 })).toBe('met');
  expect(verdictOf('acknowledgement-p99', { value: 0.06, low: 0.05, high: 0.075, of: 100 })).toBe('missed');
  expect(verdictOf('acknowledgement-p99', { value: 10, low: 10, high: null, of: 100 })).toBe('missed');
});

test('the guide’s seconds are bounds of the histogram, so that Prometheus too can say exactly whether one is met', () => {
  const { bounds } = METRICS.explanation_complete_seconds;
  const { completeP50Seconds, completeP95Seconds, completeP99Seconds } = GUIDE_TARGETS;
  expect(bounds).toEqual(
    expect.arrayContaining([completeP50Seconds, completeP95Seconds, completeP99Seconds]),
  );
  expect(METRICS.acknowledgement_seconds.bounds).toContain(MEASURES['acknowledgement-p99'].target.value);
  expect(METRICS.loop_delay_seconds.bounds).toContain(MEASURES['loop-delay-p99'].target.value);
  expect(MEASURE_IDS.length).toBeGreaterThan(20);
});
