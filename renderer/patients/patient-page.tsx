/** One patient: particulars, bed, discharge, merge, decisions and stays. */
import type { PatientDetail } from '../../app/contract/calls/patients.ts';
import { Panel } from '../design/index.ts';
import { Consent } from '../learning/consent.tsx';
import { ReadNotice } from '../query/read-notice.tsx';
import { useQuery } from '../query/use-query.ts';
import { useWard, useWords } from '../shell/index.ts';
import { dateTime } from './date-time.ts';
import { DischargeForm } from './discharge-form.tsx';
import { MergeForm } from './merge-form.tsx';
import { ParticularsForm } from './particulars-form.tsx';
import { Policies } from './policies.tsx';
import { TransferForm } from './transfer-form.tsx';

export function PatientPage({ patientId }: { readonly patientId: string }) {
  const { words } = useWords();
  const shown = useWard((state) => state.beds[patientId]?.view ?? null);
  // What stands in the bed moves with every commit; the page is read again with it.
  const again = shown === null ? null : JSON.stringify([shown.bed, shown.patient, shown.openAlertIds.length]);
  const asked = useQuery('patient.detail', { patientId }, { again, everyMs: 10_000 });
  const detail = asked.value;
  return (
    <div className="patient-page">
      <ReadNotice asked={asked} what={words.patients.detail} />
      {detail !== null && <Known key={detail.patient.id} detail={detail} />}
    </div>
  );
}

function Known({ detail }: { readonly detail: PatientDetail }) {
  const { words, language } = useWords();
  const { patient, bed, stays, merged } = detail;
  return (
    <>
      <Panel
        title={patient.name}
        note={`${patient.identifier} · ${bed === null ? words.patients.notHere : words.patients.here(bed)}`}
      >
        <ParticularsForm detail={detail} />
      </Panel>
      {bed !== null && <TransferForm patientId={patient.id} bed={bed} />}
      {bed !== null && <DischargeForm patientId={patient.id} bed={bed} unanswered={detail.unanswered} />}
      <MergeForm detail={detail} />
      <Policies detail={detail} />
      <Consent patientId={patient.id} />
      <Panel title={words.patients.stays}>
        <ul className="patients-stays num">
          {stays.map(({ bed: name, from, to }) => (
            <li key={`${name} ${from}`}>
              <b>{words.patients.here(name)}</b>{' '}
              {to === null
                ? words.patients.since(dateTime(language, from))
                : words.patients.until(dateTime(language, from), dateTime(language, to))}
            </li>
          ))}
        </ul>
        {merged.length > 0 && (
          <p>
            {words.patients.merged}: {merged.join(', ')}
          </p>
        )}
      </Panel>
    </>
  );
}
