/** Moving, leaving and merging: what a person orders and what an ADT message tells goes through the same checks. */
import type { AlertRecord } from '../../../app/alerting/alert.ts';
import { type Outcome, ok, refused } from '../../../app/contract/outcome.ts';
import { bedKey } from '../../../app/patient/text.ts';
import type { Sealing } from '../sealing/sealing.ts';
import type { Writer } from '../store/database.ts';
import type { Bed } from '../ward/bed.ts';
import type { WardDraft } from '../ward/draft.ts';
import { readPatient } from '../ward/patients-table.ts';
import { insertMerge, standingPatient } from './merges-table.ts';

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

/**
 * Two records are of one patient: from now on the number of each finds the kept one. Of two of which one is in a bed, that
 * one is kept, whichever was named: its readings and alerts stand there.
 *
 * Errors: `not-found`; `not-allowed-now` {reason: both-in-beds | same-patient | demonstration}.
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
  insertMerge(write, { kept: keep.id, absorbed: absorb.id, atMs: ports.wallMs, by: records.by });
  // What only the other record knew is not lost.
  draft.change(write, {
    ...keep,
    birthDate: keep.birthDate ?? absorb.birthDate,
    sex: keep.sex === 'unknown' ? absorb.sex : keep.sex,
  });
  return ok({ patientId: keep.id });
}
