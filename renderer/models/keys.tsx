/** Whose signatures count here: keys of this ward's signers and of wards that are trusted, and how they change. */
import { useState } from 'react';
import { mayDo } from '../../app/access/access.ts';
import type { QueryResult } from '../../app/contract/contract.ts';
import { SIGNER_ROLES, type SignerRole } from '../../app/learning/adapters/life.ts';
import { Button, Choice, Field, Panel } from '../design/index.ts';
import { Said } from '../patients/said.tsx';
import { useCommand } from '../patients/use-command.ts';
import { useWard, useWords } from '../shell/index.ts';
import { useMay } from '../system/intake-form.tsx';
import { LONGEST_PIN, PERMISSION_OF, SHORTEST_PIN } from './signer.ts';

export interface KeysProps {
  readonly keys: QueryResult<'adapter.state'>['keys'];
  readonly onChange: () => void;
}

export function Keys({ keys, onChange }: KeysProps) {
  const { words } = useWords();
  const told = words.models;
  return (
    <Panel title={told.keys}>
      <p className="models-quiet">{told.keysLead}</p>
      {keys.length === 0 && <p>{told.noKeys}</p>}
      <ul className="models-keys">
        {keys.map(({ id, role, name, publicKey, retired, own }) => (
          <li key={id}>
            <b>{name}</b>, {told.roles[role]}
            {retired && `, ${told.keyRetired}`}
            {!own && `, ${told.keyForeign}`}
            <code title={told.copyKey}>{publicKey}</code>
          </li>
        ))}
      </ul>
      <Rotate keys={keys} onChange={onChange} />
      <Trust onChange={onChange} />
    </Panel>
  );
}

/** A signer whose key may have been seen gives it up for a new one. */
function Rotate({ keys, onChange }: KeysProps) {
  const { words } = useWords();
  const told = words.models;
  const sending = useCommand();
  const person = useWard((state) => state.session.person);
  const [pin, setPin] = useState('');
  const [wanted, setWanted] = useState<SignerRole | null>(null);
  const roles = SIGNER_ROLES.filter(
    (role) =>
      person !== null &&
      mayDo(person.role, PERMISSION_OF[role]) &&
      keys.some((key) => key.own && !key.retired && key.role === role && key.name === person.name),
  );
  const role = wanted !== null && roles.includes(wanted) ? wanted : (roles[0] ?? null);
  if (role === null) return null;
  return (
    <form
      className="models-form models-part"
      aria-label={told.rotate}
      onSubmit={(event) => {
        event.preventDefault();
        sending.send('signing-key.rotate', { role, pin }, onChange);
        setPin('');
      }}
    >
      <h3>{told.rotate}</h3>
      <p className="models-quiet">{told.rotateLead}</p>
      {roles.length > 1 && (
        <Choice
          label={told.signAs}
          value={role}
          options={roles.map((value) => ({ value, label: told.roles[value] }))}
          onChange={setWanted}
        />
      )}
      <Field label={told.pin} type="password" value={pin} maxLength={LONGEST_PIN} onChange={setPin} />
      <Button type="submit" isDisabled={pin.length < SHORTEST_PIN || sending.busy}>
        {told.rotateNow}
      </Button>
      <Said sending={sending} text={told.rotated} />
    </form>
  );
}

/** Another ward's signer: what they have signed needs only to pass the gates here. */
function Trust({ onChange }: { readonly onChange: () => void }) {
  const { words } = useWords();
  const told = words.models;
  const sending = useCommand();
  const may = useMay('manage-people');
  const [name, setName] = useState('');
  const [role, setRole] = useState<SignerRole>('clinical');
  const [publicKey, setPublicKey] = useState('');
  if (may !== true) return null;
  return (
    <form
      className="models-form models-part"
      aria-label={told.trust}
      onSubmit={(event) => {
        event.preventDefault();
        const given = { name: name.trim(), role, publicKey: publicKey.replace(/\s/gu, '') };
        sending.send('signing-key.trust', given, () => {
          setName('');
          setPublicKey('');
          onChange();
        });
      }}
    >
      <h3>{told.trust}</h3>
      <p className="models-quiet">{told.trustLead}</p>
      <Field label={told.trustName} value={name} maxLength={100} onChange={setName} />
      <Choice
        label={told.signAs}
        value={role}
        options={SIGNER_ROLES.map((value) => ({ value, label: told.roles[value] }))}
        onChange={setRole}
      />
      <Field label={told.copyKey} value={publicKey} maxLength={200} onChange={setPublicKey} />
      <Button type="submit" isDisabled={name.trim() === '' || publicKey.trim() === '' || sending.busy}>
        {told.trustNow}
      </Button>
      <Said sending={sending} text={told.trusted} />
    </form>
  );
}
