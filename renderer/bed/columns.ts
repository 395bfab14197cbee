/** A bed's history cut into the few columns of the chart, and into the points of a trend. Pure. */
import type { HistoryRow } from '../../app/contract/views.ts';
import type { Vital } from '../../app/observation/vital.ts';
import type { News2Parameter, Score } from '../../app/scoring/score.ts';
import { VITALS_OF } from '../vitals/standing.ts';

export type ChartValues = { readonly [parameter in News2Parameter]?: number | boolean | string };

export interface ChartColumn {
  readonly at: string;
  readonly values: ChartValues;
  readonly score: Score | null;
  /** What to print for oxygen: the flow, where one was told. */
  readonly flow: number | null;
}

/**
 * At most `most` columns, oldest first. Few charted sets keep a column each; more (a stream) are cut into equal
 * stretches of time, and a column has the last value of its stretch. A stretch without values has no column:
 * nothing is carried over from an earlier one.
 */
export function chartColumns(rows: readonly HistoryRow[], most: number): readonly ChartColumn[] {
  if (rows.length <= most) return rows.map((row) => columnOf([row])).filter((column) => column !== null);
  const first = Date.parse(rows[0]?.at ?? '');
  const last = Date.parse(rows.at(-1)?.at ?? '');
  const stretch = (last - first) / most;
  const groups: HistoryRow[][] = Array.from({ length: most }, () => []);
  for (const row of rows) {
    const index = Math.min(most - 1, Math.floor((Date.parse(row.at) - first) / stretch));
    groups[index]?.push(row);
  }
  return groups.map(columnOf).filter((column) => column !== null);
}

function columnOf(rows: readonly HistoryRow[]): ChartColumn | null {
  const last = rows.at(-1);
  if (last === undefined) return null;
  const latest = (...vitals: readonly Vital[]) => {
    for (const row of rows.toReversed())
      for (const vital of vitals) {
        const value = row.values[vital];
        if (value !== undefined) return value;
      }
    return undefined;
  };
  const flow = latest('o2_flow');
  const found: [News2Parameter, number | boolean | string | undefined][] = [
    ['rr', latest(...VITALS_OF.rr)],
    ['spo2', latest(...VITALS_OF.spo2)],
    ['oxygen', latest('on_oxygen') ?? (typeof flow === 'number' && flow > 0 ? true : undefined)],
    ['sbp', latest(...VITALS_OF.sbp)],
    ['hr', latest(...VITALS_OF.hr)],
    ['consciousness', latest(...VITALS_OF.consciousness)],
    ['temp', latest(...VITALS_OF.temp)],
  ];
  const values = Object.fromEntries(found.filter(([, value]) => value !== undefined));
  if (Object.keys(values).length === 0) return null;
  return { at: last.at, values, score: last.score, flow: typeof flow === 'number' ? flow : null };
}

/** Shortest time without a value that is drawn as a gap, milliseconds. Ours: five one-minute medians. */
const LEAST_GAP_MS = 5 * 60_000;
/** A pause this many times longer than usual is a gap, so that hourly charting is a line and a lost stream is not. */
const GAP_FACTOR = 3;

/** One vital's values over time, with a null after the last value before each gap. */
export function trendOf(
  rows: readonly HistoryRow[],
  vitals: readonly Vital[],
): readonly { readonly at: number; readonly value: number | null }[] {
  const measured: { at: number; value: number }[] = [];
  for (const row of rows) {
    const vital = vitals.find((one) => typeof row.values[one] === 'number');
    const value = vital === undefined ? undefined : row.values[vital];
    if (typeof value === 'number') measured.push({ at: Date.parse(row.at), value });
  }
  const pauses = measured.slice(1).map(({ at }, index) => at - (measured[index]?.at ?? at));
  const usual = pauses.toSorted((a, b) => a - b)[Math.floor(pauses.length / 2)] ?? 0;
  const gap = Math.max(LEAST_GAP_MS, usual * GAP_FACTOR);
  return measured.flatMap((point, index) => {
    const next = measured[index + 1];
    return next !== undefined && next.at - point.at > gap
      ? [point, { at: point.at + 1, value: null }]
      : [point];
  });
}

/** Ends of a trend's axis: the usual range, widened in tens to hold every value. */
export function axisOf(
  points: readonly { readonly value: number | null }[],
  usual: readonly [number, number],
): readonly [number, number] {
  const values = points.flatMap(({ value }) => (value === null ? [] : [value]));
  return [
    Math.min(usual[0], ...values.map((value) => Math.floor(value / 10) * 10)),
    Math.max(usual[1], ...values.map((value) => Math.ceil(value / 10) * 10)),
  ];
}
