/** The last charted sets, to enter the next one against. */
import { formatTime, vitalName } from '../../app/language/language.ts';
import {
  isApplicable,
  leastTotal,
  NEWS2_PARAMETERS,
  type Score,
  VITAL_OF_PARAMETER,
} from '../../app/scoring/score.ts';
import { chartColumns } from '../bed/columns.ts';
import { useHistory } from '../bed/use-history.ts';
import { Table, WithSubscripts } from '../design/index.ts';
import { ReadNotice } from '../query/read-notice.tsx';
import { useWords } from '../shell/index.ts';

const HOURS = 24;
const SHOWN = 3;

export function LastSets({ patientId }: { readonly patientId: string }) {
  const { words, language } = useWords();
  const history = useHistory(patientId, HOURS);
  const charted = (history.value ?? []).filter(({ source }) => source === 'hand').slice(-SHOWN);
  const columns = chartColumns(charted, SHOWN).toReversed();
  return (
    <section className="entry-last" aria-label={words.entry.lastSets}>
      <h3>{words.entry.lastSets}</h3>
      <ReadNotice
        asked={history}
        what={words.read.history}
        {...(charted.length === 0 ? { empty: words.entry.noSets } : {})}
      />
      {charted.length > 0 && (
        <Table
          caption={words.entry.lastSets}
          columns={[
            { key: 'at', title: words.common.time },
            ...NEWS2_PARAMETERS.map((parameter) => ({
              key: parameter,
              title: <WithSubscripts text={vitalName(language, VITAL_OF_PARAMETER[parameter])} />,
              align: 'end' as const,
            })),
            { key: 'score', title: 'NEWS2', align: 'end' },
          ]}
          rows={columns.map(({ at, values, score, flow }) => ({
            key: at,
            cells: {
              at: <span className="num">{formatTime(language, at)}</span>,
              ...Object.fromEntries(
                NEWS2_PARAMETERS.map((parameter) => [
                  parameter,
                  <span key={parameter} className="num">
                    {parameter === 'oxygen'
                      ? oxygenText(values.oxygen, flow)
                      : String(values[parameter] ?? '—')}
                  </span>,
                ]),
              ),
              score: <b className="num">{scoreText(score)}</b>,
            },
          }))}
        />
      )}
    </section>
  );

  function oxygenText(value: number | boolean | string | undefined, flow: number | null): string {
    if (value === undefined) return '—';
    if (value === false) return words.ward.air;
    return flow === null ? words.entry.onOxygen : `${flow}\u00a0L`;
  }
}

function scoreText(score: Score | null): string {
  const total = score === null ? null : leastTotal(score);
  if (score === null || total === null) return '—';
  return isApplicable(score) && !score.complete ? `≥${total}` : String(total);
}
