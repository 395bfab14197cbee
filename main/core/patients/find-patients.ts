/** Finding a patient by a name or a number. Both are sealed in the store, so that they are looked through here. */
import type { PatientFound } from '../../../app/contract/calls/patients.ts';
import { cleanMark } from '../../../app/patient/text.ts';
import type { Sealing } from '../sealing/sealing.ts';
import type { Store } from '../store/database.ts';
import { findPatientByIdentifier, type Patient, readLatestPatients } from '../ward/patients-table.ts';
import type { Ward } from '../ward/ward.ts';

/**
 * Patients looked through by name, the last ones: each has to be opened, and monitors wait meanwhile. A whole number is
 * found however long ago it was. Ours.
 */
const MOST_LOOKED_AT = 500;
const MOST_FOUND = 50;

export function findPatients(
  ports: { readonly store: Store; readonly sealing: Sealing; readonly ward: Ward },
  text: string,
): PatientFound[] {
  const { store, sealing, ward } = ports;
  const wanted = plain(text);
  const here = ward.beds().flatMap(({ patient }) => (patient.demonstration ? [] : [patient]));
  const byNumber = wanted === '' ? null : findPatientByIdentifier(store.read, sealing, text);
  const found = new Map<string, Patient>();
  const candidates = [
    ...(byNumber === null ? [] : [byNumber]),
    ...here,
    ...readLatestPatients(store.read, sealing, MOST_LOOKED_AT),
  ];
  for (const patient of candidates) {
    if (found.size >= MOST_FOUND) break;
    const fits =
      patient === byNumber ||
      plain(patient.name).includes(wanted) ||
      plain(patient.identifier).includes(wanted);
    if (fits && !found.has(patient.id)) found.set(patient.id, patient);
  }
  return [...found.values()].map(({ id, name, identifier, birthDate, sex }) => {
    return { id, name, identifier, birthDate, sex, bed: ward.bedOf(id)?.bed ?? null };
  });
}

function plain(text: string): string {
  return cleanMark(text).toLowerCase();
}
