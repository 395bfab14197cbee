/** The trainer: trainings and hosts at the left, the one that is looked at, or what is being filled in, at the right. */
import { useState } from 'react';
import type { TrainingHostView, TrainingRunView } from '../../app/contract/calls/training.ts';
import { Button, Panel, Table, Tag } from '../design/index.ts';
import { ReadNotice } from '../query/read-notice.tsx';
import { useQuery } from '../query/use-query.ts';
import { openSignIn, useWords } from '../shell/index.ts';
import { useMay } from '../system/intake-form.tsx';
import { whenText } from '../system/when.ts';
import { HostForm } from './host-form.tsx';
import { HostList } from './host-list.tsx';
import { moneyText } from './money.ts';
import { NewRun } from './new-run.tsx';
import { RunPanel } from './run-panel.tsx';
import './trainer.css';

/** As often as the core itself looks at a job. */
const LOOK_EVERY_MS = 2000;

type Aside =
  | { readonly kind: 'run'; readonly id: string | null }
  | { readonly kind: 'new-run' }
  | { readonly kind: 'host'; readonly host: TrainingHostView | null };

export function TrainerView() {
  const { words } = useWords();
  const may = useMay('manage-learning');
  if (may === true) return <Trainer />;
  return (
    <div className="page">
      <Panel title={words.trainer.title}>
        <p>{may === null ? words.trainer.signIn : words.trainer.notAllowed}</p>
        {may === null && <Button onPress={() => openSignIn()}>{words.system.signInToChange}</Button>}
      </Panel>
    </div>
  );
}

function Trainer() {
  const { words } = useWords();
  const told = words.trainer;
  const [aside, setAside] = useState<Aside>({ kind: 'run', id: null });
  const [changes, setChanges] = useState(0);
  const asked = useQuery('training.state', {}, { everyMs: LOOK_EVERY_MS, again: changes });
  const changed = (): void => setChanges((before) => before + 1);
  const state = asked.value;
  if (state === null)
    return (
      <div className="page">
        <Panel title={told.title}>
          <ReadNotice asked={asked} what={told.what} />
        </Panel>
      </div>
    );
  const { runs, hosts, modelsFolder } = state;
  const shown = aside.kind !== 'run' ? null : (runs.find(({ id }) => id === aside.id) ?? runs[0] ?? null);
  const done = (): void => {
    setAside({ kind: 'run', id: null });
    changed();
  };
  return (
    <div className="page trainer">
      <div className="trainer-side">
        <Panel
          title={told.runs}
          actions={
            <Button
              variant="primary"
              isDisabled={hosts.length === 0}
              onPress={() => setAside({ kind: 'new-run' })}
            >
              {told.newRun}
            </Button>
          }
        >
          {asked.error !== null && <ReadNotice asked={asked} what={told.what} brief />}
          {runs.length === 0 ? (
            <p className="trainer-quiet">{told.none}</p>
          ) : (
            <RunTable runs={runs} onOpen={(id) => setAside({ kind: 'run', id })} />
          )}
        </Panel>
        <HostList hosts={hosts} onEdit={(host) => setAside({ kind: 'host', host })} onChange={changed} />
      </div>
      <div className="trainer-main">
        {aside.kind === 'host' && <HostForm key={aside.host?.id ?? 'new'} kept={aside.host} onDone={done} />}
        {aside.kind === 'new-run' && (
          <NewRun
            hosts={hosts}
            modelsFolder={modelsFolder}
            onCancel={done}
            onBegun={(id) => {
              setAside({ kind: 'run', id });
              changed();
            }}
          />
        )}
        {shown !== null && <RunPanel key={shown.id} run={shown} onChange={changed} />}
      </div>
    </div>
  );
}

interface RunTableProps {
  readonly runs: readonly TrainingRunView[];
  readonly onOpen: (id: string) => void;
}

function RunTable({ runs, onOpen }: RunTableProps) {
  const { words, language } = useWords();
  const told = words.trainer;
  const { columns } = told;
  return (
    <Table
      caption={told.runs}
      columns={[
        { key: 'run', title: columns.run },
        { key: 'state', title: columns.state },
        { key: 'steps', title: columns.steps, align: 'end' },
        { key: 'cost', title: columns.cost, align: 'end' },
      ]}
      rows={runs.map((run) => ({
        key: run.id,
        onPress: () => onOpen(run.id),
        cells: {
          run: whenText(language, run.madeAt),
          state: <Tag tone={run.trouble === null ? 'plain' : 'tech'}>{words.training.phases[run.phase]}</Tag>,
          steps: told.steps(run.step, run.steps),
          cost: moneyText(run.cost.soFar, run.price.currency),
        },
      }))}
    />
  );
}
