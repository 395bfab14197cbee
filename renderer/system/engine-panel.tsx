/** Where explanations are written: what is in use now, in words, and for those who may: the choice. */
import { useState } from 'react';
import type { EngineSettingsView } from '../../app/contract/calls/engine.ts';
import type { CommandParams } from '../../app/contract/contract.ts';
import type { EngineStatus } from '../../app/contract/engine.ts';
import {
  ENGINE_ADAPTERS,
  isServerAddress,
  SERVER_PATIENCE,
  SERVER_REST,
} from '../../app/contract/engine-choice.ts';
import { engineStateText, type ScreenWords } from '../../app/language/language.ts';
import { Button, Choice, Field, Panel } from '../design/index.ts';
import { Said } from '../patients/said.tsx';
import { useCommand } from '../patients/use-command.ts';
import { ReadNotice } from '../query/read-notice.tsx';
import { useQuery } from '../query/use-query.ts';
import { openSignIn, useWard, useWords } from '../shell/index.ts';
import { useMay } from './intake-form.tsx';
import './engine.css';

const FORMATS = ['chatml', 'llama3', 'alpaca'] as const;
const LANGUAGES = ['en', 'hi', 'both'] as const;
/** Of a certificate of an authority; the contract's bound. */
const LONGEST_CERTIFICATE = 64_000;

const seconds = (milliseconds: number): number => milliseconds / 1000;

export function EnginePanel() {
  const { words, language } = useWords();
  const may = useMay('configure-engine');
  const engine = useWard((state) => state.system?.engine ?? null);
  const [changes, setChanges] = useState(0);
  const asked = useQuery('engine.settings', {}, { enabled: may === true, again: changes });
  const told = words.engine;
  return (
    <Panel title={told.title} className="engine">
      <p className="system-note">{told.lead}</p>
      <p className="engine-now" data-trouble={(engine?.chosen?.problem ?? null) !== null} aria-live="polite">
        <b>{told.now}:</b>{' '}
        {nowText(told, engine, engine === null ? '' : engineStateText(language, engine).whatToDo)}
      </p>
      {may === null && <Button onPress={() => openSignIn()}>{words.system.signInToChange}</Button>}
      {may === true &&
        (asked.value === null ? (
          <ReadNotice asked={asked} what={told.what} />
        ) : (
          <EngineForm settings={asked.value} onSaved={() => setChanges((before) => before + 1)} />
        ))}
    </Panel>
  );
}

/** A model whose bytes are not here is the server's; once the server is left alone the status names the local one. */
function nowText(told: ScreenWords['engine'], engine: EngineStatus | null, starting: string): string {
  const chosen = engine?.chosen;
  if (engine === null || chosen === undefined) return told.nowNone;
  const { model } = engine;
  const writes = model !== null && engine.state === 'ready' ? model.name : null;
  if (engine.state === 'starting' && chosen.adapter !== 'remote')
    return `${told.adapters[chosen.adapter]}. ${starting}`;
  if (chosen.adapter !== 'remote') return told.nowLocal(told.adapters[chosen.adapter], writes);
  const problem =
    Object.entries(told.problems).find(([code]) => code === chosen.problem)?.[1] ?? chosen.problem;
  const atServer = model !== null && model.sha256 === '';
  if (atServer && problem === null) return told.nowServer(model.name, model.file);
  if (atServer) return told.stumbled(problem ?? '');
  return told.resting(problem ?? told.problems.unreachable, writes, seconds(SERVER_REST.restMs));
}

interface EngineFormProps {
  readonly settings: EngineSettingsView;
  readonly onSaved: () => void;
}

