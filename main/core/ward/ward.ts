/**
 * The ward in memory: built from the store at the start, moved by each commit, and by time once a second. What
 * it shows is always what the record says: a draft becomes the ward only after its transaction.
 */

import { scoreNews2 } from '../../../app/scoring/news2.ts';
import type { Clock, Moment } from '../clock.ts';
import { type Log, reasonOf } from '../log.ts';
import type { Sealing } from '../sealing/sealing.ts';
import type { Reader, Store, Writer } from '../store/database.ts';
import { readAlertState } from './alerts-table.ts';
import { type Bed, emptyBed, news2Patient } from './bed.ts';
import { createDraft, type DraftPorts, type WardDraft } from './draft.ts';
import { type BedTransition, sameButForTime } from './draft-alerts.ts';
import { bedAt, EARLIER_KEPT_MS, evaluate, SCORE_HISTORY_MS } from './evaluation.ts';
import { withSamples } from './minute-samples.ts';
import type { StoredSet } from './observations-table.ts';
import { readOpenStays, type Stay } from './patients-table.ts';
import { readRecentSets, readSamples, readSetsAsOf } from './recent-sets.ts';
import { thinnedSteps } from './score-steps.ts';
import { readScores } from './scores-table.ts';
import { steadyMoments, steadyOffsets } from './steady-time.ts';
import { createStreams, oneASecond, REST_FACTOR, TURN_MS } from './streams.ts';
import { createWardIndex } from './ward-index.ts';

export interface WardListener {
  /** The bed changed in what a screen shows of it. */
  bedChanged(bed: Bed): void;
  bedGone(patientId: string): void;
  alertMoved(moved: BedTransition): void;
  /** The bed's open alerts have another bed or another name now. */
  alertsRetold(bed: Bed): void;
}

export interface Ward {
  beds(): readonly Bed[];
  bedOf(patientId: string): Bed | null;
  /** The bed with its ages as of now, for a view; its alerts are those of the last commit. */
  shown(bed: Bed): Bed;
  /** One transaction with the ward as it would become; nobody sees it before it is durable. */
  commit<T>(work: (write: Writer, draft: WardDraft) => T): T;
  /**
   * As `commit`, but the ward shows it at once, and whoever sent it may be answered only when the store says that it
   * is durable: a power cut before that would take it from the record, and the sender, not answered, sends it again.
   */
  commitAhead<T>(work: (write: Writer, draft: WardDraft) => T): T;
  /**
   * Lets time pass in the beds that were not scored within the last second, all of them or, `slices` times a second,
   * their share of them. A bed that fails is told of and costs no other bed anything.
   */
  tick(slices?: number): void;
  close(): void;
}

export interface WardPorts extends Omit<DraftPorts, 'now' | 'unscored'> {
  readonly store: Store;
  readonly sealing: Sealing;
  readonly clock: Clock;
  readonly log: Log;
  readonly listener: WardListener;
}

/** An earlier set of vitals is found again after a restart, so that changes can be told at once. Ours. */
const EARLIER_AT_START_MS = 30 * 60_000;
/** A bed that was scored so short a time ago has its time passed already. */
const QUIET_MS = 900;

