/** Measures beside their targets. Whether one is met is said in words; the colour only repeats it. */
import type { QueryResult } from '../../app/contract/contract.ts';
import { formatNumber } from '../../app/language/language.ts';
import { MEASURES, type MeasureDefinition } from '../../app/monitoring/measures.ts';
import { Table, Tag } from '../design/index.ts';
import { useWords } from '../shell/index.ts';
import { figureText, targetText } from './figure-text.ts';

type Measure = QueryResult<'monitoring.state'>['measures'][number];

export function MeasureTable({
  caption,
  measures,
}: {
  readonly caption: string;
  readonly measures: readonly Measure[];
}) {
  const { words, language } = useWords();
  const told = words.monitoring;
  return (
    <Table
      caption={caption}
      columns={[
        { key: 'measure', title: told.measure },
        { key: 'value', title: told.value, align: 'end' },
        { key: 'target', title: told.target, align: 'end' },
        { key: 'verdict', title: told.verdict },
        { key: 'of', title: told.count, align: 'end' },
      ]}
      rows={measures.map((measure) => ({
        key: measure.id,
        cells: {
          measure: (
            <>
              <b>{told.measures[measure.id].name}</b>
              <span className="monitoring-how">{told.measures[measure.id].how}</span>
            </>
          ),
          value: <Value measure={measure} />,
          target: <span className="num">{targetText(told, language, measure.id) ?? told.none}</span>,
          verdict: isJudged(measure.verdict) ? (
            <Tag tone={measure.verdict === 'missed' ? 'tech' : 'plain'}>{told.verdicts[measure.verdict]}</Tag>
          ) : (
            <span className="monitoring-quiet">{told.verdicts[measure.verdict]}</span>
          ),
          // What is looked at now is counted from nothing.
          of: (
            <span className="num">
              {measure.between === null && MEASURES[measure.id].from === 'ward'
                ? told.none
                : formatNumber(language, measure.of)}
            </span>
          ),
        },
      }))}
    />
  );
}

/** What says nothing of a target is told quietly, so that what does stands out. */
function isJudged(verdict: Measure['verdict']): boolean {
  return verdict !== 'no-target' && verdict !== 'unknown';
}

function Value({ measure: { id, value, between } }: { readonly measure: Measure }) {
  const { words, language } = useWords();
  const told = words.monitoring;
  if (value === null) return <span>{told.none}</span>;
  const { unit }: MeasureDefinition = MEASURES[id];
  const text = (of: number) => figureText(told, language, unit, of);
  if (between === null) return <b className="num">{text(value)}</b>;
  const { low, high } = between;
  return <b className="num">{high === null ? told.over(text(low)) : told.between(text(low), text(high))}</b>;
}
