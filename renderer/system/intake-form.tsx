/** Where the monitors' listener stands: an administrator's choice. */
import { useState } from 'react';
import { mayDo } from '../../app/access/access.ts';
import { errorText } from '../../app/language/language.ts';
import { Button, Field } from '../design/index.ts';
import { core, useRequireSignIn, useWard, useWords } from '../shell/index.ts';

const PORT_MOST = 65_535;

export function IntakeForm() {
  const { words, language } = useWords();
  const intake = useWard((state) => state.system?.intake ?? null);
  const requireSignIn = useRequireSignIn();
  const [host, setHost] = useState(intake?.host ?? '');
  const [port, setPort] = useState(String(intake?.port ?? ''));
  const [answerText, setAnswer] = useState<string | null>(null);
  const number = Number(port);
  const isPort = /^\d+$/.test(port) && number <= PORT_MOST;

  const save = () =>
    requireSignIn(() => {
      void core.command('intake.configure', { host, port: number }).then((answer) => {
        setAnswer(answer.ok ? words.system.saved : errorText(language, answer.error));
        if (!answer.ok) return;
        setHost(answer.value.intake.host);
        setPort(String(answer.value.intake.port));
      });
    });
  return (
    <form
      className="intake-form"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <Field label={words.system.host} value={host} onChange={setHost} hint={words.system.hostHint} />
      <Field
        label={words.system.port}
        value={port}
        onChange={setPort}
        error={isPort ? null : `0–${PORT_MOST}`}
      />
      <Button type="submit" isDisabled={!isPort || host.trim() === ''}>
        {words.system.configure}
      </Button>
      {answerText !== null && <output>{answerText}</output>}
    </form>
  );
}

/** Whether the signed-in person may do it; null where nobody is signed in. */
export function useMay(permission: Parameters<typeof mayDo>[1]): boolean | null {
  const person = useWard((state) => state.session.person);
  return person === null ? null : mayDo(person.role, permission);
}
