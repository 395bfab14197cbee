/** Explanations for other programs: whether it listens, where and how to ask, and for those who may: on, off, token. */
import { useState } from 'react';
import type { CommandParams } from '../../app/contract/contract.ts';
import type { ServingView } from '../../app/contract/serving-views.ts';
import { formatTime, type ScreenWords } from '../../app/language/language.ts';
import { Button, Choice, Field, Panel } from '../design/index.ts';
import { Said } from '../patients/said.tsx';
import { useCommand } from '../patients/use-command.ts';
import { ReadNotice } from '../query/read-notice.tsx';
import { useQuery } from '../query/use-query.ts';
import { openSignIn, useWords } from '../shell/index.ts';
import { useMay } from './intake-form.tsx';
import './engine.css';

const ASK_EVERY_MS = 5_000;
const PORT_MOST = 65_535;

export function ServingPanel() {
  const { words, language } = useWords();
  const told = words.serving;
  const may = useMay('configure-engine');
  const [changes, setChanges] = useState(0);
  const asked = useQuery('serving.state', {}, { everyMs: ASK_EVERY_MS, again: changes });
  const serving = asked.value;
  return (
    <Panel title={told.title} note={told.note} className="engine">
      <p className="system-note">{told.lead}</p>
      {serving === null ? (
        <ReadNotice asked={asked} what={told.what} />
      ) : (
        <>
          {asked.error !== null && <ReadNotice asked={asked} what={told.what} brief />}
          <p className="engine-now" data-trouble={serving.on && !serving.listening} aria-live="polite">
            <b className="num">{stateText(told, serving)}</b>
          </p>
          {serving.listening && <Addresses serving={serving} />}
          <p className="system-note num">
            {serving.tokenMadeAt === null
              ? told.noToken
              : told.tokenMade(formatTime(language, serving.tokenMadeAt))}
          </p>
          {serving.on && <Since serving={serving} />}
          {may === null && <Button onPress={() => openSignIn()}>{words.system.signInToChange}</Button>}
          {may === true && (
            <ServingForm serving={serving} onChange={() => setChanges((before) => before + 1)} />
          )}
        </>
      )}
    </Panel>
  );
}

function stateText(told: ScreenWords['serving'], { on, listening, port, problem }: ServingView): string {
  if (!on) return told.off;
  if (listening) return told.listening;
  if (problem === 'EADDRINUSE') return told.portTaken(port);
  if (problem === 'tls') return told.tlsUnusable;
  return problem === null ? told.starting : told.notListening;
}

function Addresses({ serving: { port, network, completions } }: { readonly serving: ServingView }) {
  const { words } = useWords();
  const told = words.serving;
  const base = network === null ? `http://127.0.0.1:${port}` : `https://${network.host}:${port}`;
  return (
    <dl className="engine-addresses">
      <div>
        <dt className="mono">{base}/explain</dt>
        <dd>{told.explainHow}</dd>
        <dd className="mono">{'{"vitals":{"rr":26,"spo2":92,"hr":118}}'}</dd>
      </div>
      <div>
        {completions ? (
          <>
            <dt className="mono">{base}/v1/completions</dt>
            <dd className="system-warned">{told.completionsHow}</dd>
          </>
        ) : (
          <dd>{told.completionsOff}</dd>
        )}
      </div>
      <div>
        <dd className="mono">Authorization: Bearer …</dd>
      </div>
    </dl>
  );
}

function Since({ serving: { since } }: { readonly serving: ServingView }) {
  const { words } = useWords();
  const told = words.serving;
  return (
    <dl className="facts" aria-label={told.since}>
      {(['explained', 'completed', 'refused', 'turnedAway'] as const).map((key) => (
        <div key={key}>
          <dt>{told[key]}</dt>
          <dd className="num">{since[key]}</dd>
        </div>
      ))}
    </dl>
  );
}

interface ServingFormProps {
  readonly serving: ServingView;
  readonly onChange: () => void;
}

