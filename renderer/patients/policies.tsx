/** What is decided for one patient: each decision by itself, with who decided it and since when. */
import { type FormEvent, type ReactNode, useState } from 'react';
import type { PatientDetail } from '../../app/contract/calls/patients.ts';
import type { ScreenWords } from '../../app/language/language.ts';
import type { PatientPolicy, PolicyKind } from '../../app/patient/policies.ts';
import { Button, Choice, Field, Panel, WithSubscripts } from '../design/index.ts';
import { useWords } from '../shell/index.ts';
import { useMay } from '../system/intake-form.tsx';
import { dateTime } from './date-time.ts';
import { Said } from './said.tsx';
import { useCommand } from './use-command.ts';

export function Policies({ detail }: { readonly detail: PatientDetail }) {
  const { words, language } = useWords();
  const may = useMay('set-patient-policy');
  const { patients } = words;
  return (
    <Panel title={patients.decided} className="patient-policies">
      {may === false && <p>{patients.needsDoctor}</p>}
      {may === true && (
        <div className="policy-forms">
          <ScaleForm detail={detail} />
          <FlagForm detail={detail} kind="pregnant" isSet={detail.patient.pregnant} />
          {detail.birthDate === null && <AgeForm detail={detail} />}
          <FlagForm detail={detail} kind="spinal-injury" isSet={detail.patient.spinalInjury === true} />
          <BaselineForm detail={detail} />
          <LimitsForm detail={detail} />
        </div>
      )}
      {detail.policies.length === 0 && <p>{patients.nothingDecided}</p>}
      <ul className="patients-stays num">
        {detail.policies.map(({ policy, from, by }) => (
          <li key={`${policy.kind} ${from}`}>
            <b>
              <WithSubscripts text={patients.policy[policy.kind]} />
            </b>{' '}
            {policyText(words, policy)} <small>{patients.decidedBy(by, dateTime(language, from))}</small>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

export function policyText({ patients }: ScreenWords, policy: PatientPolicy): string {
  switch (policy.kind) {
    case 'spo2-scale':
      return policy.scale === 1
        ? `${patients.scale1}: ${policy.reason}`
        : `${patients.scale2}: ${patients.prescribed(policy.prescriber, policy.reason)}`;
    case 'pregnant':
      return policy.pregnant ? patients.yes : patients.no;
    case 'age-years':
      return policy.years === null ? patients.bornUnknown : `${policy.years}`;
    case 'spinal-injury':
      return policy.injured ? patients.yes : patients.no;
    case 'baseline':
      return [policy.total === null ? '' : patients.baselineShown(String(policy.total)), policy.note]
        .filter((text) => text !== '')
        .join('. ');
    case 'treatment-limits':
      return policy.text === '' ? '—' : policy.text;
  }
}

interface FormProps {
  readonly detail: PatientDetail;
}

interface PolicyFormProps extends FormProps {
  readonly kind: PolicyKind;
  readonly note?: string;
  readonly policy: PatientPolicy;
  /** Why it cannot be saved yet, in words. */
  readonly missing: string | undefined;
  readonly children: ReactNode;
}

function PolicyForm({ detail, kind, note, policy, missing, children }: PolicyFormProps) {
  const { words } = useWords();
  const sending = useCommand();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (missing === undefined) sending.send('patient.set-policy', { patientId: detail.patient.id, policy });
  };
  return (
    <form className="patients-form" onSubmit={submit} noValidate>
      <h3>
        <WithSubscripts text={words.patients.policy[kind]} />
      </h3>
      {children}
      {note !== undefined && <p className="policy-note">{note}</p>}
      <Said sending={sending} />
      <Button type="submit" isDisabled={missing !== undefined || sending.busy} disabledReason={missing}>
        {words.patients.save}
      </Button>
    </form>
  );
}

function ScaleForm({ detail }: FormProps) {
  const { patients } = useWords().words;
  const [scale, setScale] = useState<'1' | '2'>(detail.patient.spo2Scale === 2 ? '2' : '1');
  const [prescriber, setPrescriber] = useState('');
  const [reason, setReason] = useState('');
  const missing =
    scale === '2' && prescriber.trim() === ''
      ? patients.prescriberNeeded
      : reason.trim() === ''
        ? patients.reasonNeeded
        : undefined;
  const policy: PatientPolicy =
    scale === '1'
      ? { kind: 'spo2-scale', scale: 1, reason: reason.trim() }
      : { kind: 'spo2-scale', scale: 2, prescriber: prescriber.trim(), reason: reason.trim() };
  return (
    <PolicyForm detail={detail} kind="spo2-scale" note={patients.scaleNote} policy={policy} missing={missing}>
      <Choice
        label={patients.policy['spo2-scale']}
        value={scale}
        options={[
          { value: '1', label: patients.scale1 },
          { value: '2', label: patients.scale2 },
        ]}
        onChange={setScale}
      />
      {scale === '2' && (
        <Field label={patients.prescriber} value={prescriber} onChange={setPrescriber} maxLength={256} />
      )}
      <Field label={patients.reason} value={reason} onChange={setReason} maxLength={4096} />
    </PolicyForm>
  );
}

interface FlagFormProps extends FormProps {
  readonly kind: 'pregnant' | 'spinal-injury';
  readonly isSet: boolean;
}

function FlagForm({ detail, kind, isSet }: FlagFormProps) {
  const { words } = useWords();
  const { patients } = words;
  const [chosen, setChosen] = useState<'yes' | 'no'>(isSet ? 'yes' : 'no');
  const yes = chosen === 'yes';
  const policy: PatientPolicy = kind === 'pregnant' ? { kind, pregnant: yes } : { kind, injured: yes };
  return (
    <PolicyForm
      detail={detail}
      kind={kind}
      note={kind === 'pregnant' ? words.entry.pregnantNote : patients.spinalNote}
      policy={policy}
      missing={yes === isSet ? patients.nothingChanged : undefined}
    >
      <Choice
        label={patients.policy[kind]}
        value={chosen}
        options={[
          { value: 'no', label: patients.no },
          { value: 'yes', label: patients.yes },
        ]}
        onChange={setChosen}
      />
    </PolicyForm>
  );
}

function AgeForm({ detail }: FormProps) {
  const { patients } = useWords().words;
  const [years, setYears] = useState('');
  const number = Number(years);
  const isYears = /^\d{1,3}$/.test(years) && number <= 130;
  return (
    <PolicyForm
      detail={detail}
      kind="age-years"
      note={patients.ageNote}
      policy={{ kind: 'age-years', years: number }}
      missing={isYears ? undefined : patients.yearsWrong}
    >
      <Field
        label={patients.years}
        value={years}
        onChange={setYears}
        error={years === '' || isYears ? null : patients.yearsWrong}
        maxLength={12}
      />
    </PolicyForm>
  );
}

function BaselineForm({ detail }: FormProps) {
  const { patients } = useWords().words;
  const { baseline } = detail.patient;
  const [total, setTotal] = useState(String(baseline?.total ?? ''));
  const [note, setNote] = useState(baseline?.note ?? '');
  const isTotal = total === '' || (/^\d{1,2}$/.test(total) && Number(total) <= 20);
  const value = total === '' ? null : Number(total);
  const same = value === (baseline?.total ?? null) && note.trim() === (baseline?.note ?? '');
  return (
    <PolicyForm
      detail={detail}
      kind="baseline"
      note={patients.baselineNote}
      policy={{ kind: 'baseline', total: value, note: note.trim() }}
      missing={!isTotal ? patients.totalWrong : same ? patients.nothingChanged : undefined}
    >
      <Field
        label={patients.baselineTotal}
        value={total}
        onChange={setTotal}
        error={isTotal ? null : patients.totalWrong}
        maxLength={12}
      />
      <Field label={patients.note} value={note} onChange={setNote} maxLength={4096} />
    </PolicyForm>
  );
}

function LimitsForm({ detail }: FormProps) {
  const { patients } = useWords().words;
  const [text, setText] = useState(detail.patient.treatmentLimits ?? '');
  return (
    <PolicyForm
      detail={detail}
      kind="treatment-limits"
      note={patients.limitsNote}
      policy={{ kind: 'treatment-limits', text: text.trim() }}
      missing={text.trim() === (detail.patient.treatmentLimits ?? '') ? patients.nothingChanged : undefined}
    >
      <Field label={patients.note} value={text} onChange={setText} maxLength={4096} multiline />
    </PolicyForm>
  );
}
