/**
 * The ward in memory: built from the store at the start, moved by each commit, and by time once a second. What
 * it shows is always what is durable: a draft becomes the ward only after its transaction.
 */

import { scoreNews2 } from '../../../app/scoring/news2.ts';
import { type Clock, type Moment, momentOf } from '../clock.ts';
import { type Log, reasonOf } from '../log.ts';
import type { Sealing } from '../sealing/sealing.ts';
import type { Reader, Store, Writer } from '../store/database.ts';
import { readAlertState } from './alerts-table.ts';
import { type Bed, emptyBed, news2Patient } from './bed.ts';
import { createDraft, type DraftPorts, type WardDraft } from './draft.ts';
import { type BedTransition, sameButForTime } from './draft-alerts.ts';
import { EARLIER_KEPT_MS, evaluate, SCORE_HISTORY_MS } from './evaluation.ts';
import { readScores, type StoredSet } from './observations-table.ts';
import { readOpenStays, type Stay } from './patients-table.ts';
import { readRecentSets, readSetsAsOf } from './recent-sets.ts';

export interface WardListener {
  /** The bed changed in what a screen shows of it. */
  bedChanged(bed: Bed): void;
  bedGone(patientId: string): void;
  alertMoved(moved: BedTransition): void;
}

export interface Ward {
  beds(): readonly Bed[];
  bedOf(patientId: string): Bed | null;
  /** The bed with its ages as of now, for a view; its alerts are those of the last commit. */
  shown(bed: Bed): Bed;
  /** One transaction with the ward as it would become; nobody sees it before it is durable. */
  commit<T>(work: (write: Writer, draft: WardDraft) => T): T;
  /** Lets time pass in every bed: once a second. A bed that fails is told of and costs no other bed anything. */
  tick(): void;
}

export interface WardPorts extends Omit<DraftPorts, 'now'> {
  readonly store: Store;
  readonly sealing: Sealing;
  readonly clock: Clock;
  readonly log: Log;
  readonly listener: WardListener;
}

/** An earlier set of vitals is found again after a restart, so that changes can be told at once. Ours. */
const EARLIER_AT_START_MS = 30 * 60_000;

export function createWard(ports: WardPorts): Ward {
  const now = (): Moment => momentOf(ports.clock);
  const draftPorts: DraftPorts = { ...ports, now };
  const beds = new Map<string, Bed>();
  for (const stay of readOpenStays(ports.store.read, ports.sealing))
    beds.set(stay.patient.id, restoreBed(ports, stay, now()));

  const commit = <T>(work: (write: Writer, draft: WardDraft) => T): T => {
    const draft = createDraft(draftPorts, beds);
    const value = ports.store.transaction((write) => work(write, draft));
    const { beds: changed, transitions } = draft.result();
    for (const [patientId, bed] of changed) {
      if (bed === null) beds.delete(patientId);
      else beds.set(patientId, bed);
    }
    for (const [patientId, bed] of changed) {
      if (bed === null) ports.listener.bedGone(patientId);
      else ports.listener.bedChanged(bed);
    }
    for (const moved of transitions) ports.listener.alertMoved(moved);
    return value;
  };

  return {
    beds: () => [...beds.values()],
    bedOf: (patientId) => beds.get(patientId) ?? null,
    shown: (bed) => ({ ...evaluate(draftPorts, bed, [], now()).bed, alerts: bed.alerts }),
    commit,
    tick: () => {
      const moment = now();
      for (const bed of [...beds.values()]) {
        try {
          passTime(bed, moment);
        } catch (error) {
          ports.log('error', 'tick-failed', { reason: reasonOf(error) });
          showAges(bed);
        }
      }
    },
  };

  function passTime(bed: Bed, moment: Moment): void {
    // Looked at first without a transaction: in most seconds nothing changes, and nothing is written.
    const passed = evaluate(draftPorts, bed, [], moment);
    const quiet =
      !passed.scoreChanged &&
      passed.transitions.length === 0 &&
      sameButForTime(bed.alerts, passed.bed.alerts);
    if (quiet) beds.set(bed.patient.id, passed.bed);
    else commit((write, draft) => draft.passTime(write, bed.patient.id));
  }

  /** What could not be written is still shown: the screen sees that values have grown old. */
  function showAges(bed: Bed): void {
    try {
      ports.listener.bedChanged(bed);
    } catch (error) {
      ports.log('error', 'bed-not-shown', { reason: reasonOf(error) });
    }
  }
}

/** A bed as it was before the restart, evaluated as of now; alerts move only with the next commit or tick. */
function restoreBed(ports: WardPorts, stay: Stay, now: Moment): Bed {
  const { read } = ports.store;
  const { patient } = stay;
  const score = scoreNews2({}, news2Patient(patient, now.wallMs));
  const empty = emptyBed(patient, stay.bed, stay.admittedMs, score, now);
  const steps = readScores(read, patient.id, now.wallMs - SCORE_HISTORY_MS);
  const rebooted = (set: StoredSet): StoredSet => sinceThisBoot(ports.clock, set, now);
  const sets = readRecentSets(read, patient.id, {
    wallMs: now.wallMs,
    bootId: ports.clock.bootId(),
  }).map(rebooted);
  const known = { ...empty, steps, score: steps.at(-1)?.score ?? score };
  const { bed } = evaluate({ ...ports, newId: () => 'unused' }, known, sets, now);
  return {
    ...bed,
    steps,
    alerts: readAlertState(read, ports.sealing, patient.id),
    earlier: earlierAtStart(read, ports, empty, now),
  };
}

function earlierAtStart(read: Reader, ports: WardPorts, empty: Bed, now: Moment): Bed['earlier'] {
  const then = { wallMs: now.wallMs - EARLIER_AT_START_MS, bootMs: now.bootMs - EARLIER_AT_START_MS };
  const sets = readSetsAsOf(read, empty.patient.id, then.wallMs).map((set) =>
    sinceThisBoot(ports.clock, set, now),
  );
  const newest = sets.at(-1);
  if (newest === undefined || then.wallMs - newest.observedMs > EARLIER_KEPT_MS) return [];
  const { bed } = evaluate({ ...ports, newId: () => 'unused' }, empty, sets, then);
  return [{ observedMs: newest.observedMs, vitals: bed.scoring.vitals }];
}

/** Boot times of an earlier start of the machine mean nothing now: the wall time between takes their place. */
function sinceThisBoot(clock: Clock, set: StoredSet, now: Moment): StoredSet {
  if (set.bootId !== null && set.bootId === clock.bootId() && set.receivedBootMs <= now.bootMs) return set;
  return { ...set, receivedBootMs: now.bootMs - Math.max(0, now.wallMs - set.receivedMs) };
}
