/** Why an alert fired: the rule text at once, then the model's sentences, each with its own mark. */
import { useState } from 'react';
import { ToggleButton } from 'react-aria-components';
import { mayDo } from '../../app/access/access.ts';
import type { AppError } from '../../app/contract/outcome.ts';
import type { AlertView, ExplanationView } from '../../app/contract/views.ts';
import { EXPLANATION_DEPTHS, type ExplanationDepth } from '../../app/explanation/explanation.ts';
import { errorText, formatTime, rulesOnlyText } from '../../app/language/language.ts';
import {
  Button,
  Panel,
  ProbabilityMeter,
  Segmented,
  SentenceRow,
  Tag,
  WithSubscripts,
} from '../design/index.ts';
import { ReadNotice } from '../query/read-notice.tsx';
import type { Asked } from '../query/use-query.ts';
import { core, explanationKey, useRequireSignIn, useWard, useWords } from '../shell/index.ts';
import { go } from '../shell/route.ts';
import { WhyView } from './why-view.tsx';
import './explanation-panel.css';

export interface ExplanationPanelProps {
  readonly alert: AlertView;
  readonly explanation: ExplanationView | null;
  /** The rule text is the same at every depth. */
  readonly ruleText: Pick<ExplanationView, 'ruleText' | 'language'> | null;
  /** How far reading it has come. */
  readonly asked: Asked<unknown>;
  readonly depth: ExplanationDepth;
  readonly onDepth: (depth: ExplanationDepth) => void;
}

export function ExplanationPanel(props: ExplanationPanelProps) {
  const { alert, explanation, ruleText, asked, depth, onDepth } = props;
  const { words, language } = useWords();
  const [showParts, setShowParts] = useState(false);
  const [showWhy, setShowWhy] = useState(false);
  const note =
    explanation === null
      ? undefined
      : `${words.alert.fired(formatTime(language, alert.firedAt, { seconds: true }))}`;
  return (
    <Panel title={words.alert.whyPanel} {...(note === undefined ? {} : { note })} className="why">
      <div className="why-rules">
        <p className="why-kind">
          <b className="why-mark">{words.alert.rules}</b>
          <span>{words.alert.rulesNote}</span>
        </p>
        {ruleText === null ? (
          <ReadNotice asked={asked} what={words.read.explanation} />
        ) : (
          <p className="why-rule-text" data-rule-text="" data-bed={alert.bed} lang={ruleText.language}>
            <WithSubscripts text={ruleText.ruleText} />
          </p>
        )}
      </div>
      <div className="why-kind why-model">
        <b className="why-mark why-mark-model">{words.alert.aiText}</b>
        <span>{words.alert.aiNote}</span>
        {explanation?.sentences.some(({ verdict }) => verdict === 'shown') === true && (
          <ToggleButton className="why-parts" isSelected={showParts} onChange={setShowParts}>
            {words.alert.showParts}
          </ToggleButton>
        )}
        <Segmented
          label={words.alert.depth}
          value={depth}
          options={EXPLANATION_DEPTHS.map((value) => ({ value, label: words.alert.depths[value] }))}
          onChange={onDepth}
        />
        <Ask alert={alert} explanation={explanation} depth={depth} />
      </div>
      {explanation === null ? (
        asked.value !== null && (
          <p className="why-note">
            {depth === 'bedside' ? words.alert.noExplanation : words.alert.depthNotAsked}
          </p>
        )
      ) : (
        <Sentences explanation={explanation} showParts={showParts} />
      )}
      {explanation !== null && explanation.sentences.length > 0 && (
        <ToggleButton className="why-parts" isSelected={showWhy} onChange={setShowWhy}>
          {words.alert.why.title}
        </ToggleButton>
      )}
      {explanation !== null && showWhy && <WhyView key={explanation.id} explanation={explanation} />}
      <Foot explanation={explanation} />
    </Panel>
  );
}

