/**
 * What was counted since the start. Counting never throws and never waits: monitoring does not hold up what it watches.
 */
import {
  type LabelsOf,
  METRIC_NAMES,
  METRICS,
  type MetricDefinition,
  type MetricName,
  type NameOf,
} from './catalogue.ts';
import { emptyHistogram, type Histogram, observed } from './histogram.ts';

/** One value of a counter or gauge, or one histogram. */
export interface Series {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number | Histogram;
}
export type Collected = ReadonlyMap<MetricName, readonly Series[]>;

export interface Registry {
  /** Counts `more` (1 where left out). What is negative or no number, and a label outside its set, is not counted. */
  add<N extends NameOf<'counter'>>(name: N, labels: LabelsOf<N>, more?: number): void;
  observe(name: NameOf<'histogram'>, value: number): void;
  /** A counter of one series, or a histogram, as it stands. */
  counted(name: NameOf<'counter'>, labels?: Readonly<Record<string, string>>): number;
  histogram(name: NameOf<'histogram'>): Histogram;
  /** Counters and histograms; gauges are added by whoever measures them now. */
  collect(): Map<MetricName, Series[]>;
}

/** Null where a value is not of its label's set, or a label is missing or too many. */
function keyOf(definition: MetricDefinition, labels: Readonly<Record<string, string>>): string | null {
  const names = Object.keys(definition.labels);
  if (Object.keys(labels).length !== names.length) return null;
  for (const name of names) if (!definition.labels[name]?.includes(labels[name] ?? '')) return null;
  return JSON.stringify(names.map((name) => labels[name]));
}

/** Every combination of a metric's label values: a series that stands at 0 from the start shows its first rise. */
function combinations(definition: MetricDefinition): Record<string, string>[] {
  return Object.entries(definition.labels).reduce<Record<string, string>[]>(
    (sofar, [name, values]) => sofar.flatMap((one) => values.map((value) => ({ ...one, [name]: value }))),
    [{}],
  );
}

export function createRegistry(): Registry {
  const counters = new Map<
    MetricName,
    Map<string, { readonly labels: Record<string, string>; value: number }>
  >();
  const histograms = new Map<MetricName, { readonly bounds: readonly number[]; now: Histogram }>();
  for (const name of METRIC_NAMES) {
    const definition: MetricDefinition = METRICS[name];
    if (definition.kind === 'counter')
      counters.set(
        name,
        new Map(
          combinations(definition).map((labels) => [keyOf(definition, labels) ?? '', { labels, value: 0 }]),
        ),
      );
    if (definition.kind === 'histogram' && definition.bounds !== undefined)
      histograms.set(name, { bounds: definition.bounds, now: emptyHistogram(definition.bounds) });
  }
  const seriesOf = (name: NameOf<'counter'>, labels: Readonly<Record<string, string>>) =>
    counters.get(name)?.get(keyOf(METRICS[name], labels) ?? '');

  return {
    add: (name, labels, more = 1) => {
      const series = seriesOf(name, labels);
      if (series !== undefined && Number.isFinite(more) && more > 0) series.value += more;
    },
    observe: (name, value) => {
      const kept = histograms.get(name);
      if (kept !== undefined) kept.now = observed(kept.bounds, kept.now, value);
    },
    counted: (name, labels = {}) => seriesOf(name, labels)?.value ?? 0,
    histogram: (name) => histograms.get(name)?.now ?? emptyHistogram([]),
    collect: () => {
      const all = new Map<MetricName, Series[]>();
      for (const [name, series] of counters)
        all.set(
          name,
          [...series.values()].map(({ labels, value }) => ({ labels, value })),
        );
      for (const [name, { now }] of histograms) all.set(name, [{ labels: {}, value: now }]);
      return all;
    },
  };
}
