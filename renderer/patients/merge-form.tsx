/** Two records of one patient: both are shown before anybody says so. */
import { useState } from 'react';
import type { PatientDetail } from '../../app/contract/calls/patients.ts';
import { Button, Field, Panel } from '../design/index.ts';
import { ReadNotice } from '../query/read-notice.tsx';
import { useQuery } from '../query/use-query.ts';
import { go, useWords } from '../shell/index.ts';
import { PatientButton, useFoundPatients } from './found-patients.tsx';
import { Said } from './said.tsx';
import { useCommand } from './use-command.ts';

const MOST_OFFERED = 5;

export function MergeForm({ detail }: { readonly detail: PatientDetail }) {
  const { words } = useWords();
  const { patients } = words;
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<string | null>(null);
  const { found, asked } = useFoundPatients(text);
  const offered = text.trim() === '' ? [] : found.filter(({ id }) => id !== detail.patient.id);
  return (
    <Panel title={patients.merge}>
      <div className="patients-form">
        <p>{patients.mergeNote}</p>
        <Field label={patients.other} value={text} onChange={setText} maxLength={256} />
        {text.trim() !== '' && !asked.loading && offered.length === 0 && <p>{patients.noneFound}</p>}
        <ul className="patients-list">
          {offered.slice(0, MOST_OFFERED).map((one) => (
            <li key={one.id}>
              <PatientButton one={one} isChosen={one.id === chosen} onPress={() => setChosen(one.id)} />
            </li>
          ))}
        </ul>
        {chosen !== null && <Both detail={detail} otherId={chosen} />}
      </div>
    </Panel>
  );
}

function Both({ detail, otherId }: { readonly detail: PatientDetail; readonly otherId: string }) {
  const { words } = useWords();
  const { patients, common } = words;
  const sending = useCommand();
  const asked = useQuery('patient.detail', { patientId: otherId });
  const other = asked.value;
  if (other === null) return <ReadNotice asked={asked} what={patients.otherRecord} />;
  const row = ({ patient, birthDate, bed }: PatientDetail) => [
    patient.name,
    patient.identifier,
    birthDate ?? patients.bornUnknown,
    common.sexLong[patient.sex],
    bed ?? patients.notHere,
  ];
  const [one, two] = [row(detail), row(other)];
  const names = [common.name, common.identifier, patients.born, words.entry.sex, common.bed];
  return (
    <>
      <table className="known-both num">
        <thead>
          <tr>
            <td />
            <th scope="col">{patients.thisRecord}</th>
            <th scope="col">{patients.otherRecord}</th>
          </tr>
        </thead>
        <tbody>
          {names.map((name, index) => (
            <tr key={name} data-differs={one[index] !== two[index]}>
              <th scope="row">{name}</th>
              <td>{one[index]}</td>
              <td>{two[index]}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p>{patients.mergeKeeps(detail.patient.identifier, other.patient.identifier)}</p>
      <Said sending={sending} />
      <Button
        isDisabled={sending.busy}
        onPress={() =>
          sending.send('patient.merge', { keep: detail.patient.id, absorb: otherId }, ({ patientId }) =>
            go({ view: 'patients', patientId }),
          )
        }
      >
        {patients.mergeNow(detail.patient.identifier, other.patient.identifier)}
      </Button>
    </>
  );
}
