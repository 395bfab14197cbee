/** All alerts of the ward: what is open by priority, then what is closed. */
import type { AlertView } from '../../app/contract/views.ts';
import { formatTime, ruleName } from '../../app/language/language.ts';
import { leastTotal } from '../../app/scoring/score.ts';
import { Panel, StatusMark, Table, type TableProps, WithSubscripts } from '../design/index.ts';
import { ReadNotice } from '../query/read-notice.tsx';
import { type Asked, useQuery } from '../query/use-query.ts';
import { byPriority, go, isOpen, isOwned, useWard, useWords } from '../shell/index.ts';
import { AlertState } from './alert-state.tsx';
import { BurdenPanel } from './burden-panel.tsx';
import { TechnicalList } from './technical-list.tsx';
import './alert-list.css';

export function AlertsView() {
  const { words } = useWords();
  const { alerts, asked } = useAllAlerts(null);
  const open = alerts.filter(isOpen).sort(byPriority);
  const closed = alerts.filter((alert) => !isOpen(alert));
  closed.sort((a, b) => Date.parse(b.firedAt) - Date.parse(a.firedAt));
  return (
    <div className="alerts-view">
      <Panel title={words.alert.openAlerts} note={words.alert.listNote}>
        <ReadNotice
          asked={asked}
          what={words.read.alerts}
          {...(open.length === 0 ? { empty: words.alert.none } : {})}
        />
        {open.length > 0 && <AlertTable caption={words.alert.openAlerts} alerts={open} />}
      </Panel>
      <TechnicalList />
      {closed.length > 0 && (
        <Panel title={words.alert.closedAlerts}>
          <AlertTable caption={words.alert.closedAlerts} alerts={closed} />
        </Panel>
      )}
      <BurdenPanel />
    </div>
  );
}

function AlertTable({
  caption,
  alerts,
}: {
  readonly caption: string;
  readonly alerts: readonly AlertView[];
}) {
  const { words, language } = useWords();
  const rows: TableProps['rows'] = alerts.map((alert) => {
    const total = leastTotal(alert.score);
    const bound = 'complete' in alert.score && !alert.score.complete ? '≥' : '';
    return {
      key: alert.id,
      onPress: () => go({ view: 'alert', alertId: alert.id }),
      cells: {
        bed: (
          <span className="alerts-bed num">
            <span className="only-heard">{words.common.bed} </span>
            {alert.bed}
          </span>
        ),
        what: (
          <StatusMark
            priority={alert.priority}
            owned={isOwned(alert) || !isOpen(alert)}
            label={ruleName(language, alert.rule)}
          />
        ),
        patient: <WithSubscripts text={alert.patientName} />,
        score: <b className="num">{total === null ? '—' : `${bound}${total}`}</b>,
        fired: <span className="num">{formatTime(language, alert.firedAt)}</span>,
        state: <AlertState alert={alert} />,
      },
    };
  });
  return (
    <Table
      caption={caption}
      columns={[
        { key: 'bed', title: words.common.bed },
        { key: 'what', title: words.alert.title },
        { key: 'patient', title: words.common.patient },
        { key: 'score', title: 'NEWS2', align: 'end' },
        { key: 'fired', title: words.common.time, align: 'end' },
        { key: 'state', title: words.common.state },
      ]}
      rows={rows}
    />
  );
}

export interface KnownAlerts {
  readonly alerts: AlertView[];
  readonly asked: Asked<unknown>;
}

/** Alerts of a patient (null: of the ward), with those that are closed: the core's list under the live ones. */
export function useAllAlerts(patientId: string | null): KnownAlerts {
  const live = useWard((state) => state.alerts);
  // A closed alert may leave the live ones: the list is read again whenever one changes.
  const version = Object.values(live).reduce((sum, alert) => sum + alert.version, 0);
  const asked = useQuery('alert.list', { patientId }, { again: version });
  const known = new Map((asked.value?.alerts ?? []).map((alert) => [alert.id, alert]));
  for (const alert of Object.values(live)) {
    const older = known.get(alert.id);
    if (older === undefined || older.version <= alert.version) known.set(alert.id, alert);
  }
  const alerts = [...known.values()].filter((alert) => patientId === null || alert.patientId === patientId);
  return { alerts, asked };
}
