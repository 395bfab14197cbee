/** The SQL of hosts, runs, attempts and what they told. */
import { z } from 'zod';
import { type ArtefactRefusal, artefactRefusalSchema } from '../../../app/learning/training/artefacts.ts';
import {
  ATTEMPT_PHASES,
  type Attempt,
  type AttemptPhase,
  attemptFailureSchema,
} from '../../../app/learning/training/attempt.ts';
import {
  type TrainingConfiguration,
  trainingConfigurationSchema,
} from '../../../app/learning/training/configuration.ts';
import type { HostPrice } from '../../../app/learning/training/cost.ts';
import { type TrainingEvent, trainingEventSchema } from '../../../app/learning/training/event.ts';
import { type TrainingHost, trainingHostSchema } from '../../../app/learning/training/host.ts';
import type { Reader, Writer } from '../store/database.ts';

export interface KeptHost {
  readonly id: string;
  readonly host: TrainingHost;
  /** Sealed. */
  readonly secrets: Uint8Array;
  readonly retired: boolean;
}

const hostRow = z.object({
  id: z.string(),
  settings: z.string(),
  secrets: z.instanceof(Uint8Array),
  retired_ms: z.number().nullable(),
});

/** In the order in which they were first saved. */
export function readHosts(read: Reader): KeptHost[] {
  return read
    .all(hostRow, 'SELECT id, settings, secrets, retired_ms FROM training_hosts ORDER BY rowid')
    .map(({ id, settings, secrets, retired_ms }) => ({
      id,
      host: trainingHostSchema.parse(JSON.parse(settings)),
      secrets,
      retired: retired_ms !== null,
    }));
}

export function saveHost(
  write: Writer,
  { id, host, secrets }: Omit<KeptHost, 'retired'>,
  nowMs: number,
  by: string,
): void {
  write.run(
    `INSERT INTO training_hosts (id, settings, secrets, saved_ms, saved_by) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET settings = excluded.settings, secrets = excluded.secrets,
       saved_ms = excluded.saved_ms, saved_by = excluded.saved_by`,
    id,
    JSON.stringify(host),
    secrets,
    nowMs,
    by,
  );
}

export function retireHost(write: Writer, id: string, nowMs: number): void {
  write.run('UPDATE training_hosts SET retired_ms = ? WHERE id = ?', nowMs, id);
}

export interface KeptRun {
  readonly id: string;
  readonly hostId: string;
  readonly dataSetId: string;
  readonly dataSetSha256: string;
  readonly configuration: TrainingConfiguration;
  readonly madeMs: number;
  readonly madeBy: string;
  readonly price: HostPrice;
  readonly ceiling: number | null;
  readonly artefacts: 'none' | 'fetched' | 'refused';
  readonly refusal: ArtefactRefusal | null;
}

const runRow = z.object({
  id: z.string(),
  host_id: z.string(),
  data_set_id: z.string(),
  data_set_sha256: z.string(),
  configuration: z.string(),
  made_ms: z.number(),
  made_by: z.string(),
  price_an_hour: z.number(),
  currency: z.string(),
  ceiling: z.number().nullable(),
  artefacts: z.enum(['none', 'fetched', 'refused']),
  artefacts_refusal: z.string().nullable(),
});

/** Newest first. */
export function readRuns(read: Reader): KeptRun[] {
  return read.all(runRow, 'SELECT * FROM training_runs ORDER BY made_ms DESC, id').map(runOf);
}

export function readRun(read: Reader, id: string): KeptRun | null {
  const row = read.one(runRow, 'SELECT * FROM training_runs WHERE id = ?', id);
  return row === null ? null : runOf(row);
}

function runOf(row: z.infer<typeof runRow>): KeptRun {
  return {
    id: row.id,
    hostId: row.host_id,
    dataSetId: row.data_set_id,
    dataSetSha256: row.data_set_sha256,
    configuration: trainingConfigurationSchema.parse(JSON.parse(row.configuration)),
    madeMs: row.made_ms,
    madeBy: row.made_by,
    price: { anHour: row.price_an_hour, currency: row.currency },
    ceiling: row.ceiling,
    artefacts: row.artefacts,
    refusal:
      row.artefacts_refusal === null ? null : artefactRefusalSchema.parse(JSON.parse(row.artefacts_refusal)),
  };
}

