/** One alert with its score, its explanation, what can be done and how the explanation is rated. */
import { useState } from 'react';
import type { AlertView as Alert } from '../../app/contract/views.ts';
import type { ExplanationDepth } from '../../app/explanation/explanation.ts';
import { ruleName } from '../../app/language/language.ts';
import { Button, IconBack, News2Block, Panel, StatusMark, Tag } from '../design/index.ts';
import { ReadNotice } from '../query/read-notice.tsx';
import { go, isOwned, useWard, useWords } from '../shell/index.ts';
import { ActPanel } from './act-panel.tsx';
import { AlertState } from './alert-state.tsx';
import { ExplanationPanel } from './explanation-panel.tsx';
import { RatePanel } from './rate-panel.tsx';
import { ScorePanel } from './score-panel.tsx';
import { useAlert } from './use-alert.ts';
import { useExplanation } from './use-explanation.ts';
import './alert-view.css';

export function AlertView({ alertId }: { readonly alertId: string }) {
  const { words } = useWords();
  const { alert, asked } = useAlert(alertId);
  if (alert !== null) return <KnownAlert key={alert.id} alert={alert} />;
  return (
    <div className="alert-gone">
      <ReadNotice asked={asked} what={words.read.alert} empty={words.alert.gone} />
      <Button onPress={() => go({ view: 'alerts' })}>{words.frame.allAlerts}</Button>
    </div>
  );
}

function KnownAlert({ alert }: { readonly alert: Alert }) {
  const { words } = useWords();
  const person = useWard((state) => state.session.person);
  const [depth, setDepth] = useState<ExplanationDepth>('bedside');
  // The alert's own explanation holds what it fired on, whichever depth is read.
  const { explanation: own, firedOn, asked } = useExplanation(alert.id, 'bedside');
  const { explanation, rating, setRating, asked: askedOfDepth } = useExplanation(alert.id, depth);
  return (
    <div className="alert-room">
      <div className="alert-view">
        <div className="alert-left">
          <AlertHead alert={alert} />
          <ScorePanel alert={alert} firedOn={firedOn} asked={asked} />
        </div>
        <ExplanationPanel
          alert={alert}
          explanation={explanation}
          ruleText={explanation ?? own}
          asked={askedOfDepth}
          depth={depth}
          onDepth={setDepth}
        />
        <div className="alert-right">
          <Panel
            title={words.alert.actPanel}
            {...(person === null ? {} : { note: words.alert.actAs(person.name) })}
          >
            <ActPanel alert={alert} />
          </Panel>
          {explanation !== null && (
            <RatePanel key={explanation.id} explanation={explanation} saved={rating} onSaved={setRating} />
          )}
        </div>
      </div>
    </div>
  );
}

function AlertHead({ alert }: { readonly alert: Alert }) {
  const { words, language } = useWords();
  const bed = useWard((state) => state.beds[alert.patientId]);
  const patient = bed?.view.patient;
  return (
    <section
      className={`alert-head alert-head-${alert.priority}`}
      aria-label={words.common.bedNumber(alert.bed)}
    >
      <News2Block score={alert.score} size="large" language={language} />
      <div className="alert-who">
        <p className="alert-name">
          <b className="alert-bed num">{alert.bed}</b>
          <span>
            <b>{alert.patientName}</b>
            {patient !== undefined && (
              <small className="num">
                {[patient.ageYears ?? '', words.common.sex[patient.sex]].join(' ')} · {patient.identifier}
              </small>
            )}
          </span>
        </p>
        <p className="alert-marks">
          <StatusMark
            priority={alert.priority}
            label={ruleName(language, alert.rule)}
            owned={isOwned(alert)}
          />
          {alert.demonstration && <Tag tone="demo">{words.demo.mark}</Tag>}
        </p>
        <AlertState alert={alert} />
        <p>
          <Button onPress={() => go({ view: 'bed', patientId: alert.patientId })}>
            <IconBack size={16} /> {words.common.bedNumber(alert.bed)}
          </Button>
        </p>
      </div>
    </section>
  );
}
