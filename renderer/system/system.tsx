/** What runs on this workstation: engine and model, monitors, people, sample data, protection, program. */
import type { ReactNode } from 'react';
import { engineStateText } from '../../app/language/language.ts';
import { AlarmPanel } from '../alarm/alarm-panel.tsx';
import { Button, Panel, Table, Tag } from '../design/index.ts';
import { Feeds } from '../feeds/feeds.tsx';
import { SafetyForm } from '../feeds/safety-form.tsx';
import { useWard, useWords } from '../shell/index.ts';
import { go } from '../shell/route.ts';
import { CalibrationPanel } from './calibration-panel.tsx';
import { EnginePanel } from './engine-panel.tsx';
import { IntakeForm } from './intake-form.tsx';
import { IntakeState } from './intake-line.tsx';
import { People } from './people.tsx';
import { SampleData } from './sample-data.tsx';
import { ServingPanel } from './serving-panel.tsx';
import { StoragePanels } from './storage.tsx';
import './system.css';

export function System() {
  const { words } = useWords();
  return (
    <div className="system">
      <h2 className="only-heard">{words.system.title}</h2>
      <Model />
      <EnginePanel />
      <ServingPanel />
      <CalibrationPanel />
      <DataSets />
      <Topic title={words.storage.topicWard}>
        <AlarmPanel />
        <Intake />
        <Feeds />
        <Policy />
        <SampleData />
        <People />
      </Topic>
      <Topic title={words.storage.topicRecord}>
        <StoragePanels />
        <Protection />
      </Topic>
    </div>
  );
}

/** The way to the data sets for training. */
function DataSets() {
  const { words } = useWords();
  return (
    <Panel title={words.learning.title} note={words.learning.note}>
      <Button onPress={() => go({ view: 'learning' })}>{words.learning.open}</Button>
    </Panel>
  );
}

/** What belongs together stands in one column: what is watched and by whom, and what is kept of it. */
function Topic({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className="system-topic" aria-label={title}>
      {children}
    </section>
  );
}

function Model() {
  const { words, language } = useWords();
  const engine = useWard((state) => state.system?.engine ?? null);
  if (engine === null) return null;
  const { title, whatToDo } = engineStateText(language, engine);
  const { model } = engine;
  const bad = engine.state === 'failed' || engine.state === 'refused';
  return (
    <Panel
      title={words.system.engine}
      className="system-wide"
      actions={<Tag tone={bad ? 'tech' : 'plain'}>{title}</Tag>}
    >
      <p className="system-lead">{whatToDo}</p>
      {engine.detail !== null && <p className="mono system-detail">{engine.detail}</p>}
      {model === null ? (
        <p className="system-note">{words.system.noModel}</p>
      ) : (
        <Table
          caption={words.system.model}
          columns={[
            { key: 'name', title: words.system.modelName },
            { key: 'file', title: words.system.modelFile },
            { key: 'hash', title: words.system.modelHash },
            { key: 'adapter', title: words.system.adapter },
            { key: 'languages', title: words.system.languages },
            { key: 'speed', title: words.system.speed, align: 'end' },
          ]}
          rows={[
            {
              key: model.sha256,
              cells: {
                name: <b>{model.name}</b>,
                file: <span className="mono">{model.file}</span>,
                hash: <span className="mono system-hash">{model.sha256}</span>,
                adapter: model.adapter ?? words.common.none,
                languages: model.languages.join(', '),
                speed:
                  model.tokensPerSecond === null
                    ? words.system.notMeasured
                    : words.system.tokensPerSecond(model.tokensPerSecond.toFixed(1)),
              },
            },
          ]}
        />
      )}
    </Panel>
  );
}

function Intake() {
  const { words } = useWords();
  const intake = useWard((state) => state.system?.intake ?? null);
  if (intake === null) return null;
  return (
    <Panel title={words.system.intake} note="HL7 v2, MLLP">
      <IntakeState />
      <Facts
        facts={[
          [words.system.connections, intake.connections],
          [words.system.accepted, intake.accepted],
          [words.system.held, intake.held],
          [words.system.refused, intake.refused],
        ]}
      />
      <IntakeForm />
      <SafetyForm />
    </Panel>
  );
}

function Policy() {
  const { words } = useWords();
  return (
    <Panel title={words.policy.title} note={words.policy.note}>
      <Button onPress={() => go({ view: 'policy' })}>{words.policy.open}</Button>
    </Panel>
  );
}

function Protection() {
  const { words } = useWords();
  const system = useWard((state) => state.system);
  if (system === null) return null;
  return (
    <Panel title={words.system.sealing}>
      <p className={system.sealing === 'permissions-only' ? 'system-lead system-warned' : 'system-lead'}>
        {words.system.sealingKind[system.sealing]}
      </p>
      <p className="system-note">{words.system.sealed}</p>
      <Facts
        facts={[
          [words.system.version, system.program.version],
          [words.system.runtime, system.program.runtime],
        ]}
      />
    </Panel>
  );
}

function Facts({ facts }: { readonly facts: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className="facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd className="num">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
