/** One training: where it is, its curve, what it costs, what it left, and what can be done about it. */
import type { ReactNode } from 'react';
import type { TrainingRunView } from '../../app/contract/calls/training.ts';
import { bytesText, durationText } from '../../app/language/duration.ts';
import { Button, Panel, Table, Tag } from '../design/index.ts';
import { Said } from '../patients/said.tsx';
import { useCommand } from '../patients/use-command.ts';
import { useWords } from '../shell/index.ts';
import { whenText } from '../system/when.ts';
import { LossCurve } from './loss-curve.tsx';
import { hoursText, moneyText } from './money.ts';

export interface RunPanelProps {
  readonly run: TrainingRunView;
  /** Something was asked for: the state is read again at once. */
  readonly onChange: () => void;
}

export function RunPanel({ run, onChange }: RunPanelProps) {
  const { words, language } = useWords();
  const when = (iso: string): string => whenText(language, iso);
  const told = words.trainer;
  const { lora, training } = run.configuration;
  const share = run.steps === null ? null : Math.round((100 * run.step) / Math.max(1, run.steps));
  return (
    <Panel
      title={told.run(when(run.madeAt))}
      note={`${run.hostName} · r ${lora.r}, alpha ${lora.alpha}, ${training.learningRate} ${training.schedule}, seed ${training.seed}`}
      actions={<Actions run={run} onChange={onChange} />}
      className="trainer-run"
    >
      <State run={run} />
      {share !== null && run.phase !== 'finished' && (
        <div className="trainer-progress">
          <b className="num">{share} %</b>
          <progress value={run.step} max={run.steps ?? 1} aria-label={told.columns.steps} />
          <span className="num">
            {run.secondsLeft === null ? '' : `${told.left} ${durationText(run.secondsLeft)}`}
          </span>
        </div>
      )}
      <LossCurve losses={run.losses} evaluations={run.evaluations} steps={run.steps} />
      <Facts run={run} />
      {run.notes.length > 0 && (
        <section aria-label={told.advice}>
          <h3>{told.advice}</h3>
          <ul className="trainer-notes">
            {run.notes.map((note) => (
              <li key={note}>{told.noteWords[note]}</li>
            ))}
          </ul>
        </section>
      )}
      <Artefacts run={run} />
    </Panel>
  );
}

function Actions({ run, onChange }: RunPanelProps) {
  const { words } = useWords();
  const told = words.trainer;
  const sending = useCommand();
  const { id, ceiling } = run;
  return (
    <>
      <Said sending={sending} text="" />
      {run.mayStop && (
        <Button isDisabled={sending.busy} onPress={() => sending.send('training.stop', { id }, onChange)}>
          {told.stop}
        </Button>
      )}
      {run.mayResume && (
        <Button
          variant="primary"
          isDisabled={sending.busy}
          onPress={() => sending.send('training.resume', { id, ceiling }, onChange)}
        >
          {told.resume}
        </Button>
      )}
      {run.artefacts.state === 'refused' && (
        <Button isDisabled={sending.busy} onPress={() => sending.send('training.fetch', { id }, onChange)}>
          {told.fetchAgain}
        </Button>
      )}
    </>
  );
}

/** What is true now, and what is only what was last known. */
function State({ run }: { readonly run: TrainingRunView }) {
  const { words, language } = useWords();
  const when = (iso: string): string => whenText(language, iso);
  const told = words.trainer;
  const { phases, phaseDetails, troubles, failures } = words.training;
  const stopping = run.stopAskedBy !== null && !run.mayResume && run.phase !== 'finished';
  return (
    <div className="trainer-state" aria-live="polite">
      <p>
        <Tag tone={run.trouble === null ? 'plain' : 'tech'}>{phases[run.phase]}</Tag>{' '}
        {stopping
          ? run.stopAskedBy === 'ceiling'
            ? told.stoppingAtCeiling
            : told.stopping(run.stopAskedBy ?? '')
          : phaseDetails[run.phase]}
      </p>
      {run.trouble !== null && (
        <p className="trainer-trouble">
          {troubles[run.trouble.code]} {run.seenAt !== null && `${told.seen}: ${when(run.seenAt)}. `}
          {told.lastKnown}
          {run.trouble.found !== '' && <code>{run.trouble.found}</code>}
        </p>
      )}
      {run.failure !== null && (
        <div className="trainer-trouble">
          <b>{failures[run.failure.code]}</b>
          {run.failure.words !== '' && <pre lang="en">{run.failure.words}</pre>}
        </div>
      )}
    </div>
  );
}

function Facts({ run }: { readonly run: TrainingRunView }) {
  const { words } = useWords();
  const told = words.trainer;
  const { cost, price, ceiling, gpu, perplexity } = run;
  const money = (amount: number): string => moneyText(amount, price.currency);
  const facts: readonly (readonly [string, ReactNode])[] = [
    [told.columns.steps, told.steps(run.step, run.steps)],
    [told.spent, told.spentText(money(cost.soFar), hoursText(cost.hours))],
    [told.atEnd, cost.forecast === null ? null : money(cost.forecast)],
    [told.ceiling, ceiling === null ? null : money(ceiling)],
    [told.perExample, run.secondsAnExample?.toFixed(2)],
    [told.rate, run.learningRate?.toExponential(1)],
    [told.device, run.device === 'processor' ? told.processor : run.device],
    [
      told.gpu,
      gpu === null
        ? null
        : told.gpuUse(
            (gpu.memoryMebibytes / 1024).toFixed(1),
            gpu.percent === null ? '—' : `${gpu.percent} %`,
          ),
    ],
    [told.checkpoint, run.savedStep === null ? null : told.stepAt(run.savedStep)],
    [told.attempts, run.attempts],
    [
      told.perplexity,
      perplexity === null
        ? null
        : `${perplexity.base?.toFixed(2) ?? '—'} → ${perplexity.adapter?.toFixed(2) ?? '—'}`,
    ],
  ];
  return (
    <>
      {cost.overCeiling === 'forecast' && <p className="trainer-trouble">{told.overForecast}</p>}
      <dl className="trainer-facts num">
        {facts
          .filter(([, value]) => value !== null && value !== undefined)
          .map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
    </>
  );
}

const HASH_SHOWN = 16;

function Artefacts({ run }: { readonly run: TrainingRunView }) {
  const { words } = useWords();
  const told = words.trainer;
  const { state, refusal, folder, files } = run.artefacts;
  if (run.phase !== 'finished') return null;
  return (
    <section className="trainer-artefacts" aria-label={told.artefacts}>
      <h3>{told.artefacts}</h3>
      <p>
        {told.artefactStates[state]}{' '}
        {refusal !== null && (
          <b>
            {words.training.refusals[refusal.code]} {refusal.file}
          </b>
        )}
      </p>
      {state === 'fetched' && (
        <>
          <Table
            caption={told.artefacts}
            columns={[
              { key: 'name', title: told.artefactColumns.name },
              { key: 'size', title: told.artefactColumns.size, align: 'end' },
              { key: 'hash', title: told.artefactColumns.hash },
            ]}
            rows={files.map(({ name, bytes, sha256 }) => ({
              key: name,
              cells: {
                name,
                size: bytesText(bytes),
                hash: (
                  <code title={sha256}>
                    {sha256.slice(0, HASH_SHOWN)}
                    {'…'}
                  </code>
                ),
              },
            }))}
          />
          <p>
            {told.artefactFolder}: <code>{folder}</code>
          </p>
        </>
      )}
    </section>
  );
}
