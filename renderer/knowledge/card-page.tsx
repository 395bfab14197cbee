/** One card in one version: what it says, what it rests on, and what people here decided about it. */
import type { CardView } from '../../app/contract/calls/knowledge.ts';
import { Button, Panel, Tag } from '../design/index.ts';
import { ReadNotice } from '../query/read-notice.tsx';
import { useQuery } from '../query/use-query.ts';
import { useWords } from '../shell/index.ts';
import { go, goBack } from '../shell/route.ts';
import { whenText } from '../system/when.ts';
import { Decide } from './decide.tsx';

export function CardPage({ id, version }: { readonly id: string; readonly version: number }) {
  const { words, language } = useWords();
  const { knowledge } = words;
  const asked = useQuery('knowledge.card', { id, version });
  const card = asked.value;
  const hindi = language === 'hi' ? (card?.hindi ?? null) : null;
  return (
    <Panel
      title={hindi?.title ?? card?.title ?? knowledge.card}
      note={knowledge.version(version)}
      actions={<Button onPress={goBack}>{words.common.back}</Button>}
    >
      {card === null ? (
        <ReadNotice asked={asked} what={knowledge.card} />
      ) : (
        <div className="knowledge-page">
          <p className="knowledge-tags">
            <Tag tone={card.standing === 'in-force' ? 'plain' : 'tech'}>
              {knowledge.standings[card.standing]}
            </Tag>
            {card.overdue && <Tag tone="tech">{knowledge.overdue}</Tag>}
            <Tag>{card.approved === null ? knowledge.notApproved : knowledge.approvedHere}</Tag>
          </p>
          <p className="knowledge-text" lang={hindi === null ? 'en' : 'hi'}>
            {hindi?.text ?? card.text}
          </p>
          <Facts card={card} />
          {card.guideline === null && (
            <Decide
              subject="card"
              id={id}
              version={version}
              canApprove={card.approved === null || card.standing === 'withdrawn'}
              canWithdraw={card.standing === 'in-force'}
              onDone={asked.retry}
            />
          )}
        </div>
      )}
      <Button variant="ghost" onPress={() => go({ view: 'knowledge', card: null })}>
        {knowledge.back}
      </Button>
    </Panel>
  );
}

function Facts({ card }: { readonly card: CardView }) {
  const { words, language } = useWords();
  const { knowledge } = words;
  const decided = (decision: CardView['approved'], text: (name: string, when: string) => string) =>
    decision !== null && <dd>{text(decision.by, whenText(language, decision.at))}</dd>;
  return (
    <dl className="knowledge-facts">
      <dt>{knowledge.sources}</dt>
      {card.sources.map(({ organisation, title, year }) => (
        <dd key={`${organisation} ${title}`} lang="en">
          {organisation}: {title} <span className="num">({year})</span>
        </dd>
      ))}
      <dt>{knowledge.reviewed}</dt>
      <dd className="num">{card.reviewed}</dd>
      <dt>{knowledge.review}</dt>
      <dd className="num">
        {card.reviewDue} {card.overdue && <b>{knowledge.overdue}</b>}
      </dd>
      <dt>{knowledge.standing}</dt>
      <dd>
        {card.guideline === null ? knowledge.program : `${knowledge.ofGuideline}: ${card.guideline.title}`}
      </dd>
      {card.approved === null && card.guideline === null && <dd>{knowledge.notApprovedNote}</dd>}
      {decided(card.approved, knowledge.approvedBy)}
      {decided(card.withdrawn, knowledge.withdrawnBy)}
      {card.withdrawn?.reason !== undefined && card.withdrawn.reason !== null && (
        <dd>{card.withdrawn.reason}</dd>
      )}
      {card.versions.length > 1 && (
        <>
          <dt>{knowledge.otherVersions}</dt>
          <dd className="knowledge-tags">
            {card.versions.map((version) => (
              <Button
                key={version}
                isDisabled={version === card.version}
                onPress={() => go({ view: 'knowledge', card: { id: card.id, version } })}
              >
                {knowledge.version(version)}
              </Button>
            ))}
          </dd>
        </>
      )}
    </dl>
  );
}
