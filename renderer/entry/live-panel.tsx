/** The score as it would be saved now, with what is still missing named. */

import type { BedView } from '../../app/contract/views.ts';
import { codeWords, formatTime, vitalName } from '../../app/language/language.ts';
import { isApplicable, NEWS2_PARAMETERS, type Score, VITAL_OF_PARAMETER } from '../../app/scoring/score.ts';
import { News2Block, Panel, PointsChip, WithSubscripts } from '../design/index.ts';
import { useWords } from '../shell/index.ts';
import { pointsOf } from '../vitals/standing.ts';
import type { LiveScore } from './live-score.ts';

export interface LivePanelProps {
  readonly view: BedView;
  readonly live: LiveScore;
}

export function LivePanel({ view, live }: LivePanelProps) {
  const { words, language } = useWords();
  const before = view.scoreHistory.at(-1);
  const was =
    before === undefined
      ? undefined
      : words.entry.was(`${before.complete ? '' : '≥'}${before.total}`, formatTime(language, before.at));
  return (
    <Panel title={words.entry.live} {...(was === undefined ? {} : { note: was })} className="entry-live">
      <News2Block score={live.score} size="large" language={language} />
      <p className="entry-live-words" role="status">
        <LiveWords score={live.score} />
      </p>
      <ul className="entry-live-rows">
        {NEWS2_PARAMETERS.map((parameter) => {
          const points = pointsOf(parameter, live.score);
          const vital = VITAL_OF_PARAMETER[parameter];
          const value = live.vitals[vital];
          return (
            <li key={parameter}>
              <span>
                <WithSubscripts text={vitalName(language, vital, 'long')} />
              </span>
              <b className="num">
                {valueText(value, words.ward.air, words.entry.onOxygen, words.entry.missing)}
              </b>
              {points !== undefined && <PointsChip points={points} />}
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}

function valueText(
  value: number | boolean | string | null | undefined,
  air: string,
  oxygen: string,
  missing: string,
): string {
  if (value === null || value === undefined) return missing;
  if (typeof value === 'boolean') return value ? oxygen : air;
  return String(value);
}

function LiveWords({ score }: { readonly score: Score }) {
  const { words, language } = useWords();
  if (!isApplicable(score)) return words.entry.notApplicable[score.reason];
  const codes = codeWords(language);
  if (score.complete)
    return (
      <>
        <b>{words.entry.complete}</b> {codes.responses[score.response]},{' '}
        {codes.monitoring[score.min_monitoring]}.
      </>
    );
  const names = score.missing.map((vital) => vitalName(language, vital, 'long')).join(', ');
  return (
    <>
      <b>{words.entry.missingCount(score.missing.length)}</b> <WithSubscripts text={names} />.{' '}
      {words.entry.atLeast(score.min_total)}
    </>
  );
}
