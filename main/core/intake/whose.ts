/**
 * Whose readings a message brings. The identifier decides, never the bed alone: a message of a patient who is
 * not known yet admits them to the bed it names where that bed is free, and everything doubtful is held for a
 * person to confirm.
 */
import type { Identity } from '../../../app/observation/hl7/identity.ts';
import type { Ids } from '../clock.ts';
import type { Sealing } from '../sealing/sealing.ts';
import type { Writer } from '../store/database.ts';
import type { WardDraft } from '../ward/draft.ts';
import { findPatientByIdentifier, type Patient } from '../ward/patients-table.ts';

export type Whose =
  | { readonly kind: 'patient'; readonly patientId: string }
  /** In a free bed: a patient whom the ward does not have there yet. */
  | { readonly kind: 'admit'; readonly patient: Patient; readonly bed: string; readonly known: boolean }
  | { readonly kind: 'held'; readonly reason: 'no-patient-id' | 'no-bed' | 'bed-occupied' };

export function whose(
  ports: { readonly sealing: Sealing; readonly ids: Ids },
  write: Writer,
  draft: WardDraft,
  identity: Identity,
): Whose {
  const { id, bed } = identity;
  if (id === null) return { kind: 'held', reason: 'no-patient-id' };
  const known = findPatientByIdentifier(write, ports.sealing, id);
  const inBed = bed === null ? null : draft.bedAt(bed);
  const stay = known === null ? null : draft.bedOf(known.id);
  if (known !== null && stay !== null) {
    // The monitor of a bed that has another patient here still names this one: one of the two is wrong.
    const conflict = inBed !== null && inBed.patient.id !== known.id;
    return conflict ? { kind: 'held', reason: 'bed-occupied' } : { kind: 'patient', patientId: known.id };
  }
  if (bed === null) return { kind: 'held', reason: 'no-bed' };
  if (inBed !== null) return { kind: 'held', reason: 'bed-occupied' };
  const patient = known ?? {
    id: ports.ids.next(),
    name: identity.name ?? id,
    identifier: id,
    birthDate: identity.birthDate,
    sex: identity.sex === 'O' ? ('X' as const) : (identity.sex ?? ('unknown' as const)),
    pregnant: false,
    spo2Scale: 1 as const,
    demonstration: false,
  };
  return { kind: 'admit', patient, bed, known: known !== null };
}
