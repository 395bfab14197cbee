/** The SQL of `patient_policies`: what was decided for a patient, by whom and from when. The words in it are sealed. */
import { z } from 'zod';
import {
  NO_POLICIES,
  type PatientPolicies,
  type PatientPolicy,
  patientPolicySchema,
  withPolicy,
} from '../../../app/patient/policies.ts';
import type { Sealing } from '../sealing/sealing.ts';
import type { Reader, Writer } from '../store/database.ts';

export interface KeptPolicy {
  readonly policy: PatientPolicy;
  readonly fromMs: number;
  readonly setBy: string;
}

const row = z.object({ from_ms: z.number(), set_by: z.string(), policy_sealed: z.instanceof(Uint8Array) });

export function insertPolicy(write: Writer, sealing: Sealing, patientId: string, kept: KeptPolicy): void {
  write.run(
    'INSERT INTO patient_policies (patient_id, kind, from_ms, set_by, policy_sealed) VALUES (?, ?, ?, ?, ?)',
    patientId,
    kept.policy.kind,
    kept.fromMs,
    kept.setBy,
    sealing.seal('patient_policies.policy', JSON.stringify(kept.policy)),
  );
}

/** Every decision for a patient, the oldest first. */
export function readPolicies(read: Reader, sealing: Sealing, patientId: string): KeptPolicy[] {
  return read
    .all(
      row,
      'SELECT from_ms, set_by, policy_sealed FROM patient_policies WHERE patient_id = ? ORDER BY id',
      patientId,
    )
    .map((kept) => ({
      policy: patientPolicySchema.parse(
        JSON.parse(sealing.openText('patient_policies.policy', kept.policy_sealed)),
      ),
      fromMs: kept.from_ms,
      setBy: kept.set_by,
    }));
}

/** The last decision of each kind. */
export function lastDecisions(
  read: Reader,
  sealing: Sealing,
  patientId: string,
): ReadonlyMap<PatientPolicy['kind'], KeptPolicy> {
  return new Map(readPolicies(read, sealing, patientId).map((kept) => [kept.policy.kind, kept]));
}

/** What stands now. */
export function standingPolicies(read: Reader, sealing: Sealing, patientId: string): PatientPolicies {
  return readPolicies(read, sealing, patientId).reduce(
    (standing, { policy, fromMs }) => withPolicy(standing, policy, fromMs),
    NO_POLICIES,
  );
}
