/** One adapter: where it stands, its gates and their report, who has signed, and the next step on its way. */
import type { ReactNode } from 'react';
import type { AdapterView } from '../../app/contract/calls/adapters.ts';
import { bytesText } from '../../app/language/duration.ts';
import type { ExposurePolicy } from '../../app/learning/adapters/life.ts';
import { Button, Panel, Tag } from '../design/index.ts';
import { Said } from '../patients/said.tsx';
import { useCommand } from '../patients/use-command.ts';
import { useQuery } from '../query/use-query.ts';
import { useWords } from '../shell/index.ts';
import { whenText } from '../system/when.ts';
import { NextStep } from './next-step.tsx';
import { Report } from './report.tsx';
import { Sign } from './sign.tsx';

export interface AdapterPanelProps {
  readonly adapter: AdapterView;
  readonly policy: ExposurePolicy;
  readonly onChange: () => void;
}

const HASH_SHOWN = 16;
/** At the bed or on its way there: its gates are not run under its feet. */
const GATES_NOT_NOW: readonly AdapterView['state'][] = [
  'shadow',
  'canary',
  'production',
  'previous',
  'withdrawn',
];

export function AdapterPanel({ adapter, policy, onChange }: AdapterPanelProps) {
  const { words, language } = useWords();
  const told = words.models;
  const { state, report, exposure, canary } = adapter;
  const facts: readonly (readonly [string, ReactNode])[] = [
    [told.facts.base, adapter.base],
    [told.facts.dataSet, adapter.dataSet],
    [told.facts.size, bytesText(adapter.bytes)],
    [told.facts.staged, `${whenText(language, adapter.stagedAt)}, ${adapter.stagedBy}`],
    [told.facts.hash, <code key="hash" title={adapter.id}>{`${adapter.id.slice(0, HASH_SHOWN)}…`}</code>],
  ];
  return (
    <Panel title={adapter.version} className="models-adapter">
      <p aria-live="polite">
        <Tag tone="plain">{told.states[state]}</Tag> {told.stateDetails[state]}
      </p>
      {adapter.refused !== null && (
        <p className="models-trouble">
          {told.cannotWrite} <code>{adapter.refused}</code>
        </p>
      )}
      {exposure !== null && (
        <p>
          {canary !== null && (
            <>
              <b>
                {canary.by === 'beds'
                  ? told.canaryOf(canary.beds.join(', '))
                  : told.canaryShare(canary.percent)}
              </b>
              {'. '}
            </>
          )}
          {state === 'shadow' && `${told.exposureShadow(exposure.explanations, policy.shadowLeast)}. `}
          {state === 'canary' &&
            `${told.exposure(exposure.explanations, policy.canaryLeast, exposure.hours.toFixed(1), policy.canaryHours)}. `}
          {told.exposureFigures(exposure.shown, exposure.holes, exposure.unsafe)}
        </p>
      )}
      <dl className="models-facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <Gates adapter={adapter} onChange={onChange} />
      {report !== null && <Report id={adapter.id} sha256={report.sha256} />}
      <Sign adapter={adapter} onChange={onChange} />
      <NextStep adapter={adapter} policy={policy} onChange={onChange} />
      <History adapter={adapter} />
    </Panel>
  );
}

function Gates({ adapter, onChange }: Omit<AdapterPanelProps, 'policy'>) {
  const { words } = useWords();
  const told = words.models;
  const sending = useCommand();
  const { id, gates, state } = adapter;
  if (GATES_NOT_NOW.includes(state)) return null;
  const isRunning = gates?.state === 'running';
  return (
    <section aria-label={told.gates} className="models-part">
      <h3>{told.gates}</h3>
      <p className="models-quiet">{told.gatesLead}</p>
      {gates !== null && (
        <div className="models-progress" aria-live="polite">
          <span>{told.gatesStates[gates.state]}</span>
          <progress value={gates.done} max={Math.max(1, gates.of)} aria-label={told.gates} />
          <span className="num">{told.gatesDone(gates.done, gates.of)}</span>
          {gates.detail !== null && <code>{gates.detail}</code>}
        </div>
      )}
      <div className="models-row">
        {isRunning ? (
          <Button
            isDisabled={sending.busy}
            onPress={() => sending.send('adapter.stop-gates', { id }, onChange)}
          >
            {told.stopGates}
          </Button>
        ) : (
          <Button
            variant={state === 'staged' ? 'primary' : 'secondary'}
            isDisabled={sending.busy}
            onPress={() => sending.send('adapter.run-gates', { id }, onChange)}
          >
            {gates === null ? told.runGates : told.goOn}
          </Button>
        )}
      </div>
      <Said sending={sending} />
    </section>
  );
}

function History({ adapter }: { readonly adapter: AdapterView }) {
  const { words, language } = useWords();
  const told = words.models;
  const asked = useQuery(
    'adapter.history',
    { id: adapter.id },
    { again: `${adapter.state} ${adapter.signatures.length}` },
  );
  const acts = asked.value?.acts ?? [];
  return (
    <section aria-label={told.history} className="models-part">
      <h3>{told.history}</h3>
      <ol className="models-history">
        {acts.map(({ at, by, act, detail }) => (
          <li key={`${at} ${act} ${detail}`}>
            <span className="num">{whenText(language, at)}</span> {textOf(told.acts, act)}
            {detail !== null && ` (${textOf(told.reasons, detail)})`}, {by === 'system' ? told.system : by}
          </li>
        ))}
      </ol>
    </section>
  );
}

function textOf(words: Readonly<Record<string, string>>, code: string): string {
  return words[code] ?? code;
}
