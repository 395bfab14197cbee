/** What the draft would have asked of the ward in the last days, beside what the policy in force asks. */
import { errorText } from '../../app/language/language.ts';
import type { Simulated, SimulationState } from '../../app/policy/simulation.ts';
import { Button, Panel, Table } from '../design/index.ts';
import { useCommand } from '../patients/use-command.ts';
import { ReadNotice } from '../query/read-notice.tsx';
import { useQuery } from '../query/use-query.ts';
import { useWords } from '../shell/index.ts';

const ASK_EVERY_MS = 1_000;

export interface SimulationPanelProps {
  /** Why there is nothing to simulate now. */
  readonly missing: string | undefined;
  readonly may: boolean;
}

export function SimulationPanel({ missing, may }: SimulationPanelProps) {
  const { words, language } = useWords();
  const own = words.policy;
  const asked = useQuery('policy.simulation', {}, { everyMs: ASK_EVERY_MS });
  const command = useCommand();
  const state = asked.value;
  const isRunning = state?.state === 'running';
  return (
    <Panel
      title={own.simulation}
      note={own.simulationNote}
      className="policy-wide"
      actions={
        isRunning ? (
          <Button isDisabled={!may} onPress={() => command.send('policy.stop-simulation', {})}>
            {own.stop}
          </Button>
        ) : (
          <Button
            isDisabled={!may || missing !== undefined}
            disabledReason={missing}
            onPress={() => command.send('policy.simulate', {})}
          >
            {own.simulate}
          </Button>
        )
      }
    >
      {state === null ? <ReadNotice asked={asked} what={own.what} /> : <Said state={state} />}
      {command.error !== null && <p role="alert">{errorText(language, command.error)}</p>}
    </Panel>
  );
}

function Said({ state }: { readonly state: SimulationState }) {
  const own = useWords().words.policy;
  switch (state.state) {
    case 'none':
      return <p>{own.none}</p>;
    case 'running':
      return (
        <p role="status">
          <progress max={1} value={state.done} /> {own.running(Math.round(state.done * 100))}
        </p>
      );
    case 'failed':
      return <p role="alert">{own.failed}</p>;
    case 'not-enough-data':
      return <p>{own.notEnough(state.bedDays.toFixed(1), String(state.leastBedDays))}</p>;
    case 'done': {
      const { before, after, bedDays, patients, escalations } = state.simulation;
      const rows = [
        { key: own.fired, of: (one: Simulated) => String(one.fired) },
        { key: own.perBedDay, of: (one: Simulated) => figure(own, one.perBedDay, 1) },
        { key: own.actedOn, of: (one: Simulated) => figure(own, asPercent(one.shareActedOn), 0) },
        { key: own.foreseen, of: (one: Simulated) => `${one.foreseen} / ${escalations}` },
        { key: own.lead, of: (one: Simulated) => figure(own, one.leadMinutes, 0) },
      ];
      return (
        <>
          <p>{own.basis(bedDays.toFixed(1), patients)}</p>
          <Table
            caption={own.simulation}
            columns={[
              { key: 'what', title: own.field },
              { key: 'before', title: own.before, align: 'end' },
              { key: 'after', title: own.after2, align: 'end' },
            ]}
            rows={rows.map(({ key, of }) => ({
              key,
              cells: { what: key, before: of(before), after: of(after) },
            }))}
          />
          <p className="system-note">{own.assumed}</p>
        </>
      );
    }
  }
}

type Figure = Simulated['perBedDay'];

function asPercent(figure: Figure): Figure {
  return figure === null
    ? null
    : { value: figure.value * 100, low: figure.low * 100, high: figure.high * 100 };
}

function figure(
  own: { readonly interval: (value: string, low: string, high: string) => string; readonly noFigure: string },
  given: Figure,
  decimals: number,
): string {
  if (given === null) return own.noFigure;
  const [value, low, high] = [given.value, given.low, given.high].map((one) => one.toFixed(decimals));
  return own.interval(value ?? '', low ?? '', high ?? '');
}
