/** Who may speak to the monitors' listener: addresses, senders, rate and certificates. Biomedical IT's choice. */
import { useState } from 'react';
import { type ListenerSafety, TLS_PROBLEMS } from '../../app/contract/listener-safety.ts';
import type { AppError } from '../../app/contract/outcome.ts';
import { errorText, type LanguageCode, type ScreenWords } from '../../app/language/language.ts';
import { Button, Choice, Field } from '../design/index.ts';
import { ReadNotice } from '../query/read-notice.tsx';
import { useQuery } from '../query/use-query.ts';
import { core, useWard, useWords } from '../shell/index.ts';
import { useMay } from '../system/intake-form.tsx';

const FASTEST = 100_000;

export function SafetyForm() {
  const { words } = useWords();
  const may = useMay('configure-intake');
  const [saves, setSaves] = useState(0);
  const asked = useQuery('intake.safety', {}, { enabled: may === true, again: saves });
  if (may !== true) return null;
  if (asked.value === null) return <ReadNotice asked={asked} what={words.feeds.safety.what} empty="" />;
  return <Form safety={asked.value} onSaved={() => setSaves((before) => before + 1)} />;
}

interface FormProps {
  readonly safety: ListenerSafety;
  readonly onSaved: () => void;
}

function Form({ safety, onSaved }: FormProps) {
  const { words, language } = useWords();
  const told = words.feeds.safety;
  const intake = useWard((state) => state.system?.intake ?? null);
  const [allow, setAllow] = useState(safety.allow.join('\n'));
  const [senders, setSenders] = useState(safety.senders.join('\n'));
  const [perSecond, setPerSecond] = useState(safety.perSecond === null ? '' : String(safety.perSecond));
  const [connection, setConnection] = useState<'plain' | 'tls'>(safety.tls === null ? 'plain' : 'tls');
  const [certificateFile, setCertificate] = useState(safety.tls?.certificateFile ?? '');
  const [keyFile, setKey] = useState(safety.tls?.keyFile ?? '');
  const [authorityFile, setAuthority] = useState(safety.tls?.authorityFile ?? '');
  const [names, setNames] = useState(safety.tls?.names.join('\n') ?? '');
  const [said, setSaid] = useState<{ readonly text: string; readonly isWrong: boolean } | null>(null);
  const rate = Number(perSecond);
  const isRate = perSecond === '' || (/^\d+$/.test(perSecond) && rate >= 1 && rate <= FASTEST);
  const isTls = connection === 'tls';
  const hasFiles = [certificateFile, keyFile, authorityFile].every((file) => file.trim() !== '');

  const save = async (): Promise<void> => {
    if (intake === null) return;
    const answer = await core.command('intake.configure', {
      host: intake.host,
      port: intake.port,
      safety: {
        allow: linesOf(allow),
        senders: linesOf(senders),
        perSecond: perSecond === '' ? null : rate,
        tls: isTls ? { certificateFile, keyFile, authorityFile, names: linesOf(names) } : null,
      },
    });
    setSaid(
      answer.ok
        ? { text: told.saved, isWrong: false }
        : { text: problemText(words, language, answer.error), isWrong: true },
    );
    if (answer.ok) onSaved();
  };
  return (
    <form
      className="feed-form"
      aria-label={told.title}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <h3>{told.title}</h3>
      <Field label={told.allow} value={allow} onChange={setAllow} hint={told.allowHint} multiline />
      <Field label={told.senders} value={senders} onChange={setSenders} hint={told.sendersHint} multiline />
      <Field
        label={told.perSecond}
        value={perSecond}
        onChange={setPerSecond}
        hint={told.perSecondHint}
        error={isRate ? null : told.perSecondWrong}
        maxLength={6}
      />
      <Choice
        label={told.tls}
        value={connection}
        onChange={setConnection}
        options={[
          { value: 'plain', label: told.plain, detail: told.plainDetail },
          { value: 'tls', label: told.withTls, detail: told.withTlsDetail },
        ]}
      />
      {isTls && (
        <>
          <Field
            label={told.certificate}
            value={certificateFile}
            onChange={setCertificate}
            hint={told.fileHint}
            maxLength={1024}
          />
          <Field label={told.key} value={keyFile} onChange={setKey} hint={told.fileHint} maxLength={1024} />
          <Field
            label={told.authority}
            value={authorityFile}
            onChange={setAuthority}
            hint={told.fileHint}
            maxLength={1024}
          />
          <Field label={told.names} value={names} onChange={setNames} hint={told.namesHint} multiline />
        </>
      )}
      <Button type="submit" isDisabled={!isRate || (isTls && !hasFiles)}>
        {told.save}
      </Button>
      {said !== null && (said.isWrong ? <p role="alert">{said.text}</p> : <output>{said.text}</output>)}
    </form>
  );
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

function problemText(words: ScreenWords, language: LanguageCode, error: AppError): string {
  const { field, problem } = error.parameters;
  const told = words.feeds.safety;
  const known = TLS_PROBLEMS.find((one) => one === problem);
  if (field === 'tls' && known !== undefined) return told.tlsProblems[known];
  return field === 'allow' ? told.allowWrong(String(problem)) : errorText(language, error);
}