export function insertRun(write: Writer, run: KeptRun): void {
  write.run(
    `INSERT INTO training_runs (id, host_id, data_set_id, data_set_sha256, configuration, made_ms, made_by,
       price_an_hour, currency, ceiling) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    run.id,
    run.hostId,
    run.dataSetId,
    run.dataSetSha256,
    JSON.stringify(run.configuration),
    run.madeMs,
    run.madeBy,
    run.price.anHour,
    run.price.currency,
    run.ceiling,
  );
}

/** `null`: to be fetched (again). */
export function setArtefacts(
  write: Writer,
  runId: string,
  outcome: 'fetched' | ArtefactRefusal | null,
): void {
  const refusal = outcome === null || outcome === 'fetched' ? null : outcome;
  write.run(
    'UPDATE training_runs SET artefacts = ?, artefacts_refusal = ? WHERE id = ?',
    outcome === null ? 'none' : refusal === null ? 'fetched' : 'refused',
    refusal === null ? null : JSON.stringify(refusal),
    runId,
  );
}

export interface KeptAttempt extends Attempt {
  readonly id: string;
  readonly runId: string;
  readonly number: number;
  readonly package: string;
  readonly stopAskedBy: string | null;
  readonly beganMs: number | null;
  readonly endedMs: number | null;
  readonly clockAheadMs: number;
  readonly seenMs: number | null;
}

const attemptRow = z.object({
  id: z.string(),
  run_id: z.string(),
  number: z.number(),
  package: z.string(),
  phase: z.enum(ATTEMPT_PHASES),
  session: z.string().nullable(),
  called_ms: z.number().nullable(),
  stop_asked_ms: z.number().nullable(),
  stop_asked_by: z.string().nullable(),
  began_ms: z.number().nullable(),
  ended_ms: z.number().nullable(),
  clock_ahead_ms: z.number(),
  seen_ms: z.number().nullable(),
  failure: z.string().nullable(),
});

/** In their order; the last one is the one that counts. */
export function readAttempts(read: Reader, runId: string): KeptAttempt[] {
  return read
    .all(attemptRow, 'SELECT * FROM training_attempts WHERE run_id = ? ORDER BY number', runId)
    .map((row) => ({
      id: row.id,
      runId: row.run_id,
      number: row.number,
      package: row.package,
      phase: row.phase satisfies AttemptPhase,
      session: row.session,
      calledMs: row.called_ms,
      stopAskedMs: row.stop_asked_ms,
      stopAskedBy: row.stop_asked_by,
      beganMs: row.began_ms,
      endedMs: row.ended_ms,
      clockAheadMs: row.clock_ahead_ms,
      seenMs: row.seen_ms,
      failure: row.failure === null ? null : attemptFailureSchema.parse(JSON.parse(row.failure)),
    }));
}

export function insertAttempt(
  write: Writer,
  attempt: Pick<KeptAttempt, 'id' | 'runId' | 'number' | 'package'>,
  nowMs: number,
): void {
  write.run(
    `INSERT INTO training_attempts (id, run_id, number, package, phase, made_ms) VALUES (?, ?, ?, ?, 'prepared', ?)`,
    attempt.id,
    attempt.runId,
    attempt.number,
    attempt.package,
    nowMs,
  );
}

export function updateAttempt(write: Writer, attempt: KeptAttempt): void {
  write.run(
    `UPDATE training_attempts SET phase = ?, session = ?, called_ms = ?, stop_asked_ms = ?, stop_asked_by = ?,
       began_ms = ?, ended_ms = ?, clock_ahead_ms = ?, seen_ms = ?, failure = ? WHERE id = ?`,
    attempt.phase,
    attempt.session,
    attempt.calledMs,
    attempt.stopAskedMs,
    attempt.stopAskedBy,
    attempt.beganMs,
    attempt.endedMs,
    attempt.clockAheadMs,
    attempt.seenMs,
    attempt.failure === null ? null : JSON.stringify(attempt.failure),
    attempt.id,
  );
}

export function countEvents(read: Reader, attemptId: string): number {
  const row = read.one(
    z.object({ events: z.number() }),
    'SELECT count(*) AS events FROM training_events WHERE attempt_id = ?',
    attemptId,
  );
  return row?.events ?? 0;
}

/** An event that stands there already stays: the log tells the same again. */
export function insertEvents(
  write: Writer,
  attemptId: string,
  from: number,
  events: readonly TrainingEvent[],
): void {
  for (const [place, event] of events.entries())
    write.run(
      'INSERT OR IGNORE INTO training_events (attempt_id, number, event) VALUES (?, ?, ?)',
      attemptId,
      from + place,
      JSON.stringify(event),
    );
}

/** Everything that a run told, attempt by attempt. */
export function readEvents(read: Reader, runId: string): TrainingEvent[] {
  return read
    .all(
      z.object({ event: z.string() }),
      `SELECT e.event FROM training_events e JOIN training_attempts a ON a.id = e.attempt_id
       WHERE a.run_id = ? ORDER BY a.number, e.number`,
      runId,
    )
    .map(({ event }) => trainingEventSchema.parse(JSON.parse(event)));
}

/** The last thing that an attempt told. */
export function readLastEvent(read: Reader, attemptId: string): TrainingEvent | null {
  const row = read.one(
    z.object({ event: z.string() }),
    'SELECT event FROM training_events WHERE attempt_id = ? ORDER BY number DESC LIMIT 1',
    attemptId,
  );
  return row === null ? null : trainingEventSchema.parse(JSON.parse(row.event));
}
