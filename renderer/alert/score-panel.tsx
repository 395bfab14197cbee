/** The score that an alert fired on, parameter by parameter, as code computed it. */
import type { AlertView } from '../../app/contract/views.ts';
import { codeWords, formatTime, vitalName } from '../../app/language/language.ts';
import { isApplicable, leastTotal, NEWS2_PARAMETERS, VITAL_OF_PARAMETER } from '../../app/scoring/score.ts';
import { pointsOf } from '../bed/parameters.ts';
import { Panel, PointsChip, Table, WithSubscripts } from '../design/index.ts';
import { useWords } from '../shell/index.ts';
import { useValuesAtFiring } from './values-at-firing.ts';
import './score-panel.css';

export function ScorePanel({ alert }: { readonly alert: AlertView }) {
  const { words, language } = useWords();
  const values = useValuesAtFiring(alert, language);
  const { score } = alert;
  const total = leastTotal(score);
  const complete = isApplicable(score) && score.complete;
  const missing = isApplicable(score) && !score.complete ? score.missing.length : 0;
  const count = NEWS2_PARAMETERS.length - missing;
  return (
    <Panel title={words.alert.scorePanel} note={words.alert.scoreAtFiring} className="score-panel">
      <Table
        caption={words.alert.scorePanel}
        columns={[
          { key: 'parameter', title: words.alert.parameter },
          { key: 'value', title: words.alert.value },
          { key: 'band', title: words.alert.band },
          { key: 'age', title: words.common.time, align: 'end' },
          { key: 'points', title: words.alert.points, align: 'end' },
        ]}
        rows={NEWS2_PARAMETERS.map((parameter) => {
          const shown = values[parameter];
          const points = pointsOf(score, parameter);
          return {
            key: parameter,
            cells: {
              parameter: <WithSubscripts text={vitalName(language, VITAL_OF_PARAMETER[parameter], 'long')} />,
              value:
                points === null ? (
                  <span className="score-missing">{codeWords(language).reading.missing}</span>
                ) : (
                  <b className="num">{shown?.text ?? '—'}</b>
                ),
              band: <span className="num score-band">{shown?.band ?? ''}</span>,
              age: (
                <span className="num score-band">
                  {shown === undefined ? '' : formatTime(language, shown.at)}
                </span>
              ),
              points: <PointsChip points={points} />,
            },
          };
        })}
      />
      <p className="score-total">
        <b>{words.alert.total}</b>
        <span>{complete ? words.alert.completeNote : words.alert.incompleteNote(count)}</span>
        <b className="num">{total === null ? '—' : complete ? total : `≥${total}`}</b>
      </p>
    </Panel>
  );
}
