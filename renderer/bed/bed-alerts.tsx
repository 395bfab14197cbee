/** The alerts of a bed, newest first, and what can be done with the one that asks for something. */
import type { AlertView } from '../../app/contract/views.ts';
import { formatTime, ruleName } from '../../app/language/language.ts';
import { leastTotal } from '../../app/scoring/score.ts';
import { ActPanel } from '../alert/act-panel.tsx';
import { useAllAlerts } from '../alert/alert-list.tsx';
import { AlertState } from '../alert/alert-state.tsx';
import { useExplanation } from '../alert/use-explanation.ts';
import { Button, IconCheck, IconPlus, Panel, PriorityShape, WithSubscripts } from '../design/index.ts';
import { ReadNotice } from '../query/read-notice.tsx';
import { byPriority, go, isOpen, isOwned, type ShownBed, useWords } from '../shell/index.ts';

const DAY_MS = 24 * 3_600_000;

export function BedAlerts({ bed }: { readonly bed: ShownBed }) {
  const { words } = useWords();
  const { patient } = bed.view;
  const { alerts, asked } = useAllAlerts(patient.id);
  alerts.sort(
    (a, b) => Number(isOpen(b)) - Number(isOpen(a)) || Date.parse(b.firedAt) - Date.parse(a.firedAt),
  );
  const today = alerts.filter(({ firedAt }) => Date.now() - Date.parse(firedAt) < DAY_MS).length;
  const [first] = alerts.filter(isOpen).sort(byPriority);
  return (
    <div className="bed-side">
      <Panel title={words.bed.alerts} note={words.bed.alertsIn24h(today)} className="bed-alerts">
        <ReadNotice
          asked={asked}
          what={words.read.alerts}
          {...(alerts.length === 0 ? { empty: words.bed.noAlerts } : {})}
        />
        <ul>
          {alerts.map((alert) => (
            <BedAlert key={alert.id} alert={alert} told={alert.id === first?.id} />
          ))}
        </ul>
      </Panel>
      <div className="bed-actions">
        {first !== undefined && (
          <>
            <Button critical onPress={() => go({ view: 'alert', alertId: first.id })}>
              {words.bed.whyThisAlert}
            </Button>
            <ActPanel key={first.id} alert={first} />
          </>
        )}
        <Button critical shortcut="E" onPress={() => go({ view: 'entry', patientId: patient.id })}>
          <IconPlus /> {words.bed.enterObservations}
        </Button>
        <Button onPress={() => go({ view: 'handover', patientId: patient.id })}>
          {words.handover.title}
        </Button>
      </div>
    </div>
  );
}

function BedAlert({ alert, told }: { readonly alert: AlertView; readonly told: boolean }) {
  const { language } = useWords();
  const open = isOpen(alert);
  const owned = !open || isOwned(alert);
  const total = leastTotal(alert.score);
  const bound = 'complete' in alert.score && !alert.score.complete ? '≥' : '';
  return (
    <li className={`bed-alert bed-alert-${alert.priority} ${owned ? '' : 'bed-alert-open'}`}>
      <span className="bed-alert-mark">
        {owned ? <IconCheck size={18} /> : <PriorityShape priority={alert.priority} size={18} />}
      </span>
      <div>
        <button
          type="button"
          className="bed-alert-name"
          onClick={() => go({ view: 'alert', alertId: alert.id })}
        >
          <WithSubscripts text={ruleName(language, alert.rule)} />
          {total !== null && <span className="num">, {`${bound}${total}`}</span>}
        </button>
        {told && <RuleText alert={alert} />}
        <AlertState alert={alert} />
      </div>
      <span className="bed-alert-time num">{formatTime(language, alert.firedAt)}</span>
    </li>
  );
}

/** The rule text of the alert that asks for something stands at the bed too, without a tap. */
function RuleText({ alert }: { readonly alert: AlertView }) {
  const { words } = useWords();
  const { explanation, asked } = useExplanation(alert.id, 'bedside');
  if (explanation === null) return <ReadNotice asked={asked} what={words.read.explanation} brief />;
  return (
    <p className="bed-rule-text" data-rule-text="" data-bed={alert.bed} lang={explanation.language}>
      <WithSubscripts text={explanation.ruleText} />
    </p>
  );
}
