/**
 * The metrics as text: OpenMetrics 1.0 (https://prometheus.io/docs/specs/om/open_metrics_spec/), or the older text
 * format of Prometheus 0.0.4 for what reads no other.
 */
import { METRIC_NAMES, METRICS, type MetricDefinition, PREFIX } from './catalogue.ts';
import type { Histogram } from './histogram.ts';
import type { Collected, Series } from './registry.ts';

export const TEXT_FORMATS = {
  openmetrics: 'application/openmetrics-text; version=1.0.0; charset=utf-8',
  plain: 'text/plain; version=0.0.4; charset=utf-8',
} as const;
export type TextFormat = keyof typeof TEXT_FORMATS;

/** OpenMetrics, but where a reader names the older format alone. */
export function formatFor(accept: string): TextFormat {
  return accept.includes('text/plain') && !accept.includes('openmetrics') ? 'plain' : 'openmetrics';
}

/** The whole text. A metric without a series is left out: nothing is told as 0 that is not known. */
export function expositionText(collected: Collected, format: TextFormat): string {
  const lines: string[] = [];
  for (const name of METRIC_NAMES) {
    const series = collected.get(name) ?? [];
    if (series.length === 0) continue;
    const definition: MetricDefinition = METRICS[name];
    const family = `${PREFIX}${name}`;
    // The older format knows no families: a counter is named there as its sample is.
    const named = format === 'plain' && definition.kind === 'counter' ? `${family}_total` : family;
    lines.push(`# TYPE ${named} ${definition.kind}`);
    if (definition.unit !== undefined && format === 'openmetrics')
      lines.push(`# UNIT ${family} ${definition.unit}`);
    lines.push(`# HELP ${named} ${escaped(definition.help)}`);
    for (const one of series) lines.push(...samplesOf(family, definition, one));
  }
  if (format === 'openmetrics') lines.push('# EOF');
  return `${lines.join('\n')}\n`;
}

function samplesOf(family: string, definition: MetricDefinition, { labels, value }: Series): string[] {
  if (typeof value !== 'number') return histogramSamples(family, definition.bounds ?? [], value);
  const sample = definition.kind === 'counter' ? `${family}_total` : family;
  return [`${sample}${labelText(labels)} ${numberText(value)}`];
}

function histogramSamples(
  family: string,
  bounds: readonly number[],
  { counts, sum, count }: Histogram,
): string[] {
  let upTo = 0;
  const buckets = counts.map((many, place) => {
    upTo += many;
    const bound = bounds[place];
    const le = bound === undefined ? '+Inf' : Number.isInteger(bound) ? bound.toFixed(1) : String(bound);
    return `${family}_bucket{le="${le}"} ${upTo}`;
  });
  return [...buckets, `${family}_sum ${numberText(sum)}`, `${family}_count ${count}`];
}

function labelText(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(
    ([name, value]) => `${name}="${escaped(value).replaceAll('"', '\\"')}"`,
  );
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

function escaped(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
}

function numberText(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf';
  return String(value);
}
