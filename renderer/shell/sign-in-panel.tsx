/** Signing in, docked at the side: vitals and alarms go on beside it. */
import { type FormEvent, useEffect, useRef, useState } from 'react';
import type { AppError } from '../../app/contract/outcome.ts';
import type { PersonView } from '../../app/contract/views.ts';
import { errorText, roleName } from '../../app/language/language.ts';
import { Button, Choice, Field, IconLock, Keypad } from '../design/index.ts';
import { core } from './core.ts';
import { closeSignIn, signedIn, useSignInState } from './sign-in-state.ts';
import { useWard } from './ward-store.ts';
import { useWords } from './words.ts';

const PIN_MOST = 12;
/** With more people than this the list gets a field that narrows it. */
const SEARCHED_FROM = 8;

export function SignInPanel() {
  const { words, language } = useWords();
  const people = useWard((state) => state.people);
  const goesOn = useSignInState((state) => state.goOn !== null);
  const [personId, choose] = useState<string | null>(() =>
    people.length === 1 ? (people[0]?.id ?? null) : null,
  );
  const [pin, setPin] = useState('');
  const [error, setError] = useState<AppError | 'incomplete' | null>(null);
  const [busy, setBusy] = useState(false);
  const panel = useRef<HTMLElement>(null);

  useEffect(() => {
    if (personId !== null) panel.current?.querySelector<HTMLInputElement>('input[type="password"]')?.focus();
  }, [personId]);

  async function submit(event?: FormEvent): Promise<void> {
    event?.preventDefault();
    if (busy) return;
    if (personId === null || pin === '') {
      setError('incomplete');
      return;
    }
    setBusy(true);
    const answer = await core.command('session.sign-in', { personId, pin });
    setBusy(false);
    setPin('');
    if (answer.ok) {
      // The session event may come after the answer; what goes on now must find the person signed in.
      useWard.setState({ session: answer.value });
      signedIn();
    } else setError(answer.error);
  }

  const message =
    error === null ? null : error === 'incomplete' ? words.signIn.pinHint : errorText(language, error);
  return (
    <aside className="side-panel" aria-label={words.signIn.title} ref={panel}>
      <header className="side-head">
        <IconLock size={24} />
        <div>
          <h2>{words.signIn.title}</h2>
          <p>{goesOn ? words.signIn.neededFor : words.signIn.hint}</p>
        </div>
        <Button variant="ghost" onPress={closeSignIn}>
          {words.common.close}
        </Button>
      </header>
      <form className="sign-in" onSubmit={(event) => void submit(event)}>
        <People
          people={people}
          chosen={personId}
          onChoose={(id) => {
            choose(id);
            setError(null);
          }}
        />
        <Field
          label={words.signIn.pin}
          type="password"
          value={pin}
          maxLength={PIN_MOST}
          error={message}
          onChange={(typed) => {
            setPin(typed.replace(/\D/gu, ''));
            setError(null);
          }}
        />
        <Keypad
          label={words.signIn.pin}
          deleteLabel={words.common.delete}
          onDigit={(digit) => setPin((typed) => (typed + digit).slice(0, PIN_MOST))}
          onDelete={() => setPin((typed) => typed.slice(0, -1))}
        />
        <Button variant="primary" critical type="submit" isPending={busy}>
          {words.signIn.signIn}
        </Button>
      </form>
    </aside>
  );
}

interface PeopleProps {
  readonly people: readonly PersonView[];
  readonly chosen: string | null;
  readonly onChoose: (id: string) => void;
}

function People({ people, chosen, onChoose }: PeopleProps) {
  const { words, language } = useWords();
  const [search, setSearch] = useState('');
  if (people.length === 0) return <p>{words.signIn.noPeople}</p>;
  const wanted = search.trim().toLocaleLowerCase();
  const fitting = people.filter(({ name }) => name.toLocaleLowerCase().includes(wanted));
  return (
    <div className="sign-in-people">
      {people.length > SEARCHED_FROM && (
        <Field label={words.signIn.search} value={search} onChange={setSearch} />
      )}
      <div className="sign-in-list">
        <Choice
          label={words.signIn.who}
          columns={2}
          value={chosen}
          options={fitting.map(({ id, name, role }) => ({
            value: id,
            label: name,
            detail: roleName(language, role),
          }))}
          onChange={onChoose}
        />
      </div>
    </div>
  );
}
