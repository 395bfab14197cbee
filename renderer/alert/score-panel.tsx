/** The score that an alert fired on, parameter by parameter, with the values that it rested on then. */
import type { AlertView, FiredOn } from '../../app/contract/views.ts';
import { codeWords, formatAge, formatTime, vitalName } from '../../app/language/language.ts';
import {
  isApplicable,
  leastTotal,
  NEWS2_PARAMETERS,
  type News2Parameter,
  type Score,
  VITAL_OF_PARAMETER,
} from '../../app/scoring/score.ts';
import { Panel, PointsChip, Table, WithSubscripts } from '../design/index.ts';
import { ReadNotice } from '../query/read-notice.tsx';
import type { Asked } from '../query/use-query.ts';
import { useWords } from '../shell/index.ts';
import { pointsOf } from '../vitals/standing.ts';
import { type ValueAtFiring, valuesAtFiring } from './values-at-firing.ts';
import './score-panel.css';

const MINUTE_MS = 60_000;

export interface ScorePanelProps {
  readonly alert: AlertView;
  /** Null: not read yet, refused, or not kept; `asked` tells which. */
  readonly firedOn: FiredOn | null;
  readonly asked: Asked<unknown>;
}

export function ScorePanel({ alert, firedOn, asked }: ScorePanelProps) {
  const { words, language } = useWords();
  const { score } = alert;
  const values = firedOn === null ? {} : valuesAtFiring(firedOn, language);
  const applicable = isApplicable(score);
  return (
    <Panel
      title={words.alert.scorePanel}
      note={words.alert.whenFired(formatTime(language, alert.firedAt, { seconds: true }))}
      className="score-panel"
    >
      <ReadNotice
        asked={asked}
        what={words.read.valuesAtFiring}
        {...(firedOn === null ? { empty: words.alert.noValues } : {})}
      />
      <Table
        caption={words.alert.scorePanel}
        columns={[
          { key: 'parameter', title: words.alert.parameter },
          { key: 'value', title: words.alert.value },
          { key: 'band', title: words.alert.band },
          ...(applicable ? [{ key: 'points', title: words.alert.points, align: 'end' as const }] : []),
        ]}
        rows={NEWS2_PARAMETERS.map((parameter) => {
          const points = pointsOf(parameter, score);
          return {
            key: parameter,
            cells: {
              parameter: <WithSubscripts text={vitalName(language, VITAL_OF_PARAMETER[parameter], 'long')} />,
              value: <Value shown={values[parameter]} missing={isMissing(score, parameter)} />,
              band: <span className="num score-band">{values[parameter]?.band ?? ''}</span>,
              points: points === undefined ? null : <PointsChip points={points} />,
            },
          };
        })}
      />
      <Total score={score} />
    </Panel>
  );
}

function Value({ shown, missing }: { readonly shown: ValueAtFiring | undefined; readonly missing: boolean }) {
  const { language } = useWords();
  const words = codeWords(language).reading;
  if (missing) return <span className="score-missing">{words.missing}</span>;
  if (shown === undefined) return <b className="num">—</b>;
  return (
    <>
      <b className="num">{shown.text}</b>
      {shown.staleMinutes !== null && (
        <small className="score-stale num">
          {words.stale}, {formatAge(language, shown.staleMinutes * MINUTE_MS)}
        </small>
      )}
    </>
  );
}

function isMissing(score: Score, parameter: News2Parameter): boolean {
  return (
    isApplicable(score) &&
    !score.complete &&
    score.missing.some((one) => one === VITAL_OF_PARAMETER[parameter])
  );
}

function Total({ score }: { readonly score: Score }) {
  const { words } = useWords();
  if (!isApplicable(score))
    return (
      <p className="score-total">
        <span>{words.entry.notApplicable[score.reason]}</span>
      </p>
    );
  const missing = score.complete ? 0 : score.missing.length;
  const total = leastTotal(score);
  return (
    <p className="score-total">
      <b>{words.alert.total}</b>
      <span>
        {score.complete
          ? words.alert.completeNote
          : words.alert.incompleteNote(NEWS2_PARAMETERS.length - missing)}
      </span>
      <b className="num">{score.complete ? total : `≥${total}`}</b>
    </p>
  );
}
