/** Setting the ward up, once: its name, its language and its first administrator. */
import { type FormEvent, useState } from 'react';
import { PIN_PATTERN } from '../../app/access/access.ts';
import type { LanguageCode } from '../../app/contract/views.ts';
import { errorText, screenWords } from '../../app/language/language.ts';
import { Button, Choice, Field, Panel } from '../design/index.ts';
import { core, useWords } from '../shell/index.ts';
import './system.css';

const NAME_MOST = 256;
const PIN_MOST = 12;

export function SetUp() {
  const { language: terminal } = useWords();
  const [language, setLanguage] = useState<LanguageCode>(terminal);
  // The form is read in the language that is being chosen, not in the one before.
  const words = screenWords(language);
  const [wardName, setWardName] = useState('');
  const [name, setName] = useState('');
  const [pin, setPin] = useState('');
  const [pinRepeat, setPinRepeat] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [tried, setTried] = useState(false);

  const pinError = tried && !PIN_PATTERN.test(pin) ? words.system.pinForm : null;
  const repeatError = tried && pin !== pinRepeat ? words.system.pinsDiffer : null;
  const complete = wardName.trim() !== '' && name.trim() !== '' && PIN_PATTERN.test(pin) && pin === pinRepeat;

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    setTried(true);
    if (!complete) return;
    const answer = await core.command('ward.set-up', { wardName, language, administrator: { name, pin } });
    setProblem(answer.ok ? null : errorText(language, answer.error));
  }

  const needed = (value: string, field: string) =>
    tried && value.trim() === ''
      ? errorText(language, { code: 'invalid-request', parameters: { field } })
      : null;
  return (
    <div className="first-run" lang={language}>
      <Panel title={words.firstRun.setUpTitle} note={words.firstRun.setUpNote} className="set-up">
        <form className="set-up-form" onSubmit={(event) => void submit(event)} noValidate>
          <Choice
            label={words.firstRun.language}
            value={language}
            onChange={setLanguage}
            options={[
              { value: 'en', label: words.frame.languageNames.en },
              { value: 'hi', label: words.frame.languageNames.hi },
            ]}
          />
          <Field
            label={words.firstRun.wardName}
            value={wardName}
            onChange={setWardName}
            maxLength={NAME_MOST}
            error={needed(wardName, 'wardName')}
            autoFocus
          />
          <Field
            label={words.firstRun.administrator}
            value={name}
            onChange={setName}
            maxLength={NAME_MOST}
            error={needed(name, 'administrator.name')}
          />
          <Field
            label={words.firstRun.pin}
            type="password"
            value={pin}
            onChange={setPin}
            maxLength={PIN_MOST}
            error={pinError}
            hint={words.signIn.pinHint}
          />
          <Field
            label={words.firstRun.pinRepeat}
            type="password"
            value={pinRepeat}
            onChange={setPinRepeat}
            maxLength={PIN_MOST}
            error={repeatError}
          />
          {problem !== null && <p role="alert">{problem}</p>}
          <Button variant="primary" critical type="submit">
            {words.firstRun.setUp}
          </Button>
        </form>
      </Panel>
    </div>
  );
}
