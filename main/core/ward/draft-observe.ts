/**
 * Readings inside a draft. What a person is waiting for is scored in the same commit: single sets, hand entries,
 * corrections. A stream is only written, so that a flood of it is acknowledged at once, and scored right after the
 * commit (`streams.ts`): its rules wait for a minute of persistence anyway, and a crash in between is made good by
 * the evaluation at the next start.
 */
import type { AlertTransition } from '../../../app/alerting/alert.ts';
import type { Moment } from '../clock.ts';
import type { Writer } from '../store/database.ts';
import type { Bed } from './bed.ts';
import { type EvaluationPorts, evaluate, feedOf } from './evaluation.ts';
import { appendSet, type NewSet, readSetsBetween, type StoredSet } from './observations-table.ts';
import { appendScore } from './scores-table.ts';
import { oneASecond } from './streams.ts';

export interface ObservePorts extends EvaluationPorts {
  readonly now: () => Moment;
  /** Sets of the patient that are committed and not scored yet, oldest first. */
  readonly unscored: (patientId: string) => readonly StoredSet[];
}

export interface ObserveDraft {
  observe(write: Writer, before: Bed, sets: readonly NewSet[]): Bed;
  /** Scores the bed as of now with everything that is committed or in this draft. */
  score(write: Writer, before: Bed): Bed;
  /** Sets of this draft that wait for the evaluation after the commit, by patient. */
  readonly unscored: ReadonlyMap<string, readonly StoredSet[]>;
  /** Patients whose earlier waiting sets this draft has scored. */
  readonly scored: ReadonlySet<string>;
  /** A way back: undoes what was noted here since. */
  mark(): () => void;
}

export function createObserveDraft(
  ports: ObservePorts,
  keep: (write: Writer, before: Bed, after: Bed, steps: readonly AlertTransition[]) => void,
): ObserveDraft {
  const unscored = new Map<string, readonly StoredSet[]>();
  const scored = new Set<string>();
  const undo: (() => void)[] = [];

  const waitingOf = (patientId: string): readonly StoredSet[] => [
    ...(scored.has(patientId) ? [] : ports.unscored(patientId)),
    ...(unscored.get(patientId) ?? []),
  ];
  const setUnscored = (patientId: string, sets: readonly StoredSet[]): void => {
    const before = unscored.get(patientId);
    undo.push(() => {
      if (before === undefined) unscored.delete(patientId);
      else unscored.set(patientId, before);
    });
    if (sets.length === 0) unscored.delete(patientId);
    else unscored.set(patientId, sets);
  };
  const evaluateWith = (write: Writer, before: Bed, stored: readonly StoredSet[]): Bed => {
    const { id } = before.patient;
    const now = ports.now();
    const { sets, fresh } = oneASecond(before.sets, [...waitingOf(id), ...stored]);
    const { bed, transitions, scoreChanged } = evaluate(ports, { ...before, sets }, fresh, now);
    if (scoreChanged) appendScore(write, id, { atMs: now.wallMs, score: bed.score });
    setUnscored(id, []);
    if (!scored.has(id)) {
      scored.add(id);
      undo.push(() => scored.delete(id));
    }
    keep(write, before, bed, transitions);
    return bed;
  };

  return {
    observe: (write, before, sets) => {
      const now = ports.now();
      const stored = sets.map((set) => whatItRangOn(write, before, appendSet(write, set, now.wallMs)));
      if (!sets.every(isStream) || feedOf(ports, before) !== 'streamed')
        return evaluateWith(write, before, stored);
      setUnscored(before.patient.id, [...(unscored.get(before.patient.id) ?? []), ...stored]);
      return before;
    },
    score: (write, before) => evaluateWith(write, before, []),
    unscored,
    scored,
    mark: () => {
      const length = undo.length;
      return () => {
        while (undo.length > length) undo.pop()?.();
      };
    },
  };
}

/** What a monitor says first of a moment; a correction moves alerts at once. */
function isStream(set: NewSet): boolean {
  return set.source.kind === 'monitor' && set.corrects !== true && (set.withdraws?.length ?? 0) === 0;
}

/**
 * The set with those of its changed values alone on which an open alert rang: they were the newest of their vital then.
 * What newer values had replaced before it rang is nothing that the alert rests on.
 */
function whatItRangOn(write: Writer, { patient, alerts }: Bed, set: StoredSet): StoredSet {
  const { changed, ...rest } = set;
  if (changed === undefined) return set;
  const rang = changed.filter((vital) =>
    alerts.alerts.some(({ trigger, firedAt }) => {
      const firedMs = Date.parse(firedAt);
      if (trigger?.vitals.includes(vital) !== true || set.observedMs > firedMs) return false;
      const later = readSetsBetween(write, patient.id, set.observedMs + 1, firedMs);
      return !later.some((one) => one.values[vital] !== undefined && one.receivedMs <= firedMs);
    }),
  );
  return rang.length === 0 ? rest : { ...rest, changed: rang };
}
