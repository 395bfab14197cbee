/**
 * The ward as one transaction would make it. Its changes are written through the transaction's writer and shown
 * to nobody until the commit; where the transaction fails, the draft is thrown away and nothing has happened.
 */

import { type AlertActionRequest, actOnBed } from '../../../app/alerting/action.ts';
import { type AlertTransition, NO_ALERTS } from '../../../app/alerting/alert.ts';
import { type Outcome, ok, refused } from '../../../app/contract/outcome.ts';
import { scoreNews2 } from '../../../app/scoring/news2.ts';
import type { Moment } from '../clock.ts';
import { isoTime } from '../clock.ts';
import type { Writer } from '../store/database.ts';
import { factsOf } from './alert-facts.ts';
import type { KeptAlert } from './alerts-table.ts';
import { type Bed, emptyBed, news2Patient } from './bed.ts';
import { type AlertWritingPorts, type BedTransition, endedWithStay, writeSteps } from './draft-alerts.ts';
import { type EvaluationPorts, evaluate } from './evaluation.ts';
import { appendScore, appendSet, type NewSet } from './observations-table.ts';
import { endStay, insertPatient, openStay, type Patient, updatePatient } from './patients-table.ts';

export interface DraftPorts extends EvaluationPorts, AlertWritingPorts {
  readonly now: () => Moment;
}

export interface DraftResult {
  /** Beds as they are now; null: the patient has left. */
  readonly beds: ReadonlyMap<string, Bed | null>;
  readonly transitions: readonly BedTransition[];
}

export interface WardDraft {
  bedOf(patientId: string): Bed | null;
  /** The real patient in a bed; demonstrations are in nobody's way. */
  bedAt(bed: string): Bed | null;
  demonstration(): Bed | null;
  /** Puts a patient into a free bed; a known patient's particulars are brought up to date. */
  admit(write: Writer, patient: Patient, bed: string, known: boolean): void;
  leave(write: Writer, patientId: string): void;
  /** Commits sets of one patient who is in a bed, scores the bed and moves its alerts. */
  observe(write: Writer, patientId: string, sets: readonly NewSet[]): Bed;
  act(
    write: Writer,
    patientId: string,
    alertId: string,
    request: AlertActionRequest,
    actor: string,
  ): Outcome<KeptAlert>;
  /** Time has passed: values may have gone missing, alerts may climb. Writes only what changed. */
  passTime(write: Writer, patientId: string): void;
  result(): DraftResult;
}

export function createDraft(ports: DraftPorts, beds: ReadonlyMap<string, Bed>): WardDraft {
  const { sealing } = ports;
  const changed = new Map<string, Bed | null>();
  const transitions: BedTransition[] = [];

  const bedOf = (patientId: string): Bed | null => {
    const draft = changed.get(patientId);
    return draft === undefined ? (beds.get(patientId) ?? null) : draft;
  };
  const everybody = (): Bed[] =>
    [...new Set([...beds.keys(), ...changed.keys()])].flatMap((id) => bedOf(id) ?? []);

  /** Writes what an evaluation or an action did to a bed. */
  const keep = (write: Writer, before: Bed, after: Bed, steps: readonly AlertTransition[]): void => {
    changed.set(after.patient.id, after);
    transitions.push(...writeSteps(ports, write, before, after, steps));
  };

  return {
    bedOf,
    bedAt: (name) => everybody().find((bed) => bed.bed === name && !bed.patient.demonstration) ?? null,
    demonstration: () => everybody().find((bed) => bed.patient.demonstration) ?? null,
    admit: (write, patient, bed, known) => {
      const now = ports.now();
      const before = bedOf(patient.id);
      if (known) updatePatient(write, sealing, patient);
      else insertPatient(write, sealing, patient, now.wallMs);
      if (before !== null) endStay(write, patient.id, now.wallMs);
      openStay(write, {
        patientId: patient.id,
        bed,
        demonstration: patient.demonstration,
        at: now.wallMs,
      });
      const score = scoreNews2({}, news2Patient(patient, now.wallMs));
      const fresh = emptyBed(patient, bed, now.wallMs, score, now);
      // A patient who moves takes readings and alerts along.
      changed.set(patient.id, before === null ? fresh : { ...before, patient, bed });
    },
    leave: (write, patientId) => {
      const before = bedOf(patientId);
      if (before === null) return;
      const now = ports.now();
      // Nobody is left to act for: what was open ends with the stay, and the record says so.
      const steps = before.alerts.alerts.map((alert) => endedWithStay(alert, isoTime(now.wallMs)));
      keep(write, before, { ...before, alerts: NO_ALERTS }, steps);
      endStay(write, patientId, now.wallMs);
      changed.set(patientId, null);
    },
    observe: (write, patientId, sets) => {
      const before = bedOf(patientId);
      if (before === null) throw new Error('sets of a patient who is in no bed');
      const now = ports.now();
      const stored = sets.map((set) => appendSet(write, set, now.wallMs));
      const { bed, transitions: steps, scoreChanged } = evaluate(ports, before, stored, now);
      if (scoreChanged) appendScore(write, patientId, { atMs: now.wallMs, score: bed.score });
      keep(write, before, bed, steps);
      return bed;
    },
    act: (write, patientId, alertId, request, actor) => {
      const before = bedOf(patientId);
      if (before === null) return refused('not-found', { what: 'patient' });
      const at = isoTime(ports.now().wallMs);
      const acted = actOnBed(before.alerts, alertId, request, actor, at, ports.policy.alerts);
      if (!acted.ok) return acted;
      keep(write, before, { ...before, alerts: acted.value.state }, acted.value.transitions);
      const target = acted.value.transitions.find(({ alert }) => alert.id === alertId);
      if (target === undefined) return refused('internal');
      return ok({ alert: target.alert, patientId, bed: before.bed, facts: factsOf(before) });
    },
    passTime: (write, patientId) => {
      const before = bedOf(patientId);
      if (before === null) return;
      const now = ports.now();
      const { bed, transitions: steps, scoreChanged } = evaluate(ports, before, [], now);
      if (scoreChanged) appendScore(write, patientId, { atMs: now.wallMs, score: bed.score });
      keep(write, before, bed, steps);
    },
    result: () => ({ beds: changed, transitions }),
  };
}
