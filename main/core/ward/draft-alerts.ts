/** Writes the steps of alerts inside a draft's transaction: record, transition, audit row and the bed's state. */
import type { AlertRecord, AlertTransition } from '../../../app/alerting/alert.ts';
import { closed } from '../../../app/alerting/ladder.ts';
import { appendAudit } from '../audit/audit.ts';
import type { Sealing } from '../sealing/sealing.ts';
import type { Writer } from '../store/database.ts';
import { factsOf } from './alert-facts.ts';
import {
  insertAlert,
  insertTransition,
  type KeptAlert,
  updateAlert,
  writeAlertState,
} from './alerts-table.ts';
import type { Bed } from './bed.ts';

/** A step of an alert with the bed it happened in. */
export interface BedTransition {
  readonly transition: AlertTransition;
  readonly bed: Bed;
}

export interface AlertWritingPorts {
  readonly sealing: Sealing;
  /** Called inside the transaction for each alert that fires, so that its rule text is durable with it. */
  readonly onFired: (write: Writer, kept: KeptAlert, bed: Bed) => void;
}

/** Writes what an evaluation or an action did to a bed's alerts. */
export function writeSteps(
  ports: AlertWritingPorts,
  write: Writer,
  before: Bed,
  after: Bed,
  steps: readonly AlertTransition[],
): readonly BedTransition[] {
  const { sealing } = ports;
  for (const transition of steps) {
    const { alert } = transition;
    if (transition.cause === 'fired') {
      const kept = { alert, patientId: after.patient.id, bed: after.bed, facts: factsOf(after, alert) };
      insertAlert(write, sealing, kept);
      ports.onFired(write, kept, after);
    } else updateAlert(write, sealing, alert);
    insertTransition(write, transition);
    // What a person did is audited with the command.
    if (transition.cause !== 'person') auditStep(write, transition);
  }
  if (!sameButForTime(before.alerts, after.alerts))
    writeAlertState(write, sealing, after.patient.id, after.alerts);
  return steps.map((transition) => ({ transition, bed: after }));
}

/** An alert whose patient has left: nobody is left to act for, and the record says so. */
export function endedWithStay(alert: AlertRecord, at: string): AlertTransition {
  const ended = closed(alert, at, 'patient-left');
  return { cause: 'patient-left', from: alert.state, to: ended.state, at, by: null, alert: ended };
}

function auditStep(write: Writer, { alert, cause, at }: AlertTransition): void {
  const detail = { rule: alert.rule, version: alert.version, state: alert.state };
  appendAudit(write, at, { actor: 'system', action: `alert.${cause}`, subject: alert.id, detail });
}

/** Whether two alert states differ in nothing but the moment of their evaluation. */
export function sameButForTime(a: Bed['alerts'], b: Bed['alerts']): boolean {
  if (a === b) return true;
  const timeless = { evaluatedAt: null, evaluatedBy: null };
  return JSON.stringify({ ...a, ...timeless }) === JSON.stringify({ ...b, ...timeless });
}
