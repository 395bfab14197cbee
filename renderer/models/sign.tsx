/** Two people sign: each in one role, with the PIN again, what they have read. */
import { useState } from 'react';
import { mayDo } from '../../app/access/access.ts';
import type { AdapterView } from '../../app/contract/calls/adapters.ts';
import { SIGNER_ROLES, type SignerRole } from '../../app/learning/adapters/life.ts';
import { Button, Choice, Field } from '../design/index.ts';
import { Said } from '../patients/said.tsx';
import { useCommand } from '../patients/use-command.ts';
import { useWard, useWords } from '../shell/index.ts';
import { whenText } from '../system/when.ts';
import { LONGEST_PIN, PERMISSION_OF, SHORTEST_PIN } from './signer.ts';

export function Sign({
  adapter,
  onChange,
}: {
  readonly adapter: AdapterView;
  readonly onChange: () => void;
}) {
  const { words, language } = useWords();
  const told = words.models;
  const sending = useCommand();
  const person = useWard((state) => state.session.person);
  const [pin, setPin] = useState('');
  const [wanted, setWanted] = useState<SignerRole | null>(null);
  const { id, report, signatures, state } = adapter;
  const open = SIGNER_ROLES.filter(
    (role) =>
      person !== null &&
      mayDo(person.role, PERMISSION_OF[role]) &&
      !signatures.some((one) => one.role === role),
  );
  const role = wanted !== null && open.includes(wanted) ? wanted : (open[0] ?? null);
  const maySign = state === 'gates-passed' && report?.passed === true && role !== null;
  if (signatures.length === 0 && state !== 'gates-passed') return null;
  return (
    <section aria-label={told.sign} className="models-part">
      <h3>{told.sign}</h3>
      {state === 'gates-passed' && <p className="models-quiet">{told.signLead}</p>}
      <ul className="models-history">
        {signatures.map((one) => (
          <li key={one.role}>{told.signedBy(told.roles[one.role], one.name, whenText(language, one.at))}</li>
        ))}
      </ul>
      {maySign && (
        <form
          className="models-form"
          aria-label={told.sign}
          onSubmit={(event) => {
            event.preventDefault();
            sending.send('adapter.sign', { id, role, report: report.sha256, pin }, onChange);
            setPin('');
          }}
        >
          <Choice
            label={told.signAs}
            value={role}
            options={open.map((value) => ({ value, label: told.roles[value] }))}
            onChange={setWanted}
          />
          <Field label={told.pin} type="password" value={pin} maxLength={LONGEST_PIN} onChange={setPin} />
          <Button type="submit" variant="primary" isDisabled={pin.length < SHORTEST_PIN || sending.busy}>
            {told.sign}
          </Button>
        </form>
      )}
      <Said sending={sending} text={told.signed} />
    </section>
  );
}
