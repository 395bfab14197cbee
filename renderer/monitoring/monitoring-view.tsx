/** The program's own figures: explanations against the guide's targets, the ward and the workstation, and Prometheus. */
import { useState } from 'react';
import { MONITORING_HOURS } from '../../app/contract/calls/monitoring.ts';
import type { QueryResult } from '../../app/contract/contract.ts';
import { formatTime } from '../../app/language/language.ts';
import {
  ACKNOWLEDGEMENT_P99_SECONDS,
  GUIDE_TARGETS,
  LOOP_DELAY_P99_SECONDS,
  MEASURES,
} from '../../app/monitoring/measures.ts';
import { Button, Panel, Segmented, Tag } from '../design/index.ts';
import { ReadNotice } from '../query/read-notice.tsx';
import { useQuery } from '../query/use-query.ts';
import { openSignIn, useNow, useWords } from '../shell/index.ts';
import { useMay } from '../system/intake-form.tsx';
import { whenText } from '../system/when.ts';
import { Lines } from './lines.tsx';
import { MeasureTable } from './measure-table.tsx';
import { PrometheusPanel } from './prometheus-panel.tsx';
import './monitoring.css';

type View = QueryResult<'monitoring.state'>;
/** Each answer reads the record anew, on a thread of its own. */
const ASK_EVERY_MS = 30_000;
/** Three answers that did not come. */
const STALE_MS = 3 * ASK_EVERY_MS + 5_000;

export function MonitoringView() {
  const { words } = useWords();
  const may = useMay('read-monitoring');
  if (may === true) return <Monitoring />;
  return (
    <div className="page">
      <Panel title={words.monitoring.title} className="monitoring-refused">
        <p>{may === null ? words.monitoring.signIn : words.monitoring.notAllowed}</p>
        {may === null && <Button onPress={() => openSignIn()}>{words.signIn.signIn}</Button>}
      </Panel>
    </div>
  );
}

function Monitoring() {
  const { words, language } = useWords();
  const told = words.monitoring;
  const [hours, setHours] = useState<(typeof MONITORING_HOURS)[number]>(24);
  const [changes, setChanges] = useState(0);
  const asked = useQuery('monitoring.state', { hours }, { everyMs: ASK_EVERY_MS, again: changes });
  const view = asked.value;
  return (
    <div className="page monitoring">
      <h2 className="only-heard">{told.title}</h2>
      {view !== null && <Stale view={view} />}
      {asked.error !== null && <ReadNotice asked={asked} what={told.what} />}
      <Panel
        title={told.guideTitle}
        note={told.guideNote}
        className="monitoring-wide"
        actions={
          view !== null && (
            <span className="num">{told.asOf(formatTime(language, view.at, { seconds: true }))}</span>
          )
        }
      >
        <Segmented
          label={told.window}
          value={String(hours)}
          options={MONITORING_HOURS.map((one) => ({ value: String(one), label: told.windows[`${one}`] }))}
          onChange={(value) => setHours(MONITORING_HOURS.find((one) => String(one) === value) ?? 24)}
        />
        {view === null ? (
          <ReadNotice asked={{ ...asked, error: null }} what={told.what} />
        ) : (
          <Guide view={view} />
        )}
      </Panel>
      {view !== null && (
        <>
          <Ward view={view} />
          <div className="monitoring-side">
            <Minutes view={view} />
            <PrometheusPanel
              exposition={view.exposition}
              onChange={() => setChanges((before) => before + 1)}
            />
          </div>
        </>
      )}
    </div>
  );
}

/** Figures that have not come anew for a while say so: they would look like now. */
function Stale({ view }: { readonly view: View }) {
  const { words, language } = useWords();
  const now = useNow();
  // The terminal's own clock: the core's time of day may be another.
  const [read, setRead] = useState({ at: view.at, ms: now });
  if (read.at !== view.at) setRead({ at: view.at, ms: now });
  if (now - read.ms < STALE_MS) return null;
  return (
    <p className="monitoring-stale" role="alert">
      {words.monitoring.stale(whenText(language, view.at))}
    </p>
  );
}

