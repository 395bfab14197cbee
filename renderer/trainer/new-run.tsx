/** A new training: the guide's values, what would go, what it would cost, and the button that sends it. */
import { useId, useState } from 'react';
import type { DataSetView } from '../../app/contract/calls/learning.ts';
import type { TrainingHostView } from '../../app/contract/calls/training.ts';
import type { QueryResult } from '../../app/contract/contract.ts';
import type { AppError } from '../../app/contract/outcome.ts';
import { bytesText, durationText } from '../../app/language/duration.ts';
import { errorText } from '../../app/language/language.ts';
import {
  TRAINING_FORMAT,
  type TrainingConfiguration,
  trainingConfigurationSchema,
} from '../../app/learning/training/configuration.ts';
import { Button, Field, Panel } from '../design/index.ts';
import { Said } from '../patients/said.tsx';
import { useCommand } from '../patients/use-command.ts';
import { ReadNotice } from '../query/read-notice.tsx';
import { useQuery } from '../query/use-query.ts';
import { core, go, useWords } from '../shell/index.ts';
import { whenText } from '../system/when.ts';
import { moneyText } from './money.ts';
import { Picked } from './picked.tsx';

const BASES = ['folder', 'hub'] as const;
/** The embedded model: what trial mode trains. */
const TRIAL_FILE = 'SmolLM2-135M-Instruct.Q4_1.gguf';
const NUMBERS = [
  'epochs',
  'batch',
  'accumulation',
  'learningRate',
  'warmUpSteps',
  'length',
  'evaluateEvery',
  'saveEvery',
  'r',
  'alpha',
  'dropout',
  'seed',
  'mostSteps',
] as const;
type NumberName = (typeof NUMBERS)[number];
/** The guide's values, as the configuration has them where nothing is said. */
const GUIDE = trainingConfigurationSchema.parse({
  format: TRAINING_FORMAT,
  base: { kind: 'folder', path: 'weights' },
});

function guideText(name: NumberName): string {
  const value =
    name === 'r' || name === 'alpha' || name === 'dropout' ? GUIDE.lora[name] : GUIDE.training[name];
  return value === null ? '' : String(value);
}

interface Typed {
  readonly base: (typeof BASES)[number];
  readonly path: string;
  readonly file: string;
  readonly revision: string;
  readonly numbers: Readonly<Record<NumberName, string>>;
}

/** Null: a value cannot be used. */
function configurationOf({ base, path, file, revision, numbers }: Typed): TrainingConfiguration | null {
  const given = (text: string): string | null => (text.trim() === '' ? null : text.trim());
  const { r, alpha, dropout, ...training } = Object.fromEntries(
    NUMBERS.map((name) => [name, given(numbers[name]) === null ? null : Number(numbers[name])]),
  );
  const parsed = trainingConfigurationSchema.safeParse({
    format: TRAINING_FORMAT,
    base:
      base === 'folder'
        ? { kind: 'folder', path: path.trim(), file: given(file) }
        : { kind: 'hub', repository: path.trim(), file: given(file), revision: given(revision) },
    lora: { r, alpha, dropout },
    training,
  });
  return parsed.data ?? null;
}

export interface NewRunProps {
  readonly hosts: readonly TrainingHostView[];
  readonly modelsFolder: string;
  readonly onBegun: (runId: string) => void;
  readonly onCancel: () => void;
}

export function NewRun(props: NewRunProps) {
  const { words } = useWords();
  const asked = useQuery('data-set.state', {});
  const told = words.trainer.newForm;
  const approved = asked.value?.dataSets.filter(
    ({ approvedAt, withdrawn }) => approvedAt !== null && withdrawn === 0,
  );
  const [dataSet] = approved ?? [];
  return (
    <Panel
      title={told.title}
      actions={<Button onPress={props.onCancel}>{words.trainer.hostForm.cancel}</Button>}
    >
      {approved === undefined || dataSet === undefined ? (
        <>
          <ReadNotice asked={asked} what={told.dataSet} empty={told.noneApproved} />
          <Button onPress={() => go({ view: 'learning' })}>{words.learning.open}</Button>
        </>
      ) : (
        <RunForm {...props} dataSets={approved} first={dataSet} />
      )}
    </Panel>
  );
}

type FormProps = NewRunProps & { readonly dataSets: readonly DataSetView[]; readonly first: DataSetView };

