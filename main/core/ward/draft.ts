/**
 * The ward as one transaction would make it. Its changes are written through the transaction's writer and shown
 * to nobody until the commit; where the transaction fails, the draft is thrown away and nothing has happened.
 */

import { type AlertActionRequest, actOnBed } from '../../../app/alerting/action.ts';
import { type AlertTransition, NO_ALERTS } from '../../../app/alerting/alert.ts';
import { type Outcome, ok, refused } from '../../../app/contract/outcome.ts';
import type { Vital } from '../../../app/observation/vital.ts';
import { bedKey } from '../../../app/patient/text.ts';
import { scoreNews2 } from '../../../app/scoring/news2.ts';
import type { Moment } from '../clock.ts';
import { isoTime } from '../clock.ts';
import type { Writer } from '../store/database.ts';
import { factsOf } from './alert-facts.ts';
import type { KeptAlert } from './alerts-table.ts';
import { type Bed, emptyBed, news2Patient } from './bed.ts';
import { type AlertWritingPorts, type BedTransition, endedWithStay, writeSteps } from './draft-alerts.ts';
import { createObserveDraft, type ObservePorts } from './draft-observe.ts';
import type { NewSet, StoredSet } from './observations-table.ts';
import {
  endStay,
  insertPatient,
  type Leaving,
  openStay,
  type Patient,
  updatePatient,
} from './patients-table.ts';
import { identifierKey, type WardIndex } from './ward-index.ts';

export interface DraftPorts extends ObservePorts, AlertWritingPorts {}

export interface DraftResult {
  /** Beds as they are now; null: the patient has left. */
  readonly beds: ReadonlyMap<string, Bed | null>;
  readonly transitions: readonly BedTransition[];
  /** Sets that are to be scored after the commit, by patient. */
  readonly unscored: ReadonlyMap<string, readonly StoredSet[]>;
  /** Patients whose waiting sets have been scored. */
  readonly scored: ReadonlySet<string>;
  /** Patients whose open alerts are told again: they have another bed or another name now. */
  readonly retold: ReadonlySet<string>;
}

export interface WardDraft {
  bedOf(patientId: string): Bed | null;
  /** Who is in a bed now under this identifier (PID-3); demonstrations are never found by one. */
  patientOf(identifier: string): Bed | null;
  /** The real patient in a bed; demonstrations are in nobody's way. */
  bedAt(bed: string): Bed | null;
  demonstration(): Bed | null;
  /** Puts a patient into a free bed; a known patient's particulars are brought up to date. */
  admit(write: Writer, patient: Patient, bed: string, known: boolean): void;
  /** Ends a stay. What was open ends with it. */
  leave(write: Writer, patientId: string, leaving?: Leaving): void;
  /** Moves patients into other beds at once, so that two can change places. Every bed must be free afterwards. */
  move(write: Writer, moves: readonly { readonly patientId: string; readonly bed: string }[]): void;
  /** The patient's particulars or what was decided for them; what is known now is scored again by it. */
  change(write: Writer, patient: Patient): void;
  /** The monitor names this bed for the patient. Nobody is moved by it. */
  noteToldBed(patientId: string, toldBed: string | null): void;
  /** The monitor cannot measure these now, and says nothing else. What it had said before is scored first. */
  noteUnavailable(write: Writer, patientId: string, vitals: readonly Vital[]): void;
  /**
   * Commits sets of one patient who is in a bed. The bed is scored and its alerts moved at once, but for a stream's
   * sets: they are scored right after the commit.
   */
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
  /** Does `work` so that where it throws the draft is as it was before it. */
  attempt<T>(work: () => T): T;
  result(): DraftResult;
}

