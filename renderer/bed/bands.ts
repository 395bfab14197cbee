/** The rows of the observation chart, read off the scoring chart itself so that the two cannot differ. */
import {
  chartBand,
  type NumericParameter,
  type Points,
  type SaturationContext,
} from '../../app/scoring/chart.ts';
import type { News2Parameter } from '../../app/scoring/score.ts';

export interface ChartRow {
  /** Limits as printed, for example "21–24". */
  readonly label: string;
  readonly points: Points;
  /** Whether a value stands in this row. */
  readonly holds: (value: number | boolean | string, onOxygen: boolean | undefined) => boolean;
}

/** Where the walk down a parameter's bands starts, and the chart's step. Any plausible value above the top band. */
const TOP: { readonly [parameter in NumericParameter]: { readonly from: number; readonly step: number } } = {
  rr: { from: 60, step: 1 },
  spo2: { from: 100, step: 1 },
  sbp: { from: 300, step: 1 },
  hr: { from: 250, step: 1 },
  temp: { from: 42, step: 0.1 },
};

/** Rows of a parameter from the top of the printed chart down. */
export function chartRows(parameter: News2Parameter, spo2Scale: 1 | 2): readonly ChartRow[] {
  switch (parameter) {
    case 'oxygen':
      return [
        { label: 'air', points: 0, holds: (value) => value === false },
        { label: 'oxygen', points: 2, holds: (value) => value === true },
      ];
    case 'consciousness':
      return [
        { label: 'A', points: 0, holds: (value) => value === 'A' },
        { label: 'C V P U', points: 3, holds: (value) => value !== 'A' },
      ];
    case 'spo2':
      return spo2Scale === 1 ? numericRows('spo2', { scale: 1 }) : saturationScale2();
    default:
      return numericRows(parameter, {});
  }
}

/** The band of one value as it is printed; null where it has none. */
export function bandLabel(
  parameter: NumericParameter,
  value: number,
  context: SaturationContext,
): string | null {
  const band = chartBand(parameter, value, context);
  return band === null ? null : printed(parameter, band);
}

function numericRows(parameter: NumericParameter, context: SaturationContext): ChartRow[] {
  const { from, step } = TOP[parameter];
  const rows: ChartRow[] = [];
  for (let value = from; ; ) {
    const band = chartBand(parameter, value, context);
    if (band === null) return rows;
    rows.push({
      label: printed(parameter, band),
      points: band.points,
      holds: (one) => {
        const own = typeof one === 'number' ? chartBand(parameter, one, context) : null;
        return own !== null && own.least === band.least && own.most === band.most;
      },
    });
    if (band.least === null) return rows;
    value = band.least - step;
  }
}

/** Scale 2 reads a high saturation differently on air and on oxygen: both stand on the printed chart. */
function saturationScale2(): ChartRow[] {
  const onOxygen = numericRows('spo2', { scale: 2, onOxygen: true });
  const aboveTarget = onOxygen.filter(
    (row) => row.holds(93, true) || row.holds(95, true) || row.holds(97, true),
  );
  const rest = onOxygen.slice(aboveTarget.length);
  const isAbove = (value: number | boolean | string) => aboveTarget.some((row) => row.holds(value, true));
  return [
    ...aboveTarget.map((row) => ({
      ...row,
      label: `${row.label} O2`,
      holds: (value: number | boolean | string, oxygen: boolean | undefined) =>
        oxygen === true && row.holds(value, true),
    })),
    { label: '≥93 air', points: 0, holds: (value, oxygen) => oxygen === false && isAbove(value) },
    ...rest,
  ];
}

function printed(
  parameter: NumericParameter,
  { least, most }: { readonly least: number | null; readonly most: number | null },
): string {
  const decimals = parameter === 'temp' ? 1 : 0;
  if (least === null) return most === null ? '' : `≤${most.toFixed(decimals)}`;
  return most === null
    ? `≥${least.toFixed(decimals)}`
    : `${least.toFixed(decimals)}–${most.toFixed(decimals)}`;
}
