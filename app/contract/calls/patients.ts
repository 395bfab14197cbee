/** Patients: who is where, who they are, and what was decided for them. */
import { z } from 'zod';
import { patientPolicySchema } from '../../patient/policies.ts';
import { patientViewSchema } from '../views.ts';
import { bed, type Commands, id, identifier, name, type Queries } from './shapes.ts';

const sex = z.enum(['F', 'M', 'X', 'unknown']);
const patient = z.object({ patientId: id });

/** A patient of the record, in a bed now or not. */
export const patientFoundSchema = z.object({
  id,
  name: z.string(),
  identifier: z.string(),
  birthDate: z.string().nullable(),
  sex,
  bed: z.string().nullable(),
});
export type PatientFound = z.infer<typeof patientFoundSchema>;

export const patientDetailSchema = z.object({
  patient: patientViewSchema.omit({ admittedAt: true }),
  birthDate: z.string().nullable(),
  bed: z.string().nullable(),
  /** Open alerts that nobody has answered: a discharge then needs a reason. */
  unanswered: z.number().int(),
  /** The newest first. */
  stays: z.array(z.object({ bed: z.string(), from: z.string(), to: z.string().nullable() })),
  /** Every decision, the newest first. */
  policies: z.array(z.object({ policy: patientPolicySchema, from: z.string(), by: z.string() })),
  /** Numbers of the records that were merged into this one. */
  merged: z.array(z.string()),
});
export type PatientDetail = z.infer<typeof patientDetailSchema>;

export const patientsCommands = {
  /**
   * A patient comes to a free bed. `patient-known` {patientId, name, birthDate?, bed?} where the number belongs to
   * somebody who is here already, or under another name or birth date: `sameAs` then says that it is the same person.
   */
  'patient.admit': {
    permission: 'admit-patients',
    params: z.object({
      bed,
      name,
      identifier,
      birthDate: z.iso.date().nullable(),
      sex,
      pregnant: z.boolean(),
      sameAs: id.exactOptional(),
    }),
    result: patient,
  },
  /** To another bed. `bed-occupied` {bed} unless `swap`: then the two patients change places. */
  'patient.transfer': {
    permission: 'transfer-patients',
    params: z.object({ patientId: id, bed, swap: z.boolean() }),
    result: patient,
  },
  /** The stay ends. `not-allowed-now` {reason: alert-unanswered, count} where an unanswered alert has no reason. */
  'patient.discharge': {
    permission: 'transfer-patients',
    params: z.object({ patientId: id, reason: z.string().trim().max(4096).nullable() }),
    result: patient,
  },
  /** Two records are of one patient. `not-allowed-now` {reason: both-in-beds} while both are in beds. */
  'patient.merge': {
    permission: 'transfer-patients',
    params: z.object({ keep: id, absorb: id }),
    result: patient,
  },
  /** Mends who a patient is. A known birth date is replaced by another one, never by none. */
  'patient.amend': {
    permission: 'admit-patients',
    params: z.object({ patientId: id, name, birthDate: z.iso.date().nullable(), sex }),
    result: patient,
  },
  /** It counts from its commit on; what was scored before stays as it was. */
  'patient.set-policy': {
    permission: 'set-patient-policy',
    params: z.object({ patientId: id, policy: patientPolicySchema }),
    result: patient,
  },
} as const satisfies Commands;

export const patientsQueries = {
  /** Patients whose name or number holds the text, those in beds first; without a text the last ones. */
  'patients.find': {
    permission: 'admit-patients',
    params: z.object({ text: z.string().trim().max(256) }),
    result: z.object({ patients: z.array(patientFoundSchema) }),
  },
  'patient.detail': {
    permission: 'admit-patients',
    params: patient,
    result: patientDetailSchema,
  },
} as const satisfies Queries;
