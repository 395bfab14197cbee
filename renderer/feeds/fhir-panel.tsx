/** The FHIR server: whether it listens, what came, and for those who may: on, off, port and token. */
import { useState } from 'react';
import type { FhirView } from '../../app/contract/feed-views.ts';
import { errorText, formatTime, type ScreenWords } from '../../app/language/language.ts';
import { Button, Field, Tag } from '../design/index.ts';
import { ReadNotice } from '../query/read-notice.tsx';
import { useQuery } from '../query/use-query.ts';
import { core, useRequireSignIn, useWords } from '../shell/index.ts';
import { useMay } from '../system/intake-form.tsx';

const ASK_EVERY_MS = 5_000;
const PORT_MOST = 65_535;

export function FhirPanel() {
  const { words, language } = useWords();
  const may = useMay('configure-intake');
  const [changes, setChanges] = useState(0);
  const asked = useQuery('fhir.state', {}, { everyMs: ASK_EVERY_MS, again: changes });
  const fhir = asked.value;
  return (
    <section className="feed-fhir" aria-label={words.feeds.fhir.title}>
      <h3>
        {words.feeds.fhir.title} <Tag>{words.feeds.fhir.note}</Tag>
      </h3>
      <p className="system-note">{words.feeds.fhir.lead}</p>
      {fhir === null ? (
        <ReadNotice asked={asked} what={words.feeds.fhir.what} empty="" />
      ) : (
        <>
          {asked.error !== null && <ReadNotice asked={asked} what={words.feeds.fhir.what} brief />}
          <p className="feed-fhir-state" data-listening={fhir.listening} aria-live="polite">
            <b className="num">{stateText(words, fhir)}</b>
          </p>
          <p className="system-note num">
            {fhir.tokenMadeAt === null
              ? words.feeds.fhir.noToken
              : words.feeds.fhir.tokenMade(formatTime(language, fhir.tokenMadeAt))}
          </p>
          {fhir.on && <Since fhir={fhir} />}
          {may !== false && <FhirForm fhir={fhir} onChange={() => setChanges((before) => before + 1)} />}
        </>
      )}
    </section>
  );
}

function stateText(
  { feeds: { fhir: words } }: ScreenWords,
  { on, listening, port, problem }: FhirView,
): string {
  if (!on) return words.off;
  if (listening) return words.listening(port);
  if (problem === 'EADDRINUSE') return words.portTaken(port);
  return problem === null ? words.starting : words.notListening;
}

function Since({ fhir: { since } }: { readonly fhir: FhirView }) {
  const { words, language } = useWords();
  const told = words.feeds.fhir;
  return (
    <dl className="facts" aria-label={told.since}>
      {(['taken', 'known', 'held', 'refused', 'turnedAway'] as const).map((key) => (
        <div key={key}>
          <dt>{told[key]}</dt>
          <dd className="num">{since[key]}</dd>
        </div>
      ))}
      <div>
        <dt>{told.last}</dt>
        <dd className="num">
          {since.lastAt === null ? told.none : formatTime(language, since.lastAt, { seconds: true })}
        </dd>
      </div>
    </dl>
  );
}

interface FhirFormProps {
  readonly fhir: FhirView;
  readonly onChange: () => void;
}

function FhirForm({ fhir, onChange }: FhirFormProps) {
  const { words, language } = useWords();
  const told = words.feeds.fhir;
  const requireSignIn = useRequireSignIn();
  const [port, setPort] = useState(String(fhir.port));
  const [token, setToken] = useState<string | null>(null);
  const [said, setSaid] = useState<string | null>(null);
  const isPort = /^\d{1,5}$/.test(port) && Number(port) <= PORT_MOST;

  const configure = (on: boolean, newToken: boolean) =>
    requireSignIn(() => {
      void core.command('fhir.configure', { on, port: Number(port), newToken }).then((answer) => {
        setSaid(answer.ok ? told.saved : errorText(language, answer.error));
        if (!answer.ok) return;
        setToken(answer.value.token);
        setPort(String(answer.value.fhir.port));
        onChange();
      });
    });
  const isMoved = fhir.on && Number(port) !== fhir.port;
  return (
    <form
      className="feed-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (isPort) configure(true, false);
      }}
    >
      {token !== null && (
        <div className="feed-token" role="alert">
          <b>{told.tokenOnce}</b>
          <code className="mono">{token}</code>
          <p>{told.tokenNote}</p>
          <Button onPress={() => setToken(null)}>{told.hide}</Button>
        </div>
      )}
      <Field
        label={told.port}
        value={port}
        onChange={setPort}
        hint={told.portHint}
        error={isPort ? null : told.portWrong}
        maxLength={5}
      />
      <div className="system-row">
        {(!fhir.on || isMoved) && (
          <Button type="submit" isDisabled={!isPort}>
            {fhir.on ? told.change : told.switchOn}
          </Button>
        )}
        {fhir.on && <Button onPress={() => configure(false, false)}>{told.switchOff}</Button>}
        {fhir.tokenMadeAt !== null && (
          <Button detail={told.newTokenDetail} onPress={() => configure(fhir.on, true)}>
            {told.newToken}
          </Button>
        )}
      </div>
      {said !== null && <output>{said}</output>}
    </form>
  );
}
