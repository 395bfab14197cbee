/** Trained adapters: what writes at the bed, what there is; at the right the one that is looked at, and the ward's rules. */
import { useState } from 'react';
import type { QueryResult } from '../../app/contract/contract.ts';
import { errorText } from '../../app/language/language.ts';
import { Button, Field, Panel, Table, Tag } from '../design/index.ts';
import { Said } from '../patients/said.tsx';
import { useCommand } from '../patients/use-command.ts';
import { ReadNotice } from '../query/read-notice.tsx';
import { useQuery } from '../query/use-query.ts';
import { openSignIn, useWords } from '../shell/index.ts';
import { useMay } from '../system/intake-form.tsx';
import { AdapterPanel } from './adapter-panel.tsx';
import { ExchangePanel } from './exchange.tsx';
import { ExposureForm } from './exposure.tsx';
import { Keys } from './keys.tsx';
import './models.css';

const LOOK_EVERY_MS = 2000;
type AdapterState = QueryResult<'adapter.state'>;

export function ModelsView() {
  const { words } = useWords();
  const may = useMay('manage-adapters');
  if (may === true) return <Models />;
  return (
    <div className="page">
      <Panel title={words.models.title}>
        <p>{may === null ? words.models.signIn : words.models.notAllowed}</p>
        {may === null && <Button onPress={() => openSignIn()}>{words.system.signInToChange}</Button>}
      </Panel>
    </div>
  );
}

function Models() {
  const { words } = useWords();
  const told = words.models;
  const [chosen, setChosen] = useState<string | null>(null);
  const [changes, setChanges] = useState(0);
  const asked = useQuery('adapter.state', {}, { everyMs: LOOK_EVERY_MS, again: changes });
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
  const { adapters } = state;
  const shown = adapters.find(({ id }) => id === chosen) ?? adapters[0] ?? null;
  return (
    <div className="page models">
      <div className="models-side">
        <InUse state={state} onChange={changed} />
        <Panel title={told.list}>
          {asked.error !== null && <ReadNotice asked={asked} what={told.what} brief />}
          {adapters.length === 0 ? (
            <p className="models-quiet">{told.none}</p>
          ) : (
            <Table
              caption={told.list}
              columns={[
                { key: 'version', title: told.columns.version },
                { key: 'state', title: told.columns.state },
              ]}
              rows={adapters.map(({ id, version, state: at }) => ({
                key: id,
                onPress: () => setChosen(id),
                cells: { version, state: <Tag tone="plain">{told.states[at]}</Tag> },
              }))}
            />
          )}
        </Panel>
        <TakeIn
          refused={state.refused}
          onTaken={(id) => {
            setChosen(id);
            changed();
          }}
        />
      </div>
      <div className="models-main">
        {shown !== null && (
          <AdapterPanel key={shown.id} adapter={shown} policy={state.policy} onChange={changed} />
        )}
        <div className="models-settings">
          <Keys keys={state.keys} onChange={changed} />
          <div className="models-column">
            <ExchangePanel onChange={changed} />
            <ExposureForm policy={state.policy} onChange={changed} />
          </div>
        </div>
      </div>
    </div>
  );
}

function InUse({ state, onChange }: { readonly state: AdapterState; readonly onChange: () => void }) {
  const { words } = useWords();
  const told = words.models;
  const sending = useCommand();
  const { adapters, production, previous, canStepBack } = state;
  const versionOf = (id: string | null): string | null =>
    adapters.find((adapter) => adapter.id === id)?.version ?? null;
  const trial = adapters.find(({ state: at }) => at === 'shadow' || at === 'canary') ?? null;
  const back = versionOf(trial === null ? previous : production);
  return (
    <Panel title={told.inUse}>
      <p className="models-lead">{told.lead}</p>
      <p className="models-now">{versionOf(production) ?? told.shipped}</p>
      <p>
        {trial === null ? told.noTrial : `${told.onTrial}: ${trial.version} (${told.states[trial.state]})`}
      </p>
      {canStepBack && (
        <>
          <Button
            variant="primary"
            isDisabled={sending.busy}
            onPress={() => sending.send('adapter.step-back', {}, onChange)}
          >
            {trial === null ? told.stepBack : told.stepBackTrial}
          </Button>
          <p className="models-quiet">{back === null ? told.stepBackShipped : told.stepBackDetail(back)}</p>
        </>
      )}
      <Said sending={sending} />
    </Panel>
  );
}

interface TakeInProps {
  readonly refused: AdapterState['refused'];
  readonly onTaken: (id: string) => void;
}

function TakeIn({ refused, onTaken }: TakeInProps) {
  const { words, language } = useWords();
  const told = words.models;
  const sending = useCommand();
  const [folder, setFolder] = useState('');
  return (
    <Panel title={told.takeIn}>
      <form
        className="models-form"
        aria-label={told.takeIn}
        onSubmit={(event) => {
          event.preventDefault();
          sending.send('adapter.import', { folder: folder.trim() }, ({ id }) => {
            setFolder('');
            onTaken(id);
          });
        }}
      >
        <Field
          label={told.folder}
          hint={told.folderHint}
          value={folder}
          maxLength={4096}
          onChange={setFolder}
        />
        <Button type="submit" isDisabled={folder.trim() === '' || sending.busy}>
          {told.takeInNow}
        </Button>
        <Said sending={sending} text={told.taken} />
      </form>
      {refused.length > 0 && (
        <section aria-label={told.refusedTitle} className="models-trouble">
          <b>{told.refusedTitle}</b>
          <ul>
            {refused.map(({ folder: name, reason, file }) => (
              <li key={name}>
                <code>{name}</code>{' '}
                {errorText(language, { code: 'adapter-refused', parameters: { reason, file } })}
              </li>
            ))}
          </ul>
        </section>
      )}
    </Panel>
  );
}
