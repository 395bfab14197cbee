/** Patients by a name or a number, and one of them to press. */
import type { PatientFound } from '../../app/contract/calls/patients.ts';
import { useQuery } from '../query/use-query.ts';
import { byBed, useWard, useWords } from '../shell/index.ts';
import { useMay } from '../system/intake-form.tsx';
import './patients.css';

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