function Sentences({
  explanation,
  showParts,
}: {
  readonly explanation: ExplanationView;
  readonly showParts: boolean;
}) {
  const { words, language } = useWords();
  const { sentences, planned, status, confidence } = explanation;
  const running = status === 'queued' || status === 'writing';
  // Places of sentences that are still to come are kept, so that nothing below jumps.
  const places = running ? Math.max(planned, sentences.length) : sentences.length;
  const uncertain = confidence?.policy === 'uncertain';
  const cites = explanation.passages.map(({ id, cardId, version, title }) => ({
    id,
    title: words.knowledge.openCard(title),
    onOpen: () => go({ view: 'knowledge', card: { id: cardId, version } }),
  }));
  return (
    <>
      {explanation.reason !== null && (
        <div className="why-none" role="status">
          <b>{words.alert.rulesOnly}</b>
          <p>{rulesOnlyText(language, explanation.reason)}</p>
          <p>{words.alert.rulesOnlyNote}</p>
        </div>
      )}
      {confidence?.policy === 'withheld' && (
        <div className="why-none">
          <b>{words.alert.withheldAll}</b>
          <p>{words.alert.withheldAllNote}</p>
        </div>
      )}
      {places > 0 && (
        <ol className={`why-sentences ${uncertain ? 'why-uncertain' : ''}`} lang={explanation.language}>
          {Array.from({ length: places }, (_, index) => (
            <SentenceRow
              // biome-ignore lint/suspicious/noArrayIndexKey: a sentence keeps its place from plan to text
              key={index}
              index={index + 1}
              sentence={sentences[index] ?? null}
              showParts={showParts}
              language={language}
              cites={cites}
            />
          ))}
        </ol>
      )}
      {uncertain && <p className="why-read-against">{words.alert.uncertainNote}</p>}
      {explanation.passages.length > 0 && (
        <div className="why-library">
          <b>{words.knowledge.readingMore}</b>
          {explanation.passages.map(({ id, cardId, version, title }) => (
            <Button key={id} onPress={() => go({ view: 'knowledge', card: { id: cardId, version } })}>
              {`${id.replace(/^p/u, '')} · ${title}`}
            </Button>
          ))}
        </div>
      )}
    </>
  );
}

/** Asking for an explanation and stopping it; what stands in the way is said beside it. */
function Ask({ alert, explanation, depth }: Pick<ExplanationPanelProps, 'alert' | 'explanation' | 'depth'>) {
  const { words, language } = useWords();
  const person = useWard((state) => state.session.person);
  const requireSignIn = useRequireSignIn();
  const [error, setError] = useState<AppError | null>(null);
  const status = explanation?.status;
  const running = status === 'queued' || status === 'writing';
  const permitted = person === null || mayDo(person.role, 'ask-for-explanations');
  const refusal = permitted
    ? {}
    : { isDisabled: true, disabledReason: errorText(language, { code: 'not-permitted', parameters: {} }) };

  const send = (name: 'explanation.request' | 'explanation.stop') =>
    requireSignIn(() => {
      const again = name === 'explanation.request' && status === 'complete' ? { again: true } : {};
      void core.command(name, { alertId: alert.id, depth, ...again }).then((answer) => {
        setError(answer.ok ? null : answer.error);
        if (answer.ok) useWard.setState(withAnswer(explanationKey(alert.id, depth), answer.value));
      });
    });

  return (
    <span className="why-ask">
      {error !== null && <span role="alert">{errorText(language, error)}</span>}
      {running && <Tag>{status === 'queued' ? words.alert.queued : words.alert.writing}</Tag>}
      {running && (
        <Button {...refusal} onPress={() => send('explanation.stop')}>
          {words.alert.stop}
        </Button>
      )}
      {(status === undefined || status === 'rules-only' || status === 'stopped') && (
        <Button {...refusal} onPress={() => send('explanation.request')}>
          {words.alert.explain}
        </Button>
      )}
      {status === 'complete' && (
        <Button {...refusal} onPress={() => send('explanation.request')}>
          {words.alert.askAgain}
        </Button>
      )}
    </span>
  );
}

function withAnswer(key: string, answer: ExplanationView) {
  return (state: { readonly explanations: { readonly [id: string]: ExplanationView } }) => {
    const known = state.explanations[key];
    // The event stream may have brought sentences before the answer came.
    const fresher =
      known !== undefined && known.id === answer.id && known.sentences.length > answer.sentences.length;
    return fresher ? {} : { explanations: { ...state.explanations, [key]: answer } };
  };
}

const HASH_SHOWN = 12;

function Foot({ explanation }: { readonly explanation: ExplanationView | null }) {
  const { words, language } = useWords();
  const confidence = explanation?.confidence ?? null;
  const model = explanation?.model ?? null;
  return (
    <div className="why-foot">
      <div>
        <p className="why-clinician">{words.common.notDiagnosis}</p>
        {model !== null && (
          <p className="why-from mono">{words.alert.model(model.name, model.sha256.slice(0, HASH_SHOWN))}</p>
        )}
      </div>
      {confidence !== null && (
        <ProbabilityMeter value={confidence.value} policy={confidence.policy} language={language} />
      )}
    </div>
  );
}
