/**
 * Whose readings a message brings. The identifier decides, never the bed alone: a message of a patient who is
 * not known yet admits them to the bed it names where that bed is free, and everything doubtful is held for a
 * person to confirm.
 */
import type { Identity } from '../../../app/observation/hl7/identity.ts';
import { bedKey } from '../../../app/patient/text.ts';
import type { Ids } from '../clock.ts';
import { newPatient } from '../patients/admission.ts';
import { isSomebodyElse, possible, sexOf } from '../patients/patient-events.ts';
import type { Sealing } from '../sealing/sealing.ts';
import type { Writer } from '../store/database.ts';
import type { WardDraft } from '../ward/draft.ts';
import { findPatientByIdentifier, type Patient, readStays } from '../ward/patients-table.ts';
import { isBedConfirmed } from './confirmed-beds.ts';

export type Whose =
  /**
   * `toldBed`: the other bed that the message names, which a person has confirmed. Nobody is moved by it, and it is
   * shown.
   */
  | { readonly kind: 'patient'; readonly patientId: string; readonly toldBed: string | null }
  /**
   * Of a patient who is in another bed here than the one that the message names, and that one is free: they may have
   * been moved, or the number may be another's who lies there now. A person says which.
   */
  | {
      readonly kind: 'held';
      readonly reason: 'bed-differs';
      readonly patientId: string;
      readonly toldBed: string;
    }
  /** In a free bed: a patient whom the ward does not have there yet. */
  | { readonly kind: 'admit'; readonly patient: Patient; readonly bed: string; readonly known: boolean }
  | {
      readonly kind: 'held';
      readonly reason: 'no-patient-id' | 'no-bed' | 'bed-occupied' | 'identity-differs';
    }
  /** Named by the monitor of the bed that they left (wall ms): who admits them again is a person or the administration. */
  | { readonly kind: 'left'; readonly patientId: string; readonly leftMs: number };

export function whose(
  ports: { readonly sealing: Sealing; readonly ids: Ids },
  write: Writer,
  draft: WardDraft,
  told: Identity,
  receivedMs: number,
): Whose {
  const identity = possibleNow(told, receivedMs);
  const { id, bed } = identity;
  if (id === null) return { kind: 'held', reason: 'no-patient-id' };
  const inBed = bed === null ? null : draft.bedAt(bed);
  // Nearly every message is of somebody who is here: the store is asked only for those who are not.
  const here = draft.patientOf(id);
  const known = here?.patient ?? findPatientByIdentifier(write, ports.sealing, id);
  const stay = here ?? (known === null ? null : draft.bedOf(known.id));
  if (known !== null && isAnother(known, identity)) return { kind: 'held', reason: 'identity-differs' };
  if (known !== null && stay !== null) {
    // The monitor of a bed that has another patient here still names this one: one of the two is wrong.
    const conflict = inBed !== null && inBed.patient.id !== known.id;
    if (conflict) return { kind: 'held', reason: 'bed-occupied' };
    const toldBed = bed === null || bedKey(bed) === bedKey(stay.bed) ? null : bed;
    if (toldBed !== null && !isBedConfirmed(write, known.id, stay, toldBed))
      return { kind: 'held', reason: 'bed-differs', patientId: known.id, toldBed };
    return { kind: 'patient', patientId: known.id, toldBed };
  }
  if (bed === null) return { kind: 'held', reason: 'no-bed' };
  if (inBed !== null) return { kind: 'held', reason: 'bed-occupied' };
  // A monitor stays on after its patient has gone: it must not bring them back, nor keep the bed from the next one.
  const [last] = known === null ? [] : readStays(write, [known.id]);
  if (known !== null && last !== undefined && last.left_ms !== null && bedKey(last.bed) === bedKey(bed))
    return { kind: 'left', patientId: known.id, leftMs: last.left_ms };
  const patient =
    known ??
    newPatient(ports.ids.next(), {
      name: identity.name ?? id,
      identifier: id,
      birthDate: identity.birthDate,
      sex: sexOf(identity),
    });
  return { kind: 'admit', patient, bed, known: known !== null };
}

const HOUR_MS = 3_600_000;
/** What was judged of an identity: messages that are alike carry the same one, and it is judged once an hour. */
const judged = new WeakMap<Identity, { readonly hour: number; readonly possible: Identity }>();
const compared = new WeakMap<Identity, { readonly patient: Patient; readonly isAnother: boolean }>();

/** As `possible`: a birth date that is possible at one moment is so until the hour ends, as days begin with an hour. */
function possibleNow(told: Identity, receivedMs: number): Identity {
  const hour = Math.floor(receivedMs / HOUR_MS);
  const before = judged.get(told);
  if (before?.hour === hour) return before.possible;
  const identity = possible(told, receivedMs);
  judged.set(told, { hour, possible: identity });
  return identity;
}

function isAnother(known: Patient, identity: Identity): boolean {
  const before = compared.get(identity);
  if (before?.patient === known) return before.isAnother;
  const isAnother = isSomebodyElse(known, identity);
  compared.set(identity, { patient: known, isAnother });
  return isAnother;
}
