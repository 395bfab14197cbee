/** Moving, leaving and merging: what a person orders and what an ADT message tells goes through the same checks. */
import type { AlertRecord } from '../../../app/alerting/alert.ts';
import { type Outcome, ok, refused } from '../../../app/contract/outcome.ts';
import { NO_POLICIES, type PatientPolicy, withPolicy } from '../../../app/patient/policies.ts';
import { bedKey } from '../../../app/patient/text.ts';
import type { Sealing } from '../sealing/sealing.ts';
import type { Writer } from '../store/database.ts';
import type { Bed } from '../ward/bed.ts';
import type { WardDraft } from '../ward/draft.ts';
import { type Patient, readPatient } from '../ward/patients-table.ts';
import { insertMerge, standingPatient } from './merges-table.ts';
import { insertPolicy, lastDecisions } from './policies-table.ts';

/** Open alerts of a bed that ask and that nobody has answered. */
export function unansweredAlerts(bed: Bed): readonly AlertRecord[] {
  return bed.alerts.alerts.filter(({ state }) => state === 'active' || state === 'escalated');
}

/** `not-found` where the patient is in no bed; `bed-occupied` {bed} unless the two may change places. */
export function transfer(
  write: Writer,
  draft: WardDraft,
  patientId: string,
  bed: string,
  swap: boolean,
): Outcome<{ readonly patientId: string }> {
  const stay = draft.bedOf(patientId);
  if (stay === null) return refused('not-found', { what: 'patient' });
  if (stay.patient.demonstration) return refused('not-allowed-now', { reason: 'demonstration' });
  const there = draft.bedAt(bed);
  if (there !== null && there.patient.id !== patientId) {
    if (!swap) return refused('bed-occupied', { bed });
    draft.move(write, [
      { patientId, bed: there.bed },
      { patientId: there.patient.id, bed: stay.bed },
    ]);
  } else if (bedKey(stay.bed) !== bedKey(bed)) draft.move(write, [{ patientId, bed }]);
  return ok({ patientId });
}

/** `not-found`; `not-allowed-now` {reason: alert-unanswered, count} where somebody should have answered and none says why. */
export function discharge(
  ports: { readonly sealing: Sealing },
  write: Writer,
  draft: WardDraft,
  patientId: string,
  leaving: { readonly by: string | null; readonly reason: string | null },
): Outcome<{ readonly patientId: string }> {
  const stay = draft.bedOf(patientId);
  if (stay === null) return refused('not-found', { what: 'patient' });
  const { reason, by } = leaving;
  const count = unansweredAlerts(stay).length;
  if (count > 0 && (reason === null || reason === ''))
    return refused('not-allowed-now', { reason: 'alert-unanswered', count });
  const noteSealed = reason === null || reason === '' ? null : ports.sealing.seal('stays.left_note', reason);
  draft.leave(write, patientId, { by, noteSealed });
  return ok({ patientId });
}

/** The patient with one more decision, from a moment (wall ms) on. */
export function decided(patient: Patient, policy: PatientPolicy, fromMs: number): Patient {
  return {
    ...patient,
    ...(policy.kind === 'spo2-scale' ? { spo2Scale: policy.scale } : {}),
    ...(policy.kind === 'pregnant' ? { pregnant: policy.pregnant } : {}),
    policies: withPolicy(patient.policies ?? NO_POLICIES, policy, fromMs),
  };
}

/**
 * Two records are of one patient: from now on the number of each finds the kept one. Of two of which one is in a bed, that
 * one is kept, whichever was named: its readings and alerts stand there.
 *
 * What was decided for the other record (SpO2 scale, treatment limits and the rest) goes over where nothing of its kind
 * was decided for the kept one; where two decisions differ a person settles them first.
 *
 * Errors: `not-found`; `not-allowed-now` {reason: both-in-beds | same-patient | demonstration | decisions-differ}.
 */
export function merge(
  ports: { readonly sealing: Sealing; readonly wallMs: number },
  write: Writer,
  draft: WardDraft,
  records: { readonly keep: string; readonly absorb: string; readonly by: string | null },
): Outcome<{ readonly patientId: string }> {
  let keep = readPatient(write, ports.sealing, standingPatient(write, records.keep));
  let absorb = readPatient(write, ports.sealing, standingPatient(write, records.absorb));
  if (keep === null || absorb === null) return refused('not-found', { what: 'patient' });
  if (keep.id === absorb.id) return refused('not-allowed-now', { reason: 'same-patient' });
  if (keep.demonstration || absorb.demonstration)
    return refused('not-allowed-now', { reason: 'demonstration' });
  if (draft.bedOf(absorb.id) !== null) {
    if (draft.bedOf(keep.id) !== null) return refused('not-allowed-now', { reason: 'both-in-beds' });
    [keep, absorb] = [absorb, keep];
  }
  const stands = lastDecisions(write, ports.sealing, keep.id);
  const others = [...lastDecisions(write, ports.sealing, absorb.id)];
  const differs = others.some(([kind, { policy }]) => {
    const own = stands.get(kind);
    return own !== undefined && JSON.stringify(own.policy) !== JSON.stringify(policy);
  });
  if (differs) return refused('not-allowed-now', { reason: 'decisions-differ' });
  insertMerge(write, { kept: keep.id, absorbed: absorb.id, atMs: ports.wallMs, by: records.by });
  // What only the other record knew is not lost.
  let merged: Patient = {
    ...keep,
    birthDate: keep.birthDate ?? absorb.birthDate,
    sex: keep.sex === 'unknown' ? absorb.sex : keep.sex,
  };
  for (const [kind, decision] of others) {
    if (stands.has(kind)) continue;
    insertPolicy(write, ports.sealing, keep.id, { ...decision, fromMs: ports.wallMs });
    merged = decided(merged, decision.policy, ports.wallMs);
  }
  draft.change(write, merged);
  return ok({ patientId: keep.id });
}
