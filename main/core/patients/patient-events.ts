/**
 * What an ADT message tells is done where it is plain, and held for a person where it is not: into a taken bed, out of the
 * ward with an unanswered alert, of somebody who is not known, or of two people who are both here.
 */
import type { AdtEvent } from '../../../app/observation/hl7/adt.ts';
import type { Identity } from '../../../app/observation/hl7/identity.ts';
import { birthDateProblem, differences, shareNoWord } from '../../../app/patient/identity.ts';
import { bedKey } from '../../../app/patient/text.ts';
import type { Ids } from '../clock.ts';
import type { Sealing } from '../sealing/sealing.ts';
import type { Writer } from '../store/database.ts';
import type { WardDraft } from '../ward/draft.ts';
import { findPatientByIdentifier, type Patient, readBedNames } from '../ward/patients-table.ts';
import { completed, newPatient } from './admission.ts';
import { discharge, merge, transfer } from './stays.ts';

export interface EventPorts {
  readonly sealing: Sealing;
  readonly ids: Ids;
  readonly wallMs: number;
}

export type EventOutcome =
  /** `reason`: why there was nothing to do; null where something was done. */
  | { readonly kind: 'done'; readonly patientId: string; readonly reason: string | null }
  | { readonly kind: 'held'; readonly reason: string };

/** `confirmedBy`: the person who has looked at the message; then an unanswered alert and a new bed stop nothing. */
export function applyEvent(
  ports: EventPorts,
  write: Writer,
  draft: WardDraft,
  event: AdtEvent,
  confirmedBy: string | null,
): EventOutcome {
  const identity = possible(event.patient, ports.wallMs);
  if (identity.id === null) return held('no-patient-id');
  const known = findPatientByIdentifier(write, ports.sealing, identity.id);
  if (known !== null && isSomebodyElse(known, identity)) return held('identity-differs');
  if (event.kind === 'admit') return admit(ports, write, draft, identity, identity.id, known);
  if (known === null) return held('unknown-patient');
  const stay = draft.bedOf(known.id);
  switch (event.kind) {
    case 'transfer': {
      if (stay === null) return held('unknown-patient');
      if (identity.bed === null) return held('no-bed');
      if (bedKey(identity.bed) === bedKey(stay.bed)) return done(known.id, 'nothing-changed');
      // A bed that nobody was ever in here may be one of another ward.
      if (confirmedBy === null && !isBedOfWard(write, identity.bed)) return held('bed-unknown');
      const moved = transfer(write, draft, known.id, identity.bed, false);
      return moved.ok ? done(known.id) : held(moved.error.code);
    }
    case 'discharge': {
      if (stay === null) return done(known.id, 'left-already');
      const reason = confirmedBy === null ? null : 'ADT^A03';
      const left = discharge(ports, write, draft, known.id, { by: confirmedBy, reason });
      return left.ok ? done(known.id) : held('alert-unanswered');
    }
    case 'update': {
      draft.change(write, told(known, identity));
      return done(known.id);
    }
    case 'merge': {
      if (event.absorbed === null) return held('no-merged-number');
      const absorbed = findPatientByIdentifier(write, ports.sealing, event.absorbed);
      if (absorbed === null) return held('unknown-patient');
      if (absorbed.id === known.id) return done(known.id, 'nothing-changed');
      // Nobody can take a merge back: where the two records contradict each other, a person sees both first.
      if (confirmedBy === null && contradict(known, absorbed)) return held('identity-differs');
      const records = { keep: known.id, absorb: absorbed.id, by: confirmedBy };
      const merged = merge(ports, write, draft, records);
      return merged.ok ? done(merged.value.patientId) : held(String(merged.error.parameters.reason));
    }
  }
}

/**
 * Another name and another birth date under a known number: one of the two is the wrong patient. Many monitors tell no
 * birth date; then a name that has nothing in common with the known one says the same.
 */
export function isSomebodyElse(known: Patient, identity: Identity): boolean {
  if (known.name === known.identifier) return false;
  const { name, birthDate } = differences(known, identity);
  if (!name || birthDate) return name;
  const sameBirth = known.birthDate !== null && known.birthDate === identity.birthDate;
  return !sameBirth && identity.name !== null && shareNoWord(known.name, identity.name);
}

/** Whether two records tell of two people, as far as they tell: another name, or another birth date. */
function contradict(one: Patient, other: Patient): boolean {
  const isNamed = [one, other].every(({ name, identifier }) => name !== identifier);
  const { name, birthDate } = differences(one, other);
  return (isNamed && name) || birthDate;
}

/** The identity without a birth date that no patient can have. */
export function possible(identity: Identity, wallMs: number): Identity {
  const { birthDate } = identity;
  return birthDate !== null && birthDateProblem(birthDate, wallMs) !== null
    ? { ...identity, birthDate: null }
    : identity;
}

export function sexOf({ sex }: Identity): Patient['sex'] {
  return sex === 'O' ? 'X' : (sex ?? 'unknown');
}

function admit(
  ports: EventPorts,
  write: Writer,
  draft: WardDraft,
  identity: Identity,
  identifier: string,
  known: Patient | null,
): EventOutcome {
  const { bed, birthDate } = identity;
  if (bed === null) return held('no-bed');
  const stay = known === null ? null : draft.bedOf(known.id);
  if (known !== null && stay !== null) {
    // Monitors may have brought the patient before the administration did; in another bed one of the two is wrong.
    if (bedKey(stay.bed) !== bedKey(bed)) return held('already-here');
    draft.change(write, filled(known, identity));
    return done(known.id);
  }
  if (draft.bedAt(bed) !== null) return held('bed-occupied');
  const fresh = { name: identity.name ?? identifier, identifier, birthDate, sex: sexOf(identity) };
  const patient = known === null ? newPatient(ports.ids.next(), fresh) : filled(known, identity);
  draft.admit(write, patient, bed, known !== null);
  return done(patient.id);
}

function filled(known: Patient, identity: Identity): Patient {
  const { birthDate, name } = identity;
  return completed(known, { name: name ?? known.name, birthDate, sex: sexOf(identity) });
}

/** An update replaces what it tells, never with nothing. */
function told(known: Patient, identity: Identity): Patient {
  const sex = sexOf(identity);
  return {
    ...known,
    name: identity.name ?? known.name,
    birthDate: identity.birthDate ?? known.birthDate,
    sex: sex === 'unknown' ? known.sex : sex,
  };
}

function isBedOfWard(write: Writer, bed: string): boolean {
  return readBedNames(write).some((name) => bedKey(name) === bedKey(bed));
}

function held(reason: string): EventOutcome {
  return { kind: 'held', reason };
}

function done(patientId: string, reason: string | null = null): EventOutcome {
  return { kind: 'done', patientId, reason };
}
