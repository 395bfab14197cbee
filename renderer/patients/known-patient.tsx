/** A number that is known here: both descriptions side by side, and a person says whether it is the same patient. */
import type { AppError } from '../../app/contract/outcome.ts';
import { Button } from '../design/index.ts';
import { useWords } from '../shell/index.ts';
import './patients.css';

export interface KnownPatientProps {
  /** Of the refusal `patient-known`. */
  readonly known: AppError['parameters'];
  readonly typed: { readonly name: string; readonly birthDate: string; readonly bed: string };
  readonly busy: boolean;
  readonly onSame: (patientId: string) => void;
  readonly onWrongNumber: () => void;
}

export function KnownPatient({ known, typed, busy, onSame, onWrongNumber }: KnownPatientProps) {
  const { words } = useWords();
  const { patients, common } = words;
  const text = (field: string): string => String(known[field] ?? '');
  const rows = [
    [common.name, typed.name, text('name')],
    [patients.born, typed.birthDate || patients.bornUnknown, text('birthDate') || patients.bornUnknown],
    [common.bed, typed.bed, text('bed') || patients.notHere],
  ] as const;
  return (
    <section className="known-patient" role="alert">
      <h3>{patients.known}</h3>
      <p>{patients.knownNote}</p>
      <table className="known-both num">
        <thead>
          <tr>
            <td />
            <th scope="col">{patients.asTyped}</th>
            <th scope="col">{patients.asKnown}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, one, other]) => (
            <tr key={name} data-differs={one !== other}>
              <th scope="row">{name}</th>
              <td>{one}</td>
              <td>{other}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <Button
        critical
        isDisabled={busy}
        detail={patients.samePersonDetail}
        onPress={() => onSame(text('patientId'))}
      >
        {patients.samePerson(text('name'), typed.bed)}
      </Button>
      <Button critical detail={patients.wrongNumberDetail} onPress={onWrongNumber}>
        {patients.wrongNumber}
      </Button>
    </section>
  );
}
