/**
 * In place of the ward where the core could not open its record: what happened and what to do. In both languages, for
 * the ward's own is in the record.
 */
import { type FormEvent, useState } from 'react';
import type { AppError } from '../../app/contract/outcome.ts';
import { errorText, screenWords } from '../../app/language/language.ts';
import { Button, Field, Panel } from '../design/index.ts';
import { core } from '../shell/index.ts';
import './cannot-start.css';

const LANGUAGES = ['en', 'hi'] as const;

export function CannotStart({ error }: { readonly error: AppError }) {
  return (
    <main className="cannot-start">
      <Panel title="MedObsMind">
        <div role="alert">
          {LANGUAGES.map((language) => (
            <p key={language} lang={language}>
              <b>{errorText(language, error)}</b>
              <small>{screenWords(language).common.assistiveOnly}</small>
            </p>
          ))}
        </div>
        {error.parameters.reason === 'key-unavailable' && <Unlock />}
      </Panel>
    </main>
  );
}

/** The printed recovery key opens the record where it lies; whoever has it needs no other right. */
function Unlock() {
  const [typed, setTyped] = useState('');
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState<readonly string[]>([]);
  const inBoth = (text: (language: (typeof LANGUAGES)[number]) => string) => LANGUAGES.map(text).join(' / ');

  async function unlock(event: FormEvent): Promise<void> {
    event.preventDefault();
    setBusy(true);
    const answer = await core.command('record.unlock', { recoveryKey: typed });
    setBusy(false);
    setSaid(
      LANGUAGES.map((language) =>
        answer.ok ? screenWords(language).storage.unlockDone : errorText(language, answer.error),
      ),
    );
  }
  return (
    <form className="cannot-start-unlock" onSubmit={(event) => void unlock(event)}>
      {LANGUAGES.map((language) => (
        <p key={language} lang={language}>
          {screenWords(language).storage.unlockLead}
        </p>
      ))}
      <Field
        label={inBoth((language) => screenWords(language).storage.recoveryTyped)}
        value={typed}
        onChange={setTyped}
        maxLength={200}
      />
      <Button type="submit" variant="primary" isDisabled={busy || typed.trim() === ''}>
        {inBoth((language) => screenWords(language).storage.unlock)}
      </Button>
      {said.map((text, index) => (
        <output key={LANGUAGES[index]} lang={LANGUAGES[index]}>
          {text}
        </output>
      ))}
    </form>
  );
}
