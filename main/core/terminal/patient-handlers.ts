/** What people do with patients: admission, moves, leaving, merging, and what is decided for one of them. */
import { type Outcome, ok, refused } from '../../../app/contract/outcome.ts';
import type { PersonView } from '../../../app/contract/views.ts';
import { birthDateProblem } from '../../../app/patient/identity.ts';
import type { PatientPolicy } from '../../../app/patient/policies.ts';
import type { Clock, Ids } from '../clock.ts';
import { isoTime } from '../clock.ts';
import { admitTold } from '../patients/admission.ts';
import { findPatients } from '../patients/find-patients.ts';
import { allRecordsOf } from '../patients/merges-table.ts';
import { insertPolicy, readPolicies } from '../patients/policies-table.ts';
import { decided, discharge, merge, transfer, unansweredAlerts } from '../patients/stays.ts';
import type { Sealing } from '../sealing/sealing.ts';
import type { Store } from '../store/database.ts';
import { findPatientByIdentifier, type Patient, readPatient, readStays } from '../ward/patients-table.ts';
import { patientView } from '../ward/views.ts';
import type { Ward } from '../ward/ward.ts';
import type { CommandHandlers, QueryHandlers } from './calls.ts';

export interface PatientHandlerPorts {
  readonly store: Store;
  readonly sealing: Sealing;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly ward: Ward;
  readonly people: () => readonly PersonView[];
}

export function patientHandlers(
  ports: PatientHandlerPorts,
): Pick<
  CommandHandlers,
  | 'patient.admit'
  | 'patient.transfer'
  | 'patient.discharge'
  | 'patient.merge'
  | 'patient.amend'
  | 'patient.set-policy'
> {
  const { store, sealing, clock, ids } = ports;
  return {
    'patient.admit': ({ sameAs, ...told }, call) => {
      const known = findPatientByIdentifier(store.read, sealing, told.identifier);
      const detail = { known: known !== null, asked: sameAs !== undefined };
      // A number nobody has yet gets its id here, so that the audit row names it.
      const id = known?.id ?? ids.next();
      const same = { sealing, ids: { next: () => id }, wallMs: clock.wall() };
      return call.commit(id, detail, (write, draft) => admitTold(same, write, draft, told, sameAs ?? null));
    },

    'patient.transfer': ({ patientId, bed, swap }, call) =>
      call.commit(patientId, { swap }, (write, draft) => transfer(write, draft, patientId, bed, swap)),

    'patient.discharge': ({ patientId, reason }, call) => {
      const stay = ports.ward.bedOf(patientId);
      const unanswered = stay === null ? 0 : unansweredAlerts(stay).length;
      return call.commit(patientId, { unanswered }, (write, draft) => {
        if (draft.bedOf(patientId)?.patient.demonstration === true)
          return refused('not-allowed-now', { reason: 'demonstration' });
        return discharge(ports, write, draft, patientId, { by: call.person.id, reason });
      });
    },

    'patient.merge': ({ keep, absorb }, call) =>
      call.commit(keep, { absorb }, (write, draft) =>
        merge({ sealing, wallMs: clock.wall() }, write, draft, { keep, absorb, by: call.person.id }),
      ),

    'patient.amend': ({ patientId, name, birthDate, sex }, call) => {
      const problem = birthDate === null ? null : birthDateProblem(birthDate, clock.wall());
      if (problem !== null) return refused('invalid-request', { field: 'birthDate', problem });
      const before = realPatient(patientId);
      if (!before.ok) return before;
      const changed = {
        name: before.value.name !== name,
        birthDate: birthDate !== null && before.value.birthDate !== birthDate,
        sex: before.value.sex !== sex,
      };
      return call.commit(patientId, changed, (write, draft) => {
        const patient = draft.bedOf(patientId)?.patient ?? before.value;
        draft.change(write, { ...patient, name, birthDate: birthDate ?? patient.birthDate, sex });
        return ok({ patientId });
      });
    },

    'patient.set-policy': ({ patientId, policy }, call) => {
      const before = realPatient(patientId);
      if (!before.ok) return before;
      return call.commit(patientId, codesOf(policy), (write, draft) => {
        const fromMs = clock.wall();
        insertPolicy(write, sealing, patientId, { policy, fromMs, setBy: call.person.id });
        const patient = draft.bedOf(patientId)?.patient ?? before.value;
        draft.change(write, decided(patient, policy, fromMs));
        return ok({ patientId });
      });
    },
  };

  function realPatient(patientId: string): Outcome<Patient> {
    const patient = readPatient(store.read, sealing, patientId);
    if (patient === null) return refused('not-found', { what: 'patient' });
    return patient.demonstration ? refused('not-allowed-now', { reason: 'demonstration' }) : ok(patient);
  }
}

export function patientQueries(
  ports: PatientHandlerPorts,
): Pick<QueryHandlers, 'patients.find' | 'patient.detail'> {
  const { store, sealing, clock, ward } = ports;
  return {
    'patients.find': ({ text }) => ok({ patients: findPatients(ports, text) }),

    'patient.detail': ({ patientId }) => {
      const patient = readPatient(store.read, sealing, patientId);
      if (patient === null) return refused('not-found', { what: 'patient' });
      const stay = ward.bedOf(patientId);
      const records = allRecordsOf(store.read, patientId);
      const { admittedAt: _, ...view } = patientView(patient, 0, clock.wall());
      const nameOf = (id: string): string => ports.people().find((person) => person.id === id)?.name ?? id;
      return ok({
        patient: view,
        birthDate: patient.birthDate,
        bed: stay?.bed ?? null,
        unanswered: stay === null ? 0 : unansweredAlerts(stay).length,
        stays: readStays(store.read, records).map(({ bed, admitted_ms: from, left_ms: to }) => ({
          bed,
          from: isoTime(from),
          to: to === null ? null : isoTime(to),
        })),
        policies: readPolicies(store.read, sealing, patientId)
          .reverse()
          .map(({ policy, fromMs, setBy }) => ({ policy, from: isoTime(fromMs), by: nameOf(setBy) })),
        merged: records.slice(1).flatMap((id) => readPatient(store.read, sealing, id)?.identifier ?? []),
      });
    },
  };
}

/** What of a decision may stand in the audit: its kind and its code, no words. */
function codesOf(policy: PatientPolicy): Readonly<Record<string, string | number | boolean | null>> {
  const { kind } = policy;
  switch (kind) {
    case 'spo2-scale':
      return { kind, scale: policy.scale };
    case 'pregnant':
      return { kind, pregnant: policy.pregnant };
    case 'age-years':
      return { kind, years: policy.years };
    case 'spinal-injury':
      return { kind, injured: policy.injured };
    case 'baseline':
      return { kind, total: policy.total };
    case 'treatment-limits':
      return { kind, stated: policy.text !== '' };
  }
}
