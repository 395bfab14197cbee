/** A bed and its sets for tests of the evaluation: both clocks are the test's, nothing is stored. */
import { DEFAULT_ALERT_POLICY } from '../../../app/alerting/policy.ts';
import type { SourceKind } from '../../../app/observation/observation.ts';
import { DEFAULT_VALIDITY_POLICY } from '../../../app/observation/validity.ts';
import type { Vital, VitalValues } from '../../../app/observation/vital.ts';
import { scoreNews2 } from '../../../app/scoring/news2.ts';
import type { Moment } from '../clock.ts';
import { type Bed, emptyBed } from './bed.ts';
import { bedAt, type EvaluationPorts, evaluate } from './evaluation.ts';
import type { StoredSet } from './observations-table.ts';

export const START: Moment = { wallMs: Date.UTC(2026, 8, 12, 12), bootMs: 1_000_000_000 };

export interface Given {
  readonly values: VitalValues;
  readonly kind?: SourceKind;
  readonly name?: string;
  /** The stamp (wall ms); now where it is left out. */
  readonly observedMs?: number;
  readonly unavailable?: readonly Vital[];
}

export interface TestBed {
  /** Both clocks go on. */
  advance(ms: number): void;
  /** Only the wall clock moves: somebody set it. */
  setWall(byMs: number): void;
  now(): Moment;
  /** Sets arrive now. */
  give(...given: readonly Given[]): Bed;
  /** Time has passed. */
  look(): Bed;
  /** The bed so many milliseconds later, which is not kept: as it is told, and worked out in full. */
  later(
    ms: number,
    wallSetByMs?: number,
  ): { readonly told: Bed; readonly inFull: Bed; readonly quick: boolean };
  /** The sets that were given, as the store has them. */
  sets(): readonly StoredSet[];
}

export function testBed(offset: (source: string) => number = () => 0): TestBed {
  let { wallMs, bootMs } = START;
  let bed = emptyBed(PATIENT, 'B1', wallMs, scoreNews2({}), START);
  const given: StoredSet[] = [];
  const now = (): Moment => ({ wallMs, bootMs, bootId: 'start-1' });
  const ports: EvaluationPorts = {
    policy: { validity: DEFAULT_VALIDITY_POLICY, alerts: DEFAULT_ALERT_POLICY },
    clockOffset: offset,
    newId: () => `alert-${bed.alerts.alerts.length + 1}`,
  };
  const step = (sets: readonly StoredSet[]): Bed => {
    bed = evaluate(ports, bed, sets, now()).bed;
    return bed;
  };
  return {
    advance: (ms) => {
      wallMs += ms;
      bootMs += ms;
    },
    setWall: (byMs) => {
      wallMs += byMs;
    },
    now,
    give: (...some) => {
      const sets = some.map((one, index) => storedSet(one, given.length + index + 1, now()));
      given.push(...sets);
      return step(sets);
    },
    look: () => step([]),
    later: (ms, wallSetByMs = 0) => {
      const then = { wallMs: wallMs + ms + wallSetByMs, bootMs: bootMs + ms, bootId: 'start-1' };
      const told = bedAt(ports, bed, then);
      const inFull = bedAt(ports, { ...bed, footing: null }, then);
      return { told, inFull, quick: told.footing === bed.footing && told.footing !== null };
    },
    sets: () => given,
  };
}

const PATIENT: Bed['patient'] = {
  id: 'asha',
  name: 'Asha Rao',
  identifier: 'M1',
  birthDate: null,
  sex: 'F',
  pregnant: false,
  spo2Scale: 1,
  demonstration: false,
};

function storedSet(given: Given, id: number, now: Moment): StoredSet {
  const { values, kind = 'monitor', name = 'M1', observedMs = now.wallMs, unavailable } = given;
  return {
    id,
    patientId: 'asha',
    observedAt: new Date(observedMs).toISOString(),
    observedMs,
    receivedAt: new Date(now.wallMs).toISOString(),
    receivedMs: now.wallMs,
    receivedBootMs: now.bootMs,
    bootId: 'start-1',
    committedMs: now.wallMs,
    source: { kind, name },
    values,
    ...(unavailable === undefined ? {} : { unavailable }),
  };
}