function RunForm({ hosts, modelsFolder, dataSets, first, onBegun }: FormProps) {
  const { words, language } = useWords();
  const told = words.trainer.newForm;
  const sending = useCommand();
  const [hostId, setHostId] = useState(hosts[0]?.id ?? '');
  const [dataSetId, setDataSetId] = useState(first.id);
  const [ceiling, setCeiling] = useState('');
  const [typed, setTyped] = useState<Typed>(() => ({
    base: 'folder',
    ...(hosts[0]?.host.reach.kind === 'here'
      ? { path: modelsFolder, file: TRIAL_FILE }
      : { path: '', file: '' }),
    revision: '',
    numbers: Object.fromEntries(NUMBERS.map((name) => [name, guideText(name)])) as Typed['numbers'],
  }));
  const host = hosts.find(({ id }) => id === hostId);
  const dataSet = dataSets.find(({ id }) => id === dataSetId) ?? first;
  const configuration = configurationOf(typed);
  const most = ceiling.trim() === '' ? null : Number(ceiling);
  const ceilingWrong = most !== null && !(most > 0);
  const set = (change: Partial<Typed>): void => setTyped((before) => ({ ...before, ...change }));
  const complete = configuration !== null && host !== undefined && !ceilingWrong;

  function begin(): void {
    if (configuration === null || host === undefined) return;
    const params = { hostId, dataSetId: dataSet.id, sha256: dataSet.sha256, configuration, ceiling: most };
    sending.send('training.begin', params, ({ id }) => onBegun(id));
  }

  return (
    <form
      className="trainer-form"
      aria-label={told.title}
      onSubmit={(event) => {
        event.preventDefault();
        begin();
      }}
    >
      <div className="trainer-fields">
        <Listed
          label={told.host}
          value={hostId}
          onChange={setHostId}
          options={hosts.map(({ id, host: { name } }) => ({ value: id, label: name }))}
        />
        <Listed
          label={told.dataSet}
          value={dataSet.id}
          onChange={setDataSetId}
          options={dataSets.map(({ id, builtAt, examples }) => ({
            value: id,
            label: told.dataSetOf(whenText(language, builtAt), examples),
          }))}
        />
        <Field
          label={`${told.ceiling}${host === undefined ? '' : ` (${host.host.price.currency})`}`}
          value={ceiling}
          onChange={setCeiling}
          hint={told.ceilingHint}
          error={ceilingWrong ? told.wrong : null}
          maxLength={9}
        />
        <Picked
          label={told.base}
          value={typed.base}
          onChange={(base) => set({ base })}
          options={BASES.map((value) => ({ value, label: told.bases[value] }))}
        />
        <Field
          label={typed.base === 'folder' ? told.path : told.repository}
          value={typed.path}
          onChange={(path) => set({ path })}
          maxLength={400}
        />
        <Field
          label={told.file}
          value={typed.file}
          onChange={(file) => set({ file })}
          hint={told.fileHint}
          maxLength={400}
        />
        {typed.base === 'hub' && (
          <Field
            label={told.revision}
            value={typed.revision}
            onChange={(revision) => set({ revision })}
            hint={told.revisionHint}
            maxLength={63}
          />
        )}
      </div>
      <h3>{told.values}</h3>
      <div className="trainer-numbers">
        {NUMBERS.map((name) => (
          <Field
            key={name}
            label={told[name]}
            value={typed.numbers[name]}
            onChange={(value) => set({ numbers: { ...typed.numbers, [name]: value } })}
            maxLength={12}
          />
        ))}
      </div>
      {configuration !== null && host !== undefined && (
        <Preview
          key={JSON.stringify([hostId, dataSet.id, configuration])}
          host={host}
          dataSetId={dataSet.id}
          configuration={configuration}
        />
      )}
      <div className="system-row">
        <Button
          type="submit"
          variant="primary"
          isDisabled={!complete || sending.busy}
          disabledReason={complete ? undefined : told.wrong}
        >
          {told.begin}
        </Button>
        <Said sending={sending} text="" />
      </div>
    </form>
  );
}

interface PreviewProps {
  readonly host: TrainingHostView;
  readonly dataSetId: string;
  readonly configuration: TrainingConfiguration;
}

/** What would go, file by file, before anything does. */
function Preview({ host, dataSetId, configuration }: PreviewProps) {
  const { words, language } = useWords();
  const told = words.trainer.newForm;
  const [busy, setBusy] = useState(false);
  const [found, setFound] = useState<QueryResult<'training.preview'> | null>(null);
  const [error, setError] = useState<AppError | null>(null);
  const look = (): void => {
    setBusy(true);
    void core.query('training.preview', { hostId: host.id, dataSetId, configuration }).then((answer) => {
      setBusy(false);
      setFound(answer.ok ? answer.value : null);
      setError(answer.ok ? null : answer.error);
    });
  };
  return (
    <div className="trainer-preview">
      <Button isDisabled={busy} onPress={look}>
        {told.preview}
      </Button>
      {busy && <p role="status">{words.common.loading}</p>}
      {error !== null && <p role="alert">{errorText(language, error)}</p>}
      {found !== null && (
        <div role="status">
          <p>
            <b>{told.goes(found.files.length, bytesText(found.bytes))}</b>{' '}
            {found.forecast === null
              ? told.noForecast
              : told.forecast(
                  durationText(found.forecast.seconds),
                  moneyText(found.forecast.cost, host.host.price.currency),
                )}
          </p>
          <ul className="trainer-files num">
            {found.files.map(({ name, bytes }) => (
              <li key={name}>
                <code>{name}</code> <span>{bytes.toLocaleString('en-IN')} B</span>
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}

/** One of a list that may be long. */
function Listed(props: {
  readonly label: string;
  readonly value: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly onChange: (value: string) => void;
}) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{props.label}</label>
      <select
        id={id}
        className="field-input"
        value={props.value}
        onChange={({ currentTarget }) => props.onChange(currentTarget.value)}
      >
        {props.options.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
    </div>
  );
}