export function createWard(ports: WardPorts): Ward {
  const now = steadyMoments(ports.clock);
  const streams = createStreams();
  const draftPorts: DraftPorts = {
    ...ports,
    // The site may activate another policy while the ward runs: it counts from the next evaluation on.
    get policy() {
      return ports.policy;
    },
    now,
    clockOffset: steadyOffsets(ports.clockOffset),
    unscored: streams.unscored,
  };
  const beds = new Map<string, Bed>();
  const index = createWardIndex();
  /** Boot time at which the bed's time was last let pass; a bed that was restored has had none yet. */
  const passedAt = new Map<string, number>();
  for (const stay of readOpenStays(ports.store.read, ports.sealing)) {
    const bed = restoreBed(ports, stay, now());
    beds.set(stay.patient.id, bed);
    index.put(bed);
  }
  let turn: NodeJS.Timeout | null = null;
  let closed = false;
  let slice = 0;

  const { store } = ports;
  const commitBy = <T>(
    transaction: Store['transaction'],
    work: (write: Writer, draft: WardDraft) => T,
  ): T => {
    const draft = createDraft(draftPorts, beds, index);
    const value = transaction((write) => work(write, draft));
    const { beds: changed, transitions, unscored, scored, retold } = draft.result();
    for (const patientId of scored) streams.done(patientId);
    for (const [patientId, bed] of changed) {
      if (bed === null) {
        beds.delete(patientId);
        passedAt.delete(patientId);
        streams.done(patientId);
      } else {
        beds.set(patientId, bed);
        index.put(bed);
      }
    }
    for (const [patientId, sets] of unscored) if (beds.has(patientId)) streams.add(patientId, sets);
    if (unscored.size > 0) scheduleTurn(0);
    for (const [patientId, bed] of changed)
      tell(() => (bed === null ? ports.listener.bedGone(patientId) : ports.listener.bedChanged(bed)));
    for (const moved of transitions) tell(() => ports.listener.alertMoved(moved));
    for (const patientId of retold) {
      const bed = beds.get(patientId);
      if (bed !== undefined) tell(() => ports.listener.alertsRetold(bed));
    }
    return value;
  };
  const commit: Ward['commit'] = (work) => commitBy(store.transaction, work);
  const commitAhead: Ward['commitAhead'] = (work) => commitBy(store.commitAhead, work);
  /** What is committed stands: who cannot be told of it costs neither the others nor the answer to whoever sent it. */
  const tell = (one: () => void): void => {
    try {
      one();
    } catch (error) {
      ports.log('error', 'ward-not-told', { reason: reasonOf(error) });
    }
  };

  return {
    beds: () => [...beds.values()],
    bedOf: (patientId) => beds.get(patientId) ?? null,
    shown: (bed) => bedAt(draftPorts, bed, now()),
    commit,
    commitAhead,
    tick: (slices = 1) => {
      const moment = now();
      slice = (slice + 1) % slices;
      const due = [...beds.values()].filter(
        ({ patient }, at) =>
          at % slices === slice &&
          Math.abs(moment.bootMs - (passedAt.get(patient.id) ?? Number.NEGATIVE_INFINITY)) >= QUIET_MS,
      );
      score(due, moment);
    },
    close: () => {
      closed = true;
      if (turn !== null) clearTimeout(turn);
    },
  };

  /** Scores streams in short turns, so that what arrives meanwhile is acknowledged between them. */
  function scheduleTurn(afterMs: number): void {
    if (turn !== null || closed) return;
    turn = setTimeout(() => {
      turn = null;
      const began = performance.now();
      const moment = now();
      for (const patientId of streams.due(began)) {
        streams.scoredAt(patientId, performance.now());
        const bed = beds.get(patientId);
        if (bed === undefined) streams.done(patientId);
        else score([bed], moment);
        if (performance.now() - began > TURN_MS) break;
      }
      const next = streams.nextIn(performance.now());
      if (next !== null) scheduleTurn(Math.max(next, (performance.now() - began) * REST_FACTOR));
    }, afterMs);
  }

  /** Scores beds as of now. What changes in any of them is one commit; where that fails, each is tried by itself. */
  function score(some: readonly Bed[], moment: Moment): void {
    const moved: Bed[] = [];
    for (const bed of some) attempt(bed, () => void (passQuietly(bed, moment) || moved.push(bed)));
    if (moved.length === 0) return;
    try {
      // What time makes of the readings is worked out again after a power cut: nobody waits for the disk.
      commitAhead((write, draft) => {
        for (const bed of moved) draft.passTime(write, bed.patient.id);
      });
    } catch {
      for (const bed of moved)
        attempt(bed, () => commitAhead((write, draft) => draft.passTime(write, bed.patient.id)));
    }
  }

  /** Most of the time nothing is to be written. False where something is: then nothing is done yet. */
  function passQuietly(bed: Bed, moment: Moment): boolean {
    const { id } = bed.patient;
    const { sets, fresh } = oneASecond(bed.sets, streams.unscored(id));
    const passed = evaluate(draftPorts, { ...bed, sets }, fresh, moment);
    const quiet =
      !passed.scoreChanged &&
      passed.transitions.length === 0 &&
      sameButForTime(bed.alerts, passed.bed.alerts);
    if (!quiet) return false;
    beds.set(id, passed.bed);
    passedAt.set(id, moment.bootMs);
    streams.done(id);
    if (fresh.length > 0) tell(() => ports.listener.bedChanged(passed.bed));
    return true;
  }

  function attempt(bed: Bed, work: () => void): void {
    try {
      work();
    } catch (error) {
      ports.log('error', 'tick-failed', { reason: reasonOf(error) });
      // What could not be written is still shown: the screen sees that values have grown old.
      tell(() => ports.listener.bedChanged(bed));
    }
  }
}

/** A bed as it was before the restart, evaluated as of now; alerts move only with the next commit or tick. */
function restoreBed(ports: WardPorts, stay: Stay, now: Moment): Bed {
  const { read } = ports.store;
  const { patient } = stay;
  const score = scoreNews2({}, news2Patient(patient, now.wallMs));
  const empty = emptyBed(patient, stay.bed, stay.admittedMs, score, now);
  const steps = thinnedSteps(readScores(read, patient.id, now.wallMs - SCORE_HISTORY_MS));
  const rebooted = (set: StoredSet): StoredSet => sinceThisBoot(ports.clock, set, now);
  const sets = readRecentSets(read, patient.id, {
    wallMs: now.wallMs,
    bootId: ports.clock.bootId(),
  }).map(rebooted);
  const samples = withSamples({}, readSamples(read, patient.id, now.wallMs).map(rebooted));
  const known = { ...empty, steps, samples, score: steps.at(-1)?.score ?? score };
  const { bed } = evaluate({ ...ports, newId: () => 'unused' }, known, sets, now);
  return {
    ...bed,
    footing: null,
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
