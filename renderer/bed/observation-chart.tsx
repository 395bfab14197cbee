/** The chart of the Royal College of Physicians: one row a band, one column a time, now at the right edge. */
import { formatTime, vitalName } from '../../app/language/language.ts';
import {
  isApplicable,
  leastTotal,
  NEWS2_PARAMETERS,
  type News2Parameter,
  type Score,
  VITAL_OF_PARAMETER,
} from '../../app/scoring/score.ts';
import { lookOf, WithSubscripts } from '../design/index.ts';
import { readingsOf, type ScoreNow, type ShownBed, useWords } from '../shell/index.ts';
import { readingOf } from '../vitals/standing.ts';
import { UNIT_OF } from '../vitals/writing.ts';
import { type ChartRow, chartRows } from './bands.ts';
import type { ChartColumn } from './columns.ts';
import './observation-chart.css';

export interface ObservationChartProps {
  readonly columns: readonly ChartColumn[];
  readonly bed: ShownBed;
  readonly shown: ScoreNow;
  readonly now: number;
}

interface ShownColumn extends ChartColumn {
  readonly isNow: boolean;
}

export function ObservationChart({ columns, bed, shown, now }: ObservationChartProps) {
  const { words, language } = useWords();
  const all: readonly ShownColumn[] = [
    ...columns.map((column) => ({ ...column, isNow: false })),
    { ...columnOfNow(bed, shown, now), isNow: true },
  ];
  const { spo2Scale } = bed.view.patient;
  return (
    <table className={`chart num ${spo2Scale === 2 ? 'chart-long' : ''}`}>
      <caption className="only-heard">{words.bed.chart}</caption>
      <colgroup>
        <col className="chart-col-parameter" />
        <col className="chart-col-band" />
        <col className="chart-col-points" />
      </colgroup>
      <thead>
        <tr>
          <th scope="col" colSpan={2}>
            {words.alert.parameter}
          </th>
          <th scope="col" className="chart-points">
            {words.common.points}
          </th>
          {all.map((column) => (
            <th
              key={column.isNow ? 'now' : column.at}
              scope="col"
              className={column.isNow ? 'chart-now' : ''}
            >
              {column.isNow ? words.common.now : formatTime(language, column.at)}
            </th>
          ))}
        </tr>
      </thead>
      {NEWS2_PARAMETERS.map((parameter) => (
        <ParameterRows
          key={parameter}
          parameter={parameter}
          rows={chartRows(parameter, spo2Scale)}
          columns={all}
        />
      ))}
      <tfoot>
        <tr>
          <th scope="row" colSpan={3}>
            NEWS2
          </th>
          {all.map((column) => (
            <Total key={column.isNow ? 'now' : column.at} score={column.score} isNow={column.isNow} />
          ))}
        </tr>
      </tfoot>
    </table>
  );
}

interface ParameterRowsProps {
  readonly parameter: News2Parameter;
  readonly rows: readonly ChartRow[];
  readonly columns: readonly ShownColumn[];
}

function ParameterRows({ parameter, rows, columns }: ParameterRowsProps) {
  const { words, language } = useWords();
  return (
    <tbody>
      {rows.map((row, index) => (
        <tr key={row.label} className={`chart-row-${row.points}`}>
          {index === 0 && (
            <th scope="rowgroup" rowSpan={rows.length} className="chart-parameter">
              <WithSubscripts text={vitalName(language, VITAL_OF_PARAMETER[parameter], 'long')} />
              <small>{UNIT_OF[parameter]}</small>
            </th>
          )}
          <th scope="row" className="chart-band">
            <WithSubscripts text={bandWord(parameter, row.label, words.ward.air, words.entry.onOxygen)} />
          </th>
          <td className="chart-points">{row.points}</td>
          {columns.map((column) => (
            <Cell key={column.isNow ? 'now' : column.at} parameter={parameter} row={row} column={column} />
          ))}
        </tr>
      ))}
    </tbody>
  );
}

function Cell({
  parameter,
  row,
  column,
}: {
  readonly parameter: News2Parameter;
  readonly row: ChartRow;
  readonly column: ShownColumn;
}) {
  const { words } = useWords();
  const value = column.values[parameter];
  const oxygen = column.values.oxygen;
  const stands = value !== undefined && row.holds(value, typeof oxygen === 'boolean' ? oxygen : undefined);
  const text = stands ? cellText(parameter, value, column.flow, words.ward.air) : '';
  return (
    <td className={column.isNow ? 'chart-now' : ''}>
      {stands && <b className={`chart-value chart-value-${row.points}`}>{text}</b>}
    </td>
  );
}

function cellText(
  parameter: News2Parameter,
  value: number | boolean | string,
  flow: number | null,
  air: string,
): string {
  if (parameter === 'oxygen') return value === false ? air : flow === null || flow === 0 ? '✓' : String(flow);
  return parameter === 'temp' && typeof value === 'number' ? value.toFixed(1) : String(value);
}

function bandWord(parameter: News2Parameter, label: string, air: string, oxygen: string): string {
  if (parameter !== 'oxygen') return label;
  return label === 'air' ? air : oxygen;
}

function Total({ score, isNow }: { readonly score: Score | null; readonly isNow: boolean }) {
  const total = score === null ? null : leastTotal(score);
  const bound = score !== null && isApplicable(score) && !score.complete ? '≥' : '';
  const look = score === null ? 'none' : lookOf(score);
  return (
    <td className={`chart-total chart-total-${look} ${isNow ? 'chart-now' : ''}`}>
      {total === null ? '—' : `${bound}${total}`}
    </td>
  );
}

/** What counts now: readings that are missing have no value here. */
function columnOfNow(bed: ShownBed, shown: ScoreNow, now: number): ChartColumn {
  const readings = readingsOf(bed, now);
  // A flow that has expired is not printed as the one of now.
  const given = readings.o2_flow;
  const flow = given.state === 'missing' ? null : given.observed.value;
  const values = Object.fromEntries(
    NEWS2_PARAMETERS.flatMap((parameter): [News2Parameter, number | boolean | string][] => {
      const reading = readingOf(parameter, readings, shown.inputs);
      if (reading.state === 'missing') return [];
      const { value, scoring } = reading.observed;
      if (parameter === 'oxygen')
        return [[parameter, typeof value === 'boolean' ? value : Number(value) > 0]];
      // A stream scores by its median: the chart shows what scored, so that value and row agree.
      return [[parameter, scoring?.value ?? value]];
    }),
  );
  return {
    at: '',
    values,
    score: shown.score,
    flow: typeof flow === 'number' && values.oxygen === true ? flow : null,
  };
}