export function createDraft(
  draftPorts: DraftPorts,
  beds: ReadonlyMap<string, Bed>,
  index: WardIndex,
): WardDraft {
  // One moment for the whole transaction: what is committed together happened together.
  let moment: Moment | null = null;
  const now = (): Moment => {
    moment ??= draftPorts.now();
    return moment;
  };
  const ports: DraftPorts = { ...draftPorts, now };
  const { sealing } = ports;
  const changed = new Map<string, Bed | null>();
  const transitions: BedTransition[] = [];
  const retold = new Set<string>();

  const bedOf = (patientId: string): Bed | null => {
    const draft = changed.get(patientId);
    return draft === undefined ? (beds.get(patientId) ?? null) : draft;
  };
  const undo: (() => void)[] = [];
  const setBed = (patientId: string, bed: Bed | null): void => {
    const before = changed.get(patientId);
    undo.push(() => {
      if (before === undefined) changed.delete(patientId);
      else changed.set(patientId, before);
    });
    changed.set(patientId, bed);
  };
  /** The bed that fits, looked for in this draft first, then where the index says. */
  const find = (indexed: string | undefined, fits: (bed: Bed) => boolean): Bed | null => {
    for (const bed of changed.values()) if (bed !== null && fits(bed)) return bed;
    const bed = indexed === undefined ? null : bedOf(indexed);
    return bed !== null && fits(bed) ? bed : null;
  };

  /** Writes what an evaluation or an action did to a bed. */
  const keep = (write: Writer, before: Bed, after: Bed, steps: readonly AlertTransition[]): void => {
    setBed(after.patient.id, after);
    transitions.push(...writeSteps(ports, write, before, after, steps));
  };
  const observing = createObserveDraft(ports, keep);

  return {
    bedOf,
    patientOf: (identifier) => {
      const wanted = identifierKey(identifier);
      const isIt = ({ patient }: Bed) =>
        !patient.demonstration && identifierKey(patient.identifier) === wanted;
      return find(index.ofIdentifier(wanted), isIt);
    },
    bedAt: (name) => {
      const wanted = bedKey(name);
      return find(index.inBed(wanted), (bed) => bedKey(bed.bed) === wanted && !bed.patient.demonstration);
    },
    demonstration: () => find(index.demonstration(), (bed) => bed.patient.demonstration),
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
      setBed(patient.id, before === null ? fresh : { ...before, patient, bed, toldBed: null });
      if (before !== null) retold.add(patient.id);
    },
    leave: (write, patientId, leaving) => {
      const before = bedOf(patientId);
      if (before === null) return;
      const now = ports.now();
      // Nobody is left to act for: what was open ends with the stay, and the record says so.
      const steps = before.alerts.alerts.map((alert) => endedWithStay(alert, isoTime(now.wallMs)));
      keep(write, before, { ...before, alerts: NO_ALERTS }, steps);
      endStay(write, patientId, now.wallMs, leaving);
      setBed(patientId, null);
    },
    move: (write, moves) => {
      const now = ports.now();
      // All of them leave before the first arrives: a bed has one patient at any moment.
      for (const { patientId } of moves) endStay(write, patientId, now.wallMs);
      for (const { patientId, bed } of moves) {
        const before = bedOf(patientId);
        if (before === null) throw new Error('a move of a patient who is in no bed');
        const { demonstration } = before.patient;
        openStay(write, { patientId, bed, demonstration, at: now.wallMs });
        setBed(patientId, { ...before, bed, toldBed: null });
        retold.add(patientId);
      }
    },
    change: (write, patient) => {
      updatePatient(write, sealing, patient);
      const before = bedOf(patient.id);
      if (before === null) return;
      setBed(patient.id, { ...before, patient });
      retold.add(patient.id);
      observing.score(write, { ...before, patient });
    },
    noteToldBed: (patientId, toldBed) => {
      const before = bedOf(patientId);
      if (before !== null && (before.toldBed ?? null) !== toldBed) setBed(patientId, { ...before, toldBed });
    },
    noteUnavailable: (write, patientId, vitals) => {
      const before = bedOf(patientId);
      if (before === null || vitals.every((vital) => before.unavailable.includes(vital))) return;
      const scored = observing.score(write, before);
      setBed(patientId, { ...scored, unavailable: [...new Set([...scored.unavailable, ...vitals])] });
    },
    observe: (write, patientId, sets) => {
      const before = bedOf(patientId);
      if (before === null) throw new Error('sets of a patient who is in no bed');
      return observing.observe(write, before, sets);
    },
    act: (write, patientId, alertId, request, actor) => {
      const before = bedOf(patientId);
      if (before === null) return refused('not-found', { what: 'patient' });
      const now = ports.now();
      const clock = { bootMs: now.bootMs, bootId: now.bootId ?? null };
      const at = isoTime(now.wallMs);
      const acted = actOnBed(before.alerts, alertId, request, actor, at, ports.policy.alerts, clock);
      if (!acted.ok) return acted;
      keep(write, before, { ...before, alerts: acted.value.state }, acted.value.transitions);
      const target = acted.value.transitions.find(({ alert }) => alert.id === alertId);
      if (target === undefined) return refused('internal');
      return ok({ alert: target.alert, patientId, bed: before.bed, facts: factsOf(before, target.alert) });
    },
    passTime: (write, patientId) => {
      const before = bedOf(patientId);
      if (before !== null) observing.score(write, before);
    },
    attempt: (work) => {
      const [steps, moved, backObserving] = [undo.length, transitions.length, observing.mark()];
      const retoldBefore = [...retold];
      try {
        return work();
      } catch (error) {
        while (undo.length > steps) undo.pop()?.();
        transitions.length = moved;
        backObserving();
        retold.clear();
        for (const patientId of retoldBefore) retold.add(patientId);
        throw error;
      }
    },
    result: () => ({
      beds: changed,
      transitions,
      unscored: observing.unscored,
      scored: observing.scored,
      retold,
    }),
  };
}
