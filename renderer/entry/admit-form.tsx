/** Admitting a patient by hand: bed, name, number, and what decides whether a score applies. */
import { type FormEvent, useState } from 'react';
import { mayDo } from '../../app/access/access.ts';
import type { AppError } from '../../app/contract/outcome.ts';
import type { PatientView } from '../../app/contract/views.ts';
import { errorText } from '../../app/language/language.ts';
import { Button, Choice, Field, Panel } from '../design/index.ts';
import { KnownPatient } from '../patients/known-patient.tsx';
import { core, go, useKeptText, useRequireSignIn, useWard, useWords } from '../shell/index.ts';

type Sex = PatientView['sex'];
const SEXES: readonly Sex[] = ['F', 'M', 'X', 'unknown'];
const NAME_MOST = 256;
const IDENTIFIER_MOST = 64;

export function AdmitForm() {
  const { words, language } = useWords();
  const person = useWard((state) => state.session.person);
  const requireSignIn = useRequireSignIn();
  const { text: bed, set: setBed, forget: forgetBed } = useKeptText('admit bed');
  const { text: name, set: setName, forget: forgetName } = useKeptText('admit name');
  const { text: identifier, set: setIdentifier, forget: forgetIdentifier } = useKeptText('admit identifier');
  const { text: birthDate, set: setBirthDate, forget: forgetBirthDate } = useKeptText('admit birthDate');
  const [sex, setSex] = useState<Sex>('unknown');
  const [pregnant, setPregnant] = useState(false);
  const [error, setError] = useState<AppError | null>(null);
  const [busy, setBusy] = useState(false);

  async function admit(sameAs: string | null): Promise<void> {
    setBusy(true);
    const answer = await core.command('patient.admit', {
      bed: bed.trim(),
      name: name.trim(),
      identifier: identifier.trim(),
      birthDate: birthDate === '' ? null : birthDate,
      sex,
      pregnant,
      ...(sameAs === null ? {} : { sameAs }),
    });
    setBusy(false);
    if (!answer.ok) return setError(answer.error);
    for (const forget of [forgetBed, forgetName, forgetIdentifier, forgetBirthDate]) forget();
    go({ view: 'entry', patientId: answer.value.patientId });
  }

  /** What was answered to other words counts no longer. */
  const changed = (set: (value: string) => void) => (value: string) => {
    setError(null);
    set(value);
  };
  const missing =
    bed.trim() === '' ? 'bed' : name.trim() === '' ? 'name' : identifier.trim() === '' ? 'identifier' : null;
  const refusal =
    missing !== null
      ? errorText(language, { code: 'invalid-request', parameters: { field: missing } })
      : person !== null && !mayDo(person.role, 'admit-patients')
        ? errorText(language, { code: 'not-permitted', parameters: {} })
        : undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (refusal === undefined) requireSignIn(() => void admit(null));
  };
  return (
    <Panel title={words.entry.admit}>
      <form className="admit" onSubmit={submit} noValidate>
        <Field label={words.common.bed} value={bed} onChange={changed(setBed)} maxLength={IDENTIFIER_MOST} />
        <Field label={words.common.name} value={name} onChange={changed(setName)} maxLength={NAME_MOST} />
        <Field
          label={words.common.identifier}
          value={identifier}
          onChange={changed(setIdentifier)}
          maxLength={IDENTIFIER_MOST}
        />
        <Field label={words.entry.birthDate} type="date" value={birthDate} onChange={changed(setBirthDate)} />
        <span className="admit-label">{words.entry.sex}</span>
        <Choice
          label={words.entry.sex}
          value={sex}
          options={SEXES.map((one) => ({ value: one, label: words.common.sexLong[one] }))}
          onChange={setSex}
        />
        <span className="admit-label">{words.entry.pregnant}</span>
        <Choice
          label={words.entry.pregnant}
          value={pregnant ? 'yes' : 'no'}
          options={[
            { value: 'no', label: words.common.no },
            { value: 'yes', label: words.common.yes },
          ]}
          onChange={(value) => setPregnant(value === 'yes')}
        />
        {pregnant && <p className="admit-note">{words.entry.pregnantNote}</p>}
        {error !== null && error.code !== 'patient-known' && <p role="alert">{errorText(language, error)}</p>}
        {error?.code === 'patient-known' && (
          <KnownPatient
            known={error.parameters}
            typed={{ name: name.trim(), birthDate, bed: bed.trim() }}
            busy={busy}
            onSame={(patientId) => requireSignIn(() => void admit(patientId))}
            onWrongNumber={() => {
              setError(null);
              setIdentifier('');
            }}
          />
        )}
        <Button
          type="submit"
          variant="primary"
          critical
          isDisabled={refusal !== undefined || busy}
          disabledReason={refusal}
        >
          {words.entry.admit}
        </Button>
      </form>
    </Panel>
  );
}
