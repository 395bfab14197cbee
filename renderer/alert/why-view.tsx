/** Why a sentence stands there: facts, passages, the text before its hole, rules, model and seed; and once more. */
import { useState } from 'react';
import type { ExplanationView } from '../../app/contract/views.ts';
import { errorText } from '../../app/language/language.ts';
import { Button, WithSubscripts } from '../design/index.ts';
import { ReadNotice } from '../query/read-notice.tsx';
import { useQuery } from '../query/use-query.ts';
import { core, useRequireSignIn, useWords } from '../shell/index.ts';
import './why-view.css';

const HASH_SHOWN = 12;

export function WhyView({ explanation }: { readonly explanation: ExplanationView }) {
  const { words } = useWords();
  const own = words.alert.why;
  const asked = useQuery('explanation.why', { explanationId: explanation.id }, { again: explanation.status });
  const why = asked.value;
  if (why === null) return <ReadNotice asked={asked} what={words.read.explanation} />;
  return (
    <section className="why-view" aria-label={own.title}>
      <ol>
        {explanation.sentences.map((sentence, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a sentence keeps its place
          <li key={index}>
            <p>
              <WithSubscripts text={sentence.text} />
            </p>
            <p className="why-view-note">
              {why.literals[index] === null || why.literals[index] === undefined
                ? own.noHole
                : own.before(why.literals[index])}
              {' · '}
              {sentence.findings.length === 0
                ? own.passed(why.rules.length)
                : sentence.findings.map(({ rule }) => words.alert.findings[rule]).join(' ')}
            </p>
          </li>
        ))}
      </ol>
      {why.model !== null && (
        <p className="why-view-note mono">
          {words.alert.model(why.model.name, why.model.sha256.slice(0, HASH_SHOWN))}
          {why.sampling !== null && ` · ${own.seed(why.sampling.seed, why.sampling.temperature)}`}
        </p>
      )}
      {explanation.passages.length > 0 && (
        <p className="why-view-note">
          {words.alert.passages}: {explanation.passages.map(({ title }) => title).join('; ')}
        </p>
      )}
      <details>
        <summary>{own.facts}</summary>
        <pre className="mono">{JSON.stringify(why.facts, null, 1)}</pre>
      </details>
      {why.prompt !== null && (
        <details>
          <summary>{own.prompt}</summary>
          <pre className="mono">{`${why.prompt.fixed}${why.prompt.body}`}</pre>
          <p className="why-view-note mono">SHA-256 {why.prompt.sha256}</p>
        </details>
      )}
      {why.model !== null && explanation.status === 'complete' && <Replay explanation={explanation} />}
    </section>
  );
}

/** Generates again; the new words are compared and not shown. */
function Replay({ explanation }: { readonly explanation: ExplanationView }) {
  const { words, language } = useWords();
  const own = words.alert.why;
  const requireSignIn = useRequireSignIn();
  const [said, setSaid] = useState('');
  const replay = () =>
    requireSignIn(() => {
      setSaid(own.replaying);
      void core.query('explanation.replay', { explanationId: explanation.id }).then((answer) => {
        if (!answer.ok) setSaid(errorText(language, answer.error));
        else if (!answer.value.sameModel) setSaid(own.otherModel);
        else if (answer.value.different.length === 0) setSaid(own.same(answer.value.holes));
        else setSaid(own.different(answer.value.different.map((place) => place + 1).join(', ')));
      });
    });
  return (
    <p className="why-view-replay">
      <Button onPress={replay}>{own.replay}</Button> <span role="status">{said}</span>
    </p>
  );
}