function ServingForm({ serving, onChange }: ServingFormProps) {
  const { words } = useWords();
  const told = words.serving;
  const sending = useCommand();
  const [port, setPort] = useState(String(serving.port));
  const [where, setWhere] = useState<'loopback' | 'network'>(
    serving.network === null ? 'loopback' : 'network',
  );
  const [host, setHost] = useState(serving.network?.host ?? '');
  const [certificateFile, setCertificate] = useState(serving.network?.certificateFile ?? '');
  const [keyFile, setKeyFile] = useState(serving.network?.keyFile ?? '');
  const [completions, setCompletions] = useState<'off' | 'on'>(serving.completions ? 'on' : 'off');
  const [token, setToken] = useState<string | null>(null);
  const isPort = /^\d{1,5}$/.test(port) && Number(port) <= PORT_MOST;
  const isPlace =
    where === 'loopback' || [host, certificateFile, keyFile].every((text) => text.trim() !== '');

  const send = (asked: CommandParams<'serving.configure'>) =>
    sending.send('serving.configure', asked, (answer) => {
      if (answer.token !== null) setToken(answer.token);
      setPort(String(answer.serving.port));
      onChange();
    });
  const configure = (on: boolean, newToken: boolean) =>
    send({
      on,
      port: Number(port),
      network:
        where === 'loopback'
          ? null
          : { host: host.trim(), certificateFile: certificateFile.trim(), keyFile: keyFile.trim() },
      completions: completions === 'on',
      newToken,
    });
  /** Whatever is half typed in the form. */
  const switchOff = () => {
    const { port: at, network, completions: raw } = serving;
    send({ on: false, port: at, network, completions: raw, newToken: false });
  };
  const ready = isPort && isPlace && !sending.busy;
  return (
    <form
      className="engine-form"
      aria-label={told.title}
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) configure(true, false);
      }}
    >
      {token !== null && (
        <div className="engine-token" role="alert">
          <b>{told.tokenOnce}</b>
          <code className="mono">{token}</code>
          <p>{told.tokenNote}</p>
          <Button onPress={() => setToken(null)}>{told.hide}</Button>
        </div>
      )}
      <Choice
        label={told.where}
        value={where}
        onChange={setWhere}
        options={[
          { value: 'loopback', label: told.loopback, detail: told.loopbackDetail },
          { value: 'network', label: told.network, detail: told.networkDetail },
        ]}
      />
      {where === 'network' && (
        <>
          <Field label={told.host} value={host} onChange={setHost} maxLength={255} />
          <Field
            label={told.certificateFile}
            value={certificateFile}
            onChange={setCertificate}
            maxLength={1024}
          />
          <Field
            label={told.keyFile}
            value={keyFile}
            onChange={setKeyFile}
            error={isPlace ? null : told.networkWrong}
            maxLength={1024}
          />
        </>
      )}
      <Field
        label={told.port}
        value={port}
        onChange={setPort}
        hint={told.portHint}
        error={isPort ? null : told.portWrong}
        maxLength={5}
      />
      <Choice
        label={told.completions}
        value={completions}
        onChange={setCompletions}
        options={[
          { value: 'off', label: told.completionsNo, detail: told.completionsNoDetail },
          { value: 'on', label: told.completionsYes, detail: told.completionsYesDetail },
        ]}
      />
      <div className="system-row">
        <Button type="submit" variant="primary" isDisabled={!ready}>
          {serving.on ? told.change : told.switchOn}
        </Button>
        {serving.on && (
          <Button isDisabled={sending.busy} onPress={switchOff}>
            {told.switchOff}
          </Button>
        )}
        {serving.tokenMadeAt !== null && (
          <Button
            isDisabled={!ready}
            detail={told.newTokenDetail}
            onPress={() => configure(serving.on, true)}
          >
            {told.newToken}
          </Button>
        )}
      </div>
      <Said sending={sending} text={told.done} />
    </form>
  );
}
