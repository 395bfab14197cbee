/**
 * A ward without a store and without a clock: rows of a table in, alert transitions out. Time is the rows' own, and
 * between two rows it stops at every moment at which something may change by time alone. The same rows under the
 * same policy give the same transitions, whoever replays them and however fast.
 */
import type { AlertTransition } from '../../../app/alerting/alert.ts';
import type { VitalValues } from '../../../app/observation/vital.ts';
import { scoreNews2 } from '../../../app/scoring/news2.ts';
import type { Score } from '../../../app/scoring/score.ts';
import type { Moment } from '../clock.ts';
import { type Bed, emptyBed, news2Patient } from '../ward/bed.ts';
import { type EvaluationPorts, evaluate, type WardPolicy } from '../ward/evaluation.ts';
import type { StoredSet } from '../ward/observations-table.ts';
import type { Patient } from '../ward/patients-table.ts';
import { nextDue } from './next-due.ts';

/** What is known of a replayed patient. Left out: an adult, not pregnant, on scale 1. */
export type ReplayPatient = Pick<Patient, 'id'> & Partial<Patient>;

/** One moment of one patient. */
export interface ReplaySet {
  readonly patientId: string;
  /** Milliseconds since 1970 on the table's own clock. */
  readonly atMs: number;
  readonly values: VitalValues;
  /** Left out: the table itself. */
  readonly source?: StoredSet['source'];
}

export interface ReplayedTransition {
  readonly patientId: string;
  readonly atMs: number;
  readonly transition: AlertTransition;
  /** The score at that moment, which may be another one than it fired on. */
  readonly score: Score;
}

export interface ReplayWard {
  /** Who a patient is, before their first set; a patient who is not told of is an adult of whom nothing is known. */
  admit(patient: ReplayPatient, atMs: number): void;
  /** Lets the patient's time pass until the set, then takes it. Sets of one patient come in the order of time. */
  give(set: ReplaySet): readonly ReplayedTransition[];
  /** Lets the patient's time pass up to a moment. */
  until(patientId: string, atMs: number): readonly ReplayedTransition[];
}

export interface ReplayOptions {
  /** A table is charted unless it is declared streamed (clinical reference). */
  readonly streamed: boolean;
}

const TABLE: StoredSet['source'] = { kind: 'import', name: 'table' };
/** A score may change how long charted values are valid, and so itself; it settles within a few rounds. */
const MOST_ROUNDS = 4;

export function createReplayWard(policy: WardPolicy, options: ReplayOptions): ReplayWard {
  const beds = new Map<string, Bed>();
  let setIds = 0;
  let alertIds = 0;
  const ports: EvaluationPorts = {
    policy,
    clockOffset: () => 0,
    withoutTrends: true,
    feedModeOf: () => (options.streamed ? 'streamed' : 'charted'),
    newId: () => {
      alertIds += 1;
      return `alert-${alertIds}`;
    },
  };

  const bedOf = (patientId: string, atMs: number): Bed => {
    const known = beds.get(patientId);
    if (known !== undefined) return known;
    const bed = emptyReplayBed({ id: patientId }, atMs);
    beds.set(patientId, bed);
    return bed;
  };

  const step = (bed: Bed, sets: readonly StoredSet[], atMs: number): [Bed, ReplayedTransition[]] => {
    const found: ReplayedTransition[] = [];
    let after = bed;
    let fresh = sets;
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      const evaluated = evaluate(ports, after, fresh, momentAt(atMs));
      after = evaluated.bed;
      fresh = [];
      for (const transition of evaluated.transitions)
        found.push({ patientId: bed.patient.id, atMs, transition, score: after.score });
      if (!evaluated.scoreChanged) break;
    }
    beds.set(bed.patient.id, after);
    return [after, found];
  };

  const passTime = (patientId: string, untilMs: number): ReplayedTransition[] => {
    const found: ReplayedTransition[] = [];
    let bed = beds.get(patientId);
    while (bed !== undefined) {
      const due: number | null = nextDue(bed, policy);
      if (due === null || due > untilMs) break;
      const [after, moved] = step(bed, [], due);
      found.push(...moved);
      bed = after;
    }
    return found;
  };

  return {
    admit: (patient, atMs) => void beds.set(patient.id, emptyReplayBed(patient, atMs)),
    give: ({ patientId, atMs, values, source = TABLE }) => {
      const before = beds.get(patientId);
      if (before !== undefined && atMs < before.evaluated.wallMs)
        throw new Error('sets of one patient are replayed in the order of time');
      // What is due at the very moment of a set is told by the set: nobody saw the moment before it.
      const passed = passTime(patientId, atMs - 1);
      setIds += 1;
      const kind = options.streamed && source.kind === 'import' ? 'monitor' : source.kind;
      const set = storedSet(setIds, patientId, atMs, values, { ...source, kind });
      const [, found] = step(bedOf(patientId, atMs), [set], atMs);
      return [...passed, ...found];
    },
    until: (patientId, atMs) => passTime(patientId, atMs),
  };
}

/** Both clocks of a replay are the table's: it was never suspended and nobody set it. */
function momentAt(atMs: number): Moment {
  return { wallMs: atMs, bootMs: atMs, bootId: 'replay' };
}

function emptyReplayBed(given: ReplayPatient, atMs: number): Bed {
  const patient: Patient = {
    name: '',
    identifier: given.id,
    birthDate: null,
    sex: 'unknown',
    pregnant: false,
    spo2Scale: 1,
    demonstration: false,
    ...given,
  };
  const score = scoreNews2({}, news2Patient(patient, atMs));
  return emptyBed(patient, given.id, atMs, score, momentAt(atMs));
}

function storedSet(
  id: number,
  patientId: string,
  atMs: number,
  values: VitalValues,
  source: StoredSet['source'],
): StoredSet {
  const at = new Date(atMs).toISOString();
  return {
    id,
    patientId,
    observedAt: at,
    observedMs: atMs,
    receivedAt: at,
    receivedMs: atMs,
    receivedBootMs: atMs,
    bootId: 'replay',
    committedMs: atMs,
    source,
    values,
  };
}