function Guide({ view }: { readonly view: View }) {
  const { words } = useWords();
  const told = words.monitoring;
  const measures = view.measures.filter(({ id }) => MEASURES[id].from === 'guide');
  const many = (...verdicts: string[]) =>
    measures.filter(({ id, verdict }) => MEASURES[id].target !== null && verdicts.includes(verdict)).length;
  const { completeP50Seconds, completeP95Seconds } = GUIDE_TARGETS;
  if (!view.recordRead) return <p className="monitoring-stale">{told.noRecord}</p>;
  return (
    <>
      <p className="monitoring-summary" role="status">
        {told.summary(many('missed'), many('met'), many('too-few', 'unknown'))}
      </p>
      <div className="monitoring-guide">
        <MeasureTable caption={told.guideTitle} measures={measures} />
        <div className="monitoring-plots">
          <Lines
            label={told.plots.explanations}
            unit="s"
            at={view.explanations.map(({ at }) => at)}
            lines={[
              { name: told.plots.half, values: view.explanations.map(({ p50 }) => p50) },
              { name: told.plots.most, values: view.explanations.map(({ p95 }) => p95) },
            ]}
            targets={[completeP50Seconds, completeP95Seconds]}
            empty={told.noExplanations}
          />
          <Lines
            label={told.plots.counts}
            unit=""
            at={view.explanations.map(({ at }) => at)}
            lines={[
              { name: told.plots.failed, values: view.explanations.map(({ failed }) => failed) },
              { name: told.plots.complete, values: view.explanations.map(({ complete }) => complete) },
            ]}
            empty={told.noExplanations}
          />
        </div>
      </div>
    </>
  );
}

function Ward({ view }: { readonly view: View }) {
  const { words, language } = useWords();
  const told = words.monitoring;
  return (
    <Panel title={told.wardTitle} note={told.wardNote(whenText(language, view.since))}>
      <MeasureTable
        caption={told.wardTitle}
        measures={view.measures.filter(({ id }) => MEASURES[id].from === 'ward')}
      />
      <h3>{told.technicalNow}</h3>
      {view.technical.length === 0 ? (
        <p className="monitoring-how">{told.technicalNone}</p>
      ) : (
        <ul className="monitoring-technical">
          {view.technical.map(({ code, count }) => (
            <li key={code}>
              <Tag tone="tech">{words.technical.code[code].title}</Tag> <b className="num">{count}</b>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

function Minutes({ view: { minutes } }: { readonly view: View }) {
  const { words } = useWords();
  const { plots } = words.monitoring;
  const at = minutes.map((minute) => minute.at);
  const milliseconds = (values: readonly (number | null)[]) =>
    values.map((value) => (value === null ? null : value * 1000));
  return (
    <Panel title={plots.title}>
      <Lines
        label={plots.readings}
        unit="/s"
        at={at}
        lines={[{ name: plots.readings, values: minutes.map(({ readings }) => readings) }]}
        empty={plots.noMinutes}
      />
      <Lines
        label={plots.acknowledgement}
        unit="ms"
        note={plots.bucketNote}
        at={at}
        lines={[
          {
            name: plots.acknowledgement,
            values: milliseconds(minutes.map(({ acknowledgementP99 }) => acknowledgementP99)),
          },
        ]}
        targets={[ACKNOWLEDGEMENT_P99_SECONDS * 1000]}
        empty={plots.noMinutes}
      />
      <Lines
        label={plots.loopDelay}
        unit="ms"
        note={plots.bucketNote}
        at={at}
        lines={[
          { name: plots.loopDelay, values: milliseconds(minutes.map(({ loopDelayP99 }) => loopDelayP99)) },
        ]}
        targets={[LOOP_DELAY_P99_SECONDS * 1000]}
        empty={plots.noMinutes}
      />
    </Panel>
  );
}
