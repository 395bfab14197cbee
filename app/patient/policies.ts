/**
 * What is decided for one patient and changes how their readings are read. Each decision stands from its commit on and
 * is never rewritten; what was scored before keeps its score.
 */
import { z } from 'zod';

const note = z.string().trim().max(4096);
const needed = note.min(1);

/** One decision. The SpO2 scale 2 needs who prescribed it and why; scale 1 takes it back. */
export const patientPolicySchema = z.discriminatedUnion('kind', [
  z.discriminatedUnion('scale', [
    z.object({
      kind: z.literal('spo2-scale'),
      scale: z.literal(2),
      prescriber: needed.max(256),
      reason: needed,
    }),
    z.object({ kind: z.literal('spo2-scale'), scale: z.literal(1), reason: needed }),
  ]),
  z.object({ kind: z.literal('pregnant'), pregnant: z.boolean() }),
  /** Whole years where no birth date is known; null: not known either. */
  z.object({ kind: z.literal('age-years'), years: z.number().int().min(0).max(130).nullable() }),
  z.object({ kind: z.literal('spinal-injury'), injured: z.boolean() }),
  /** What is usual for this patient: a NEWS2 total, words, or neither. It is shown and changes no score. */
  z.object({ kind: z.literal('baseline'), total: z.number().int().min(0).max(20).nullable(), note }),
  /** Limits of treatment in the words of who set them; empty: none. */
  z.object({ kind: z.literal('treatment-limits'), text: note }),
]);
export type PatientPolicy = z.infer<typeof patientPolicySchema>;

export const POLICY_KINDS = [
  'spo2-scale',
  'pregnant',
  'age-years',
  'spinal-injury',
  'baseline',
  'treatment-limits',
] as const satisfies readonly PatientPolicy['kind'][];
export type PolicyKind = (typeof POLICY_KINDS)[number];

/** The last decision of each kind. */
export interface PatientPolicies {
  readonly ageYears: { readonly years: number; readonly sinceMs: number } | null;
  readonly spinalInjury: boolean;
  readonly scale2: { readonly prescriber: string; readonly reason: string; readonly sinceMs: number } | null;
  readonly baseline: { readonly total: number | null; readonly note: string } | null;
  readonly treatmentLimits: string | null;
}

export const NO_POLICIES: PatientPolicies = {
  ageYears: null,
  spinalInjury: false,
  scale2: null,
  baseline: null,
  treatmentLimits: null,
};

/** What stands after one more decision at a moment (wall ms). Scale and pregnancy also stand with the patient. */
export function withPolicy(policies: PatientPolicies, policy: PatientPolicy, atMs: number): PatientPolicies {
  switch (policy.kind) {
    case 'spo2-scale':
      return {
        ...policies,
        scale2:
          policy.scale === 1 ? null : { prescriber: policy.prescriber, reason: policy.reason, sinceMs: atMs },
      };
    case 'age-years':
      return { ...policies, ageYears: policy.years === null ? null : { years: policy.years, sinceMs: atMs } };
    case 'spinal-injury':
      return { ...policies, spinalInjury: policy.injured };
    case 'baseline':
      return {
        ...policies,
        baseline:
          policy.total === null && policy.note === '' ? null : { total: policy.total, note: policy.note },
      };
    case 'treatment-limits':
      return { ...policies, treatmentLimits: policy.text === '' ? null : policy.text };
    case 'pregnant':
      return policies;
  }
}
