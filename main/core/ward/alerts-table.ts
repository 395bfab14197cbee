/** The SQL of `alerts`, `alert_transitions` and `alert_state`. People's reasons stand in records, so those are sealed. */
import { z } from 'zod';
import {
  type AlertRecord,
  type AlertTransition,
  alertRecordSchema,
  type BedAlertState,
  bedAlertStateSchema,
  NO_ALERTS,
  OPEN_ALERT_STATES,
} from '../../../app/alerting/alert.ts';
import { type FactsInput, factsSchema } from '../../../app/explanation/explanation.ts';
import type { Sealing } from '../sealing/sealing.ts';
import type { Reader, Writer } from '../store/database.ts';

/** An alert with whom and where it is about. */
export interface KeptAlert {
  readonly alert: AlertRecord;
  readonly patientId: string;
  readonly bed: string;
  /** The record it fired on, without identity. */
  readonly facts: FactsInput;
}

const blob = z.instanceof(Uint8Array);
const keptRow = z.object({ patient_id: z.string(), bed: z.string(), alert_sealed: blob, facts: z.string() });
const KEPT_COLUMNS = 'patient_id, bed, alert_sealed, facts';

/** An alert that has just fired, with its record. */
export function insertAlert(write: Writer, sealing: Sealing, kept: KeptAlert): void {
  const { alert } = kept;
  write.run(
    `INSERT INTO alerts (id, patient_id, bed, rule, fired_ms, open, version, alert_sealed, facts)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    alert.id,
    kept.patientId,
    kept.bed,
    alert.rule,
    Date.parse(alert.firedAt),
    Number(OPEN_ALERT_STATES.includes(alert.state)),
    alert.version,
    sealing.seal('alerts.alert', JSON.stringify(alert)),
    JSON.stringify(kept.facts),
  );
}

export function updateAlert(write: Writer, sealing: Sealing, alert: AlertRecord): void {
  write.run(
    'UPDATE alerts SET open = ?, version = ?, alert_sealed = ? WHERE id = ?',
    Number(OPEN_ALERT_STATES.includes(alert.state)),
    alert.version,
    sealing.seal('alerts.alert', JSON.stringify(alert)),
    alert.id,
  );
}

export function insertTransition(write: Writer, transition: AlertTransition): void {
  write.run(
    `INSERT INTO alert_transitions (alert_id, version, at_ms, from_state, to_state, cause, actor, action)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    transition.alert.id,
    transition.alert.version,
    Date.parse(transition.at),
    transition.from,
    transition.to,
    transition.cause,
    transition.by,
    transition.cause === 'person' ? (transition.alert.lastAction?.action ?? null) : null,
  );
}

export function readAlert(read: Reader, sealing: Sealing, alertId: string): KeptAlert | null {
  const row = read.one(keptRow, `SELECT ${KEPT_COLUMNS} FROM alerts WHERE id = ?`, alertId);
  return row === null ? null : keptOf(row, sealing);
}

/** Alerts, open and closed, newest first; of one patient, or of everybody where `patientId` is null. */
export function readAlerts(
  read: Reader,
  sealing: Sealing,
  patientId: string | null,
  most: number,
): KeptAlert[] {
  return read
    .all(
      keptRow,
      `SELECT ${KEPT_COLUMNS} FROM alerts WHERE ? IS NULL OR patient_id = ?
       ORDER BY fired_ms DESC, rowid DESC LIMIT ?`,
      patientId,
      patientId,
      most,
    )
    .map((row) => keptOf(row, sealing));
}

const stateRow = z.object({ state_sealed: blob });

export function readAlertState(read: Reader, sealing: Sealing, patientId: string): BedAlertState {
  const row = read.one(stateRow, 'SELECT state_sealed FROM alert_state WHERE patient_id = ?', patientId);
  if (row === null) return NO_ALERTS;
  return bedAlertStateSchema.parse(JSON.parse(sealing.openText('alert_state.state', row.state_sealed)));
}

export function writeAlertState(
  write: Writer,
  sealing: Sealing,
  patientId: string,
  state: BedAlertState,
): void {
  write.run(
    `INSERT INTO alert_state (patient_id, state_sealed) VALUES (?, ?)
     ON CONFLICT (patient_id) DO UPDATE SET state_sealed = excluded.state_sealed`,
    patientId,
    sealing.seal('alert_state.state', JSON.stringify(state)),
  );
}

function keptOf(row: z.infer<typeof keptRow>, sealing: Sealing): KeptAlert {
  return {
    alert: alertRecordSchema.parse(JSON.parse(sealing.openText('alerts.alert', row.alert_sealed))),
    patientId: row.patient_id,
    bed: row.bed,
    facts: factsSchema.parse(JSON.parse(row.facts)),
  };
}
