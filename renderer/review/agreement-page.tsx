/** How far raters agree, for those who settle disputes: alpha with its interval, each rater, each model. */
import type { QueryResult } from '../../app/contract/contract.ts';
import { codeWords, formatNumber } from '../../app/language/language.ts';
import { LEAST_UNITS } from '../../app/review/agreement.ts';
import { Panel, Table } from '../design/index.ts';
import { ReadNotice } from '../query/read-notice.tsx';
import { useQuery } from '../query/use-query.ts';
import { useWords } from '../shell/index.ts';

type AgreementAnswer = QueryResult<'review.agreement'>;

export function AgreementPage() {
  const { words, language } = useWords();
  const told = words.review;
  const asked = useQuery('review.agreement', {});
  const answer = asked.value;
  if (answer === null)
    return (
      <Panel title={told.pages.agreement}>
        <ReadNotice asked={asked} what={told.agreementWhat} />
      </Panel>
    );
  const number = (value: number): string => formatNumber(language, value);
  const of = (part: number, whole: number): string => told.of(number(part), number(whole));
  return (
    <div className="review-agreement">
      <div className="review-alphas">
        {(['helpfulness', 'accuracy'] as const).map((what) => (
          <Alpha key={what} title={told.alphaOf[what]} agreement={answer[what]} wanted={answer.wanted} />
        ))}
        <Panel title={told.pages.agreement} note={told.agreementNote}>
          <dl className="review-figures">
            {(['shared', 'alike', 'settled', 'open'] as const).map((key) => (
              <div key={key}>
                <dt>{told[key]}</dt>
                <dd className="num">{number(answer[key])}</dd>
              </div>
            ))}
          </dl>
        </Panel>
      </div>
      <Panel title={told.raters}>
        {answer.raters.length === 0 ? (
          <p className="review-quiet">{told.noRaters}</p>
        ) : (
          <Table
            caption={told.raters}
            columns={[
              { key: 'name', title: told.rater },
              { key: 'rated', title: told.rated, align: 'end' },
              { key: 'repeats', title: told.repeats, align: 'end' },
              { key: 'known', title: told.known, align: 'end' },
              { key: 'corrections', title: told.corrections, align: 'end' },
              { key: 'median', title: told.median, align: 'end' },
            ]}
            rows={answer.raters.map((rater) => ({
              key: rater.personId,
              cells: {
                name: (
                  <>
                    <b>{rater.name}</b> <small>{roleName(rater.role, codeWords(language).roles)}</small>
                  </>
                ),
                rated: number(rater.rated),
                repeats: of(rater.repeatsAlike, rater.repeats),
                known: of(rater.knownAlike, rater.known),
                corrections: number(rater.corrections),
                median: rater.medianMs === null ? '—' : told.seconds(Math.round(rater.medianMs / 1000)),
              },
            }))}
          />
        )}
      </Panel>
      {answer.models.length > 0 && (
        <Panel title={told.models}>
          <Table
            caption={told.models}
            columns={[
              { key: 'model', title: told.model },
              { key: 'rated', title: told.rated, align: 'end' },
              { key: 'helpful', title: told.meanHelpful, align: 'end' },
              { key: 'accurate', title: told.accurateShare, align: 'end' },
              { key: 'preferred', title: told.preferred, align: 'end' },
            ]}
            rows={answer.models.map(({ model, ratings, helpfulness, accurate, chosen, against }) => ({
              key: `${model.sha256} ${model.name} ${model.adapter ?? ''}`,
              cells: {
                model: model.adapter === null ? model.name : told.withAdapter(model.name, model.adapter),
                rated: number(ratings),
                helpful: ratings === 0 ? '—' : helpfulness.toFixed(1),
                accurate: ratings === 0 ? '—' : `${Math.round(accurate * 100)} %`,
                preferred: of(chosen, chosen + against),
              },
            }))}
          />
        </Panel>
      )}
    </div>
  );
}

function roleName(role: string, names: Readonly<Record<string, string>>): string {
  return names[role] ?? role;
}

interface AlphaProps {
  readonly title: string;
  readonly agreement: AgreementAnswer['helpfulness'];
  readonly wanted: number;
}

function Alpha({ title, agreement: { alpha, interval, units }, wanted }: AlphaProps) {
  const { words, language } = useWords();
  const told = words.review;
  const at = (value: number): string => `${Math.min(100, Math.max(0, value * 100))}%`;
  return (
    <Panel title={title}>
      {alpha === null || interval === null ? (
        <p className="review-quiet">{units < LEAST_UNITS ? told.tooFew(LEAST_UNITS) : told.noAlpha}</p>
      ) : (
        <>
          <p className="review-alpha">
            <b className="num">{alpha.toFixed(2)}</b>
            <span>
              {told.alpha}
              <br />
              {told.interval(interval.low.toFixed(2), interval.high.toFixed(2))}
            </span>
          </p>
          <div className="review-scale" aria-hidden="true">
            <i style={{ left: at(interval.low), right: `calc(100% - ${at(interval.high)})` }} />
            <b style={{ left: at(alpha) }} />
            <em style={{ left: at(wanted) }} />
          </div>
        </>
      )}
      <p className="review-quiet num">
        {told.units(formatNumber(language, units))}. {told.wanted(wanted.toFixed(2))}
      </p>
    </Panel>
  );
}
