/** The case that a text is about, without whose it is: values with their points, the score, and the text by rules. */
import type { QueryResult } from '../../app/contract/contract.ts';
import { ruleName, vitalName } from '../../app/language/language.ts';
import { NEWS2_PARAMETERS, VITAL_OF_PARAMETER } from '../../app/scoring/score.ts';
import { valuesAtFiring } from '../alert/values-at-firing.ts';
import { News2Block, PointsChip, WithSubscripts } from '../design/index.ts';
import { useWords } from '../shell/index.ts';
import { pointsOf } from '../vitals/standing.ts';

export type ReviewItem = QueryResult<'review.item'>;

export function CaseHead({ shown }: { readonly shown: ReviewItem }) {
  const { words, language } = useWords();
  const { facts, rule, ruleText } = shown;
  const values = valuesAtFiring(facts, language);
  const score = facts.news2;
  return (
    <section className="panel review-case" aria-label={words.review.case}>
      <div className="review-facts">
        <p className="review-case-name">
          <small>{words.review.case}</small>
          <b>
            <WithSubscripts text={ruleName(language, rule)} />
          </b>
        </p>
        <dl>
          {NEWS2_PARAMETERS.map((parameter) => {
            const value = values[parameter];
            const points = score === undefined ? undefined : pointsOf(parameter, score);
            return (
              <div key={parameter}>
                <dt>
                  <WithSubscripts text={vitalName(language, VITAL_OF_PARAMETER[parameter])} />
                </dt>
                <dd className="num">
                  {value?.text ?? '—'}
                  {points !== undefined && points !== 0 && <PointsChip points={points} />}
                </dd>
              </div>
            );
          })}
        </dl>
        {score !== undefined && <News2Block score={score} size="compact" language={language} />}
      </div>
      <p className="review-rules" lang={shown.language}>
        <b className="why-mark">{words.review.rules}</b> <WithSubscripts text={ruleText} />
      </p>
    </section>
  );
}
