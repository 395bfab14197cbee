/** Who is here and who was: find, admit, move, discharge, merge, and what was decided for one of them. */
import { useState } from 'react';
import { errorText } from '../../app/language/language.ts';
import { Button, Field, Panel } from '../design/index.ts';
import { AdmitForm } from '../entry/admit-form.tsx';
import { ReadNotice } from '../query/read-notice.tsx';
import { go, openSignIn, useWords } from '../shell/index.ts';
import { useMay } from '../system/intake-form.tsx';
import { PatientButton, useFoundPatients } from './found-patients.tsx';
import { PatientPage } from './patient-page.tsx';
import './patients.css';

const NOT_PERMITTED = { code: 'not-permitted', parameters: {} } as const;

export function PatientsView({ patientId }: { readonly patientId: string | null }) {
  const { words, language } = useWords();
  const may = useMay('admit-patients');
  return (
    <div className="patients">
      <h2 className="only-heard">{words.patients.title}</h2>
      <div className="patients-side">
        <FindPanel chosen={patientId} />
      </div>
      {patientId === null || may !== true ? (
        <div className="patients-side">
          <Panel title={words.patients.detail}>
            <p>{may === false ? errorText(language, NOT_PERMITTED) : words.patients.choose}</p>
            {may === null && <Button onPress={() => openSignIn()}>{words.patients.signIn}</Button>}
          </Panel>
          {patientId === null && <AdmitForm />}
        </div>
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
      actions={chosen === null ? undefined : <Button onPress={() => open(null)}>{words.entry.admit}</Button>}
    >
      <Field label={patients.find} value={text} onChange={setText} maxLength={256} />
      <ReadNotice asked={asked} what={patients.list} />
      {found.length === 0 && !asked.loading && (
        <p>{text.trim() === '' ? patients.nobodyYet : patients.noneFound}</p>
      )}
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
