/** Where Prometheus reads the figures: whether it listens, and for those who may: on, off, port. */
import { useState } from 'react';
import type { QueryResult } from '../../app/contract/contract.ts';
import { Button, Field, Panel } from '../design/index.ts';
import { Said } from '../patients/said.tsx';
import { useCommand } from '../patients/use-command.ts';
import { useWords } from '../shell/index.ts';
import { useMay } from '../system/intake-form.tsx';

const PORT_MOST = 65_535;

export interface PrometheusPanelProps {
  readonly exposition: QueryResult<'monitoring.state'>['exposition'];
  readonly onChange: () => void;
}

export function PrometheusPanel({ exposition, onChange }: PrometheusPanelProps) {
  const { words } = useWords();
  const told = words.monitoring;
  const may = useMay('configure-monitoring');
  const { on, port, wanted } = exposition;
  return (
    <Panel title={told.prometheus} note={told.prometheusNote}>
      <p className="monitoring-lead">{told.prometheusLead}</p>
      <p className="monitoring-now" data-trouble={on && port === null} aria-live="polite">
        <b className="num">
          {!on
            ? told.off
            : port === null
              ? told.notListening
              : told.listening(`http://127.0.0.1:${port}/metrics`)}
        </b>
        {on && port !== null && wanted !== 0 && port !== wanted && <span>{told.otherPort(wanted)}</span>}
      </p>
      {may === true ? (
        <PrometheusForm exposition={exposition} onChange={onChange} />
      ) : (
        <p className="monitoring-how">{told.configureRole}</p>
      )}
    </Panel>
  );
}

function PrometheusForm({ exposition: { on, wanted }, onChange }: PrometheusPanelProps) {
  const { words } = useWords();
  const told = words.monitoring;
  const sending = useCommand();
  const [port, setPort] = useState(String(wanted));
  const isPort = /^\d{1,5}$/.test(port) && Number(port) <= PORT_MOST;
  const ready = isPort && !sending.busy;
  const configure = (next: boolean, at: number) =>
    sending.send('monitoring.configure', { on: next, port: at }, onChange);
  return (
    <form
      className="monitoring-form"
      aria-label={told.prometheus}
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) configure(true, Number(port));
      }}
    >
      <Field
        label={told.port}
        value={port}
        onChange={setPort}
        hint={told.portHint}
        error={isPort ? null : told.portWrong}
        maxLength={5}
      />
      <div className="monitoring-row">
        <Button type="submit" variant="primary" isDisabled={!ready}>
          {on ? told.change : told.switchOn}
        </Button>
        {on && (
          <Button isDisabled={sending.busy} onPress={() => configure(false, wanted)}>
            {told.switchOff}
          </Button>
        )}
      </div>
      <Said sending={sending} text={told.done} />
    </form>
  );
}
