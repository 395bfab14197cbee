/** Who is here and who was: find, admit, move, discharge, merge, and what was decided for one of them. */
import { useState } from 'react';
import type { PatientFound } from '../../app/contract/calls/patients.ts';
import { Button, Field, Panel } from '../design/index.ts';
import { AdmitForm } from '../entry/admit-form.tsx';
import { ReadNotice } from '../query/read-notice.tsx';
import { useQuery } from '../query/use-query.ts';
import { byBed, go, openSignIn, useWard, useWords } from '../shell/index.ts';
import { useMay } from '../system/intake-form.tsx';
import { PatientPage } from './patient-page.tsx';
import './patients.css';

export function PatientsView({ patientId }: { readonly patientId: string | null }) {
  const { words } = useWords();
  const may = useMay('admit-patients');
  return (
    <div className="patients">
      <h2 className="only-heard">{words.patients.title}</h2>
      <div className="patients-side">
        <FindPanel chosen={patientId} />
        {patientId === null && <AdmitForm />}
      </div>
      {patientId === null || may !== true ? (
        <Panel title={words.patients.detail}>
          <p>{words.patients.choose}</p>
          {may === null && (
            <Button onPress={() => openSignIn()}>{words.patients.signIn}</Button>
          )}
        </Panel>
      ) : (
        <PatientPage key={patientId} patientId={patientId} />
      )}
    </div>
  );
}

function FindPanel({ chosen }: { readonly chosen: string | null }) {
  const { words } = useWords();
  const { patients } = words;
  const [text, setText] = useState('');
  const open = (patientId: string | null) => go({ view: 'patients', patientId });
  const { found, asked } = useFoundPatients(text);
  return (
    <Panel
      title={patients.title}
      className="patients-find"
      actions={
        chosen === null ? undefined : <Button onPress={() => open(null)}>{words.entry.admit}</Button>
      }
    >
      <Field label={patients.find} value={text} onChange={setText} maxLength={256} />
      <ReadNotice asked={asked} what={patients.list} />
      {found.length === 0 && !asked.loading && <p>{patients.noneFound}</p>}
      <ul className="patients-list">
        {found.map((one) => (
          <li key={one.id}>
            <PatientButton one={one} isChosen={one.id === chosen} onPress={() => open(one.id)} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

export interface PatientButtonProps {
  readonly one: Pick<PatientFound, 'name' | 'identifier' | 'bed'>;
  readonly isChosen: boolean;
  readonly onPress: () => void;
}

export function PatientButton({ one, isChosen, onPress }: PatientButtonProps) {
  const { words } = useWords();
  const { name, identifier, bed } = one;
  return (
    <button type="button" className="patients-one" aria-pressed={isChosen} onClick={onPress}>
      <b>{name}</b>
      <span className="num">
        {identifier} · {bed === null ? words.patients.notHere : words.patients.here(bed)}
      </span>
    </button>
  );
}

/** Who is in a bed is known to everybody; who was here before is read for a person who may. */
export function useFoundPatients(text: string) {
  const beds = useWard((state) => state.beds);
  const may = useMay('admit-patients');
  const places = Object.values(beds)
    .map(({ view }) => `${view.patient.id} ${view.bed} ${view.patient.name}`)
    .sort()
    .join();
  const asked = useQuery('patients.find', { text }, { enabled: may === true, again: places });
  const wanted = text.trim().toLowerCase();
  const here = Object.values(beds)
    .sort((a, b) => byBed(a.view, b.view))
    .flatMap(({ view: { bed, patient } }) => {
      const { id, name, identifier } = patient;
      const fits = `${name} ${identifier}`.toLowerCase().includes(wanted);
      return patient.demonstration || !fits ? [] : [{ id, name, identifier, bed }];
    });
  const found: readonly (PatientButtonProps['one'] & { readonly id: string })[] =
    may === true ? (asked.value?.patients ?? []) : here;
  return { found, asked };
}
