/** Who works here. Adding somebody needs a person who may. */
import { type FormEvent, useState } from 'react';
import { mayGive, PIN_PATTERN, ROLES, type Role } from '../../app/access/access.ts';
import { errorText, roleName } from '../../app/language/language.ts';
import { Button, Choice, Field, Panel, Table } from '../design/index.ts';
import { core, openSignIn, useWard, useWords } from '../shell/index.ts';
import { useMay } from './intake-form.tsx';

export function People() {
  const { words, language } = useWords();
  const people = useWard((state) => state.people);
  const may = useMay('manage-people');
  return (
    <Panel title={words.system.people} note={String(people.length)} className="system-people">
      <Table
        caption={words.system.people}
        columns={[
          { key: 'name', title: words.common.name },
          { key: 'role', title: words.system.role },
        ]}
        rows={people.map(({ id, name, role }) => ({
          key: id,
          cells: { name: <b>{name}</b>, role: roleName(language, role) },
        }))}
      />
      {may === true && <AddPerson />}
      {may === null && <Button onPress={() => openSignIn()}>{words.system.signInToChange}</Button>}
    </Panel>
  );
}

function AddPerson() {
  const { words, language } = useWords();
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role | null>(null);
  const [pin, setPin] = useState('');
  const [repeat, setRepeat] = useState('');
  const [said, setSaid] = useState<string | null>(null);
  const giver = useWard((state) => state.session.person?.role ?? null);
  const roles = ROLES.filter((one) => giver !== null && mayGive(giver, one));

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (!PIN_PATTERN.test(pin)) return setSaid(words.system.pinForm);
    if (pin !== repeat) return setSaid(words.system.pinsDiffer);
    if (role === null) return;
    const answer = await core.command('person.add', { name, role, pin });
    if (!answer.ok) return setSaid(errorText(language, answer.error));
    setSaid(words.system.personAdded(answer.value.name));
    setName('');
    setPin('');
    setRepeat('');
  }

  return (
    <form className="add-person" onSubmit={(event) => void submit(event)}>
      <Field label={words.common.name} value={name} onChange={setName} />
      <Choice
        label={words.system.role}
        value={role}
        columns={3}
        onChange={setRole}
        options={roles.map((one) => ({ value: one, label: roleName(language, one) }))}
      />
      <div className="add-person-pins">
        <Field
          label={words.system.pin}
          type="password"
          value={pin}
          onChange={setPin}
          hint={words.system.pinForm}
        />
        <Field label={words.system.pinRepeat} type="password" value={repeat} onChange={setRepeat} />
      </div>
      <Button type="submit" isDisabled={name.trim() === '' || role === null}>
        {words.system.addPerson}
      </Button>
      {said !== null && <output>{said}</output>}
    </form>
  );
}
