/**
 * Who comes to a bed, or moves. A number that belongs to somebody who is here already, or under another name or birth
 * date, is asked back: the wrong one of two look-alikes must never be moved, renamed or made ageless by a slip.
 */
import { type Outcome, ok, refused } from '../../../app/contract/outcome.ts';
import { birthDateProblem, differences } from '../../../app/patient/identity.ts';
import { bedKey } from '../../../app/patient/text.ts';
import type { Ids } from '../clock.ts';
import type { Sealing } from '../sealing/sealing.ts';
import type { Writer } from '../store/database.ts';
import type { Bed } from '../ward/bed.ts';
import type { WardDraft } from '../ward/draft.ts';
import { findPatientByIdentifier, type Patient } from '../ward/patients-table.ts';

/** What was told of somebody at their admission. */
export interface Told {
  readonly bed: string;
  readonly name: string;
  readonly identifier: string;
  readonly birthDate: string | null;
  readonly sex: Patient['sex'];
  readonly pregnant: boolean;
}

/**
 * Errors: `invalid-request` {field: birthDate} for an impossible one; `bed-occupied` {bed}; `patient-known` {patientId,
 * name, identifier, and birthDate and bed where there are any} unless `sameAs` is that patient.
 */
export function admitTold(
  ports: { readonly sealing: Sealing; readonly ids: Ids; readonly wallMs: number },
  write: Writer,
  draft: WardDraft,
  told: Told,
  sameAs: string | null,
): Outcome<{ readonly patientId: string }> {
  const problem = told.birthDate === null ? null : birthDateProblem(told.birthDate, ports.wallMs);
  if (problem !== null) return refused('invalid-request', { field: 'birthDate', problem });
  const known = findPatientByIdentifier(write, ports.sealing, told.identifier);
  const there = draft.bedAt(told.bed);
  if (there !== null && there.patient.id !== known?.id) return refused('bed-occupied', { bed: told.bed });
  if (known === null) {
    if (sameAs !== null) return refused('not-found', { what: 'patient' });
    const patient = { ...newPatient(ports.ids.next(), told), pregnant: told.pregnant };
    draft.admit(write, patient, told.bed, false);
    return ok({ patientId: patient.id });
  }
  const stay = draft.bedOf(known.id);
  const { name, birthDate } = differences(known, told);
  if ((stay !== null || name || birthDate) && sameAs !== known.id)
    return refused('patient-known', whoIsKnown(known, stay));
  const patient = completed(known, told);
  if (stay === null) draft.admit(write, { ...patient, pregnant: told.pregnant }, told.bed, true);
  else {
    if (bedKey(stay.bed) !== bedKey(told.bed)) draft.move(write, [{ patientId: known.id, bed: told.bed }]);
    draft.change(write, patient);
  }
  return ok({ patientId: known.id });
}

/** A patient whom nobody knew. */
export function newPatient(id: string, told: Omit<Told, 'bed' | 'pregnant'>): Patient {
  const { name, identifier, birthDate, sex } = told;
  return { id, name, identifier, birthDate, sex, pregnant: false, spo2Scale: 1, demonstration: false };
}

/** What was not known of a patient and is told now. Nothing that is known is replaced. */
export function completed(known: Patient, told: Pick<Told, 'name' | 'birthDate' | 'sex'>): Patient {
  return {
    ...known,
    // A monitor that knew only the number gave it as a name.
    name: known.name === known.identifier ? told.name : known.name,
    birthDate: known.birthDate ?? told.birthDate,
    sex: known.sex === 'unknown' ? told.sex : known.sex,
  };
}

function whoIsKnown(known: Patient, stay: Bed | null): Readonly<Record<string, string>> {
  return {
    patientId: known.id,
    name: known.name,
    identifier: known.identifier,
    ...(known.birthDate === null ? {} : { birthDate: known.birthDate }),
    ...(stay === null ? {} : { bed: stay.bed }),
  };
}
