/** The observation chart and the trends of a bed, with a choice of how far they look back. */
import { useMemo } from 'react';
import type { HistoryRow, LanguageCode } from '../../app/contract/views.ts';
import { vitalName } from '../../app/language/language.ts';
import type { Vital } from '../../app/observation/vital.ts';
import { Panel, Plot, PointsChip, Segmented } from '../design/index.ts';
import { ReadNotice } from '../query/read-notice.tsx';
import { type ScoreNow, type ShownBed, useWords } from '../shell/index.ts';
import { VITALS_OF } from '../vitals/standing.ts';
import { axisOf, chartColumns, trendOf } from './columns.ts';
import type { Hours } from './hours.ts';
import { ObservationChart } from './observation-chart.tsx';
import { useHistory } from './use-history.ts';

export interface ChartPanelProps {
  readonly bed: ShownBed;
  readonly shown: ScoreNow;
  readonly now: number;
  readonly hours: Hours;
  readonly offered: readonly Hours[];
  readonly onHours: (hours: Hours) => void;
}

/** Columns of earlier observations; the column of now comes on top. */
const COLUMNS = 10;

export function ChartPanel({ bed, shown, now, hours, offered, onHours }: ChartPanelProps) {
  const { words, language } = useWords();
  const history = useHistory(bed.view.patient.id, Number(hours));
  const rows = history.value ?? NO_ROWS;
  const columns = useMemo(() => chartColumns(rows, COLUMNS), [rows]);
  return (
    <Panel
      title={words.bed.chart}
      note={words.bed.chartNote}
      className="bed-chart"
      actions={
        <>
          <span className="bed-legend">
            {words.common.points} <PointsChip points={1} /> <PointsChip points={2} />{' '}
            <PointsChip points={3} />
          </span>
          <Segmented
            label={words.bed.history}
            value={hours}
            options={offered.map((value) => ({ value, label: words.bed.historyHours(Number(value)) }))}
            onChange={onHours}
          />
        </>
      }
    >
      <ReadNotice
        asked={history}
        what={words.read.history}
        {...(rows.length === 0 ? { empty: words.bed.historyEmpty } : {})}
      />
      <ObservationChart columns={columns} bed={bed} shown={shown} now={now} />
      <div className="bed-trends">
        <Trend
          rows={rows}
          hours={Number(hours)}
          vitals={VITALS_OF.hr}
          name="hr"
          unit="/min"
          usual={[60, 120]}
          language={language}
        />
        <Trend
          rows={rows}
          hours={Number(hours)}
          vitals={VITALS_OF.spo2}
          name="spo2"
          unit="%"
          usual={[88, 100]}
          language={language}
        />
      </div>
    </Panel>
  );
}

const NO_ROWS: readonly HistoryRow[] = [];

interface TrendProps {
  readonly rows: readonly HistoryRow[];
  readonly hours: number;
  readonly vitals: readonly Vital[];
  readonly name: Vital;
  readonly unit: string;
  readonly usual: readonly [number, number];
  readonly language: LanguageCode;
}

function Trend({ rows, hours, vitals, name, unit, usual, language }: TrendProps) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: which vitals a trend has never changes
  const points = useMemo(() => trendOf(rows, vitals), [rows]);
  const [least, most] = axisOf(points, usual);
  return (
    <Plot
      label={vitalName(language, name)}
      unit={unit}
      points={points}
      hours={hours}
      least={least}
      most={most}
      language={language}
    />
  );
}