function EngineForm({ settings, onSaved }: EngineFormProps) {
  const { words } = useWords();
  const told = words.engine;
  const sending = useCommand();
  const { server } = settings;
  const [adapter, setAdapter] = useState(settings.adapter);
  const [url, setUrl] = useState(server?.url ?? '');
  const [model, setModel] = useState(server?.model ?? '');
  const [promptFormat, setFormat] = useState(server?.promptFormat ?? 'chatml');
  const [languages, setLanguages] = useState<(typeof LANGUAGES)[number]>(
    server?.languages.length === 2 ? 'both' : (server?.languages[0] ?? 'en'),
  );
  const [authority, setAuthority] = useState(server?.authority ?? '');
  const [key, setKey] = useState('');
  const isAddress = isServerAddress(url.trim());
  const filled = isAddress && model.trim() !== '';

  function save(forgetKey: boolean): void {
    const given = { url: url.trim(), model: model.trim(), promptFormat };
    const keyPart = forgetKey ? { key: null } : key.trim() === '' ? {} : { key: key.trim() };
    const params: CommandParams<'engine.configure'> = {
      adapter,
      server: filled
        ? {
            ...given,
            languages: languages === 'both' ? ['en', 'hi'] : [languages],
            authority: authority.trim() === '' ? null : authority.trim(),
            ...keyPart,
          }
        : null,
    };
    sending.send('engine.configure', params, () => {
      setKey('');
      onSaved();
    });
  }

  return (
    <form
      className="engine-form"
      aria-label={told.title}
      onSubmit={(event) => {
        event.preventDefault();
        save(false);
      }}
    >
      <Choice
        label={told.adapter}
        value={adapter}
        onChange={setAdapter}
        options={ENGINE_ADAPTERS.map((value) => ({
          value,
          label: told.adapters[value],
          detail: told.adapterDetails[value],
        }))}
      />
      {adapter === 'remote' && (
        <>
          <p className="system-note">{told.leaves}</p>
          <Field
            label={told.url}
            value={url}
            onChange={setUrl}
            hint={told.urlHint}
            error={url === '' || isAddress ? null : told.urlWrong}
            maxLength={500}
          />
          <Field label={told.modelName} value={model} onChange={setModel} maxLength={200} />
          <Picked
            label={told.promptFormat}
            value={promptFormat}
            onChange={setFormat}
            options={FORMATS.map((value) => ({ value, label: told.formats[value] }))}
          />
          <Picked
            label={told.languages}
            value={languages}
            onChange={setLanguages}
            options={LANGUAGES.map((value) => ({ value, label: told.languageChoices[value] }))}
          />
          <Field
            label={told.key}
            type="password"
            value={key}
            onChange={setKey}
            hint={server?.hasKey === true ? told.keyKept : told.keyNone}
            maxLength={4_096}
          />
          <Field
            label={told.authority}
            value={authority}
            onChange={setAuthority}
            hint={told.authorityHint}
            multiline
            maxLength={LONGEST_CERTIFICATE}
          />
          <p className="system-note num">
            {told.patience(
              seconds(SERVER_PATIENCE.answerMs),
              seconds(SERVER_PATIENCE.silenceMs),
              seconds(SERVER_PATIENCE.completeMs),
            )}{' '}
            {told.breaker(SERVER_REST.failures, seconds(SERVER_REST.restMs))}
          </p>
        </>
      )}
      <div className="system-row">
        <Button
          type="submit"
          variant="primary"
          isDisabled={sending.busy || (adapter === 'remote' && !filled)}
        >
          {told.save}
        </Button>
        {adapter === 'remote' && server?.hasKey === true && (
          <Button isDisabled={sending.busy || !filled} onPress={() => save(true)}>
            {told.forgetKey}
          </Button>
        )}
      </div>
      <Said sending={sending} text={told.saved} />
    </form>
  );
}

/** A choice under its name: what is chosen says not by itself what it is a choice of. */
function Picked<T extends string>(props: {
  readonly label: string;
  readonly value: T;
  readonly options: readonly { readonly value: T; readonly label: string }[];
  readonly onChange: (value: T) => void;
}) {
  return (
    <div className="engine-picked">
      <span aria-hidden="true">{props.label}</span>
      <Choice {...props} />
    </div>
  );
}
