/** Mends who a patient is. */
import { type FormEvent, useState } from 'react';
import type { PatientDetail } from '../../app/contract/calls/patients.ts';
import type { PatientView } from '../../app/contract/views.ts';
import { Button, Choice, Field } from '../design/index.ts';
import { useWords } from '../shell/index.ts';
import { Said } from './said.tsx';
import { useCommand } from './use-command.ts';

const SEXES: readonly PatientView['sex'][] = ['F', 'M', 'X', 'unknown'];

export function ParticularsForm({ detail }: { readonly detail: PatientDetail }) {
  const { words } = useWords();
  const { patient } = detail;
  const sending = useCommand();
  const [name, setName] = useState(patient.name);
  const [birthDate, setBirthDate] = useState(detail.birthDate ?? '');
  const [sex, setSex] = useState(patient.sex);
  const same = name === patient.name && birthDate === (detail.birthDate ?? '') && sex === patient.sex;
  const missing =
    name.trim() === '' ? words.patients.nameNeeded : same ? words.patients.nothingChanged : undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (missing !== undefined) return;
    const born = birthDate === '' ? null : birthDate;
    sending.send('patient.amend', { patientId: patient.id, name: name.trim(), birthDate: born, sex });
  };
  return (
    <form className="patients-form" onSubmit={submit} noValidate>
      <Field label={words.common.name} value={name} onChange={setName} maxLength={256} />
      <Field label={words.entry.birthDate} type="date" value={birthDate} onChange={setBirthDate} />
      <Choice
        label={words.entry.sex}
        value={sex}
        options={SEXES.map((one) => ({ value: one, label: words.common.sexLong[one] }))}
        onChange={setSex}
      />
      <Said sending={sending} />
      <Button type="submit" isDisabled={missing !== undefined || sending.busy} disabledReason={missing}>
        {words.patients.amend}
      </Button>
    </form>
  );
}
