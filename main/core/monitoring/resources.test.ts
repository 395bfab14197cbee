/** Alert rules and dashboard ask for nothing that the program does not tell. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import {
  METRIC_NAMES,
  METRICS,
  type MetricDefinition,
  type MetricName,
  sampleNames,
} from '../../../app/monitoring/catalogue.ts';
import { GUIDE_TARGETS } from '../../../app/monitoring/measures.ts';
import { RESOURCES } from '../testing/running-core.ts';

const fileOf = (name: string) => readFileSync(join(RESOURCES, 'monitoring', name), 'utf8');
const metricOf = new Map<string, MetricName>(
  METRIC_NAMES.flatMap((name) => sampleNames(name).map((sample) => [sample, name] as const)),
);

/** What is wrong with the metrics and labels that a text of expressions asks for. */
function faults(text: string): string[] {
  return [...text.matchAll(/\b(medobsmind_[a-z_]+)(?:\{([^}]*)\})?/g)].flatMap(
    ([whole, sample = '', selector = '']) => {
      const name = metricOf.get(sample);
      if (name === undefined) return [`${sample} is not told`];
      const { labels }: MetricDefinition = METRICS[name];
      return [...selector.matchAll(/(\w+)=~?\\?"([^"\\]*)/g)].flatMap(([, label = '', values = '']) => {
        if (['job', 'instance', 'le'].includes(label)) return [];
        const known = labels[label];
        if (known === undefined) return [`${whole}: no label ${label}`];
        return values
          .split('|')
          .flatMap((value) => (known.includes(value) ? [] : [`${whole}: no ${label} ${value}`]));
      });
    },
  );
}

test.each(['rules.yml', 'rules.test.yml', 'grafana-dashboard.json'])(
  '%s asks only for what is told',
  (name) => {
    const text = fileOf(name);
    expect([...text.matchAll(/medobsmind_/g)].length).toBeGreaterThan(10);
    expect(faults(text)).toEqual([]);
  },
);

test('a wrong name, label or value would be found', () => {
  expect(faults('rate(medobsmind_reading_total[5m])')).toHaveLength(1);
  expect(faults('medobsmind_alerts_open{bed="B7"}')).toHaveLength(1);
  expect(faults('medobsmind_technical_alerts_open{code=~"feed-silent|feed-gone"}')).toHaveLength(1);
});

const position = z.object({
  x: z.number().min(0),
  y: z.number().min(0),
  w: z.number().min(1),
  h: z.number().min(1),
});
const dashboardSchema = z.object({
  uid: z.string().min(1).max(40),
  title: z.string().min(1),
  schemaVersion: z.number().int().min(36),
  panels: z.array(
    z.object({
      id: z.number().int(),
      type: z.enum(['row', 'stat', 'timeseries']),
      title: z.string().min(1),
      gridPos: position.refine(({ x, w }) => x + w <= 24),
      targets: z
        .array(z.object({ refId: z.string(), expr: z.string().min(1), legendFormat: z.string() }))
        .default([]),
    }),
  ),
  templating: z.object({ list: z.array(z.object({ name: z.string(), type: z.string() })) }),
});

test('the dashboard has Grafana’s form: panels that do not overlap, and variables that it declares', () => {
  const { panels, templating } = dashboardSchema.parse(JSON.parse(fileOf('grafana-dashboard.json')));
  expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
  for (const [place, { gridPos: one }] of panels.entries())
    for (const { gridPos: other } of panels.slice(place + 1))
      expect(
        one.x + one.w <= other.x ||
          other.x + other.w <= one.x ||
          one.y + one.h <= other.y ||
          other.y + other.h <= one.y,
      ).toBe(true);
  for (const { type, targets } of panels) expect(targets.length > 0).toBe(type !== 'row');
  const declared = [...templating.list.map(({ name }) => name), '__rate_interval'];
  for (const [, variable = ''] of fileOf('grafana-dashboard.json').matchAll(/\$\{?(\w+)\}?/g))
    expect(declared).toContain(variable);
});

test('every metric has a place on the dashboard, and each rule says what to do', () => {
  const asked = fileOf('grafana-dashboard.json');
  for (const name of METRIC_NAMES) expect(asked, name).toContain(`medobsmind_${name}`);
  const rules = fileOf('rules.yml');
  const count = (pattern: RegExp) => [...rules.matchAll(pattern)].length;
  const alerts = count(/- alert:/g);
  expect(alerts).toBeGreaterThan(10);
  expect([count(/ severity: (?:critical|warning)$/gm), count(/ summary: /g), count(/ action: /g)]).toEqual([
    alerts,
    alerts,
    alerts,
  ]);
});

test('the rules hold the guide’s targets', () => {
  const rules = fileOf('rules.yml');
  const { completeP50Seconds, completeP95Seconds, completeP99Seconds, errorRate, hallucinationRate } =
    GUIDE_TARGETS;
  for (const [share, seconds] of [
    ['0.50', completeP50Seconds],
    ['0.95', completeP95Seconds],
    ['0.99', completeP99Seconds],
  ] as const)
    expect(rules).toMatch(
      new RegExp(`histogram_quantile\\(${share}, .*explanation_complete_seconds_bucket.* > ${seconds}$`, 'm'),
    );
  expect(rules).toContain(`explanation_error:ratio_1h > ${errorRate}\n`);
  expect(rules).toContain(`hallucination:ratio_1d > ${hallucinationRate}\n`);
});
