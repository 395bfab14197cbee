/** To another bed; where somebody is in it, the two can change places. */
import { type FormEvent, useState } from 'react';
import { bedKey } from '../../app/patient/text.ts';
import { Button, Field, Panel } from '../design/index.ts';
import { useWard, useWords } from '../shell/index.ts';
import { Said } from './said.tsx';
import { useCommand } from './use-command.ts';

export function TransferForm({ patientId, bed }: { readonly patientId: string; readonly bed: string }) {
  const { words } = useWords();
  const sending = useCommand();
  const [to, setTo] = useState('');
  const beds = useWard((state) => state.beds);
  const there = Object.values(beds).find(
    ({ view }) =>
      view.patient.id !== patientId && !view.patient.demonstration && bedKey(view.bed) === bedKey(to),
  )?.view;
  const isSame = bedKey(to) === bedKey(bed);
  const missing = to.trim() === '' ? words.patients.bedNeeded : isSame ? words.patients.sameBed : undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (missing !== undefined) return;
    const params = { patientId, bed: to.trim(), swap: there !== undefined };
    sending.send('patient.transfer', params, () => setTo(''));
  };
  return (
    <Panel title={words.patients.transfer} note={words.patients.here(bed)}>
      <form className="patients-form" onSubmit={submit} noValidate>
        <Field
          label={words.patients.toBed}
          value={to}
          onChange={(text) => {
            sending.forget();
            setTo(text);
          }}
          maxLength={64}
        />
        <Said sending={sending} />
        <Button type="submit" isDisabled={missing !== undefined || sending.busy} disabledReason={missing}>
          {there === undefined ? words.patients.move : words.patients.swap(there.bed, there.patient.name)}
        </Button>
      </form>
    </Panel>
  );
}
