/** The seven numerals, read from three metres: value, age, source and points of each. */
import { codeWords, vitalName } from '../../app/language/language.ts';
import { type News2Parameter, VITAL_OF_PARAMETER } from '../../app/scoring/score.ts';
import { IconCuff, IconPen, IconWave, Panel, ReadingCell, WithSubscripts } from '../design/index.ts';
import { readingsOf, type ScoreNow, type ShownBed, useWords } from '../shell/index.ts';
import { TrendMark } from '../vitals/trend-mark.tsx';
import { trendOf } from '../vitals/trend-of.ts';
import { shownParameters } from '../vitals/writing.ts';

export interface NumeralsProps {
  readonly bed: ShownBed;
  readonly shown: ScoreNow;
  readonly now: number;
}

export function Numerals({ bed, shown, now }: NumeralsProps) {
  const { words, language } = useWords();
  const label = (parameter: News2Parameter) =>
    parameter === 'sbp' ? 'BP' : vitalName(language, VITAL_OF_PARAMETER[parameter]);
  return (
    <Panel
      title={words.bed.now}
      className="bed-now"
      actions={
        <span className="bed-sources">
          <IconWave size={15} /> {codeWords(language).reading.monitor}
          <IconCuff size={15} /> {codeWords(language).reading.cuff}
          <IconPen size={15} /> {codeWords(language).reading.byHand}
        </span>
      }
    >
      {shownParameters(readingsOf(bed, now), shown, language).map(
        ({ parameter, reading, points, format, unit }) => (
          <ReadingCell
            key={parameter}
            label={
              <>
                <WithSubscripts text={label(parameter)} />
                <TrendMark trend={trendOf(bed.view, parameter)} withWindow />
              </>
            }
            reading={reading}
            format={format}
            points={points}
            now={now}
            size="bed"
            unit={unit}
            language={language}
          />
        ),
      )}
    </Panel>
  );
}
