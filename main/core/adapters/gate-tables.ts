/** The SQL of gate runs and of what adapters on trial wrote. */
import { z } from 'zod';
import type { ExposureRow } from '../../../app/learning/adapters/watch.ts';
import { thresholdsSchema } from '../../../app/learning/gates/verdict.ts';
import type { Reader, Writer } from '../store/database.ts';

const runSettingsSchema = z.object({
  seed: z.number().int(),
  cases: z.number().int(),
  /** Ids of the prompts that are asked. */
  prompts: z.array(z.string()),
  languages: z.array(z.enum(['en', 'hi'])).min(1),
  promptFormat: z.enum(['chatml', 'llama3', 'alpaca']),
  baseSha256: z.string(),
  /** Written beside it: hash, or null for what came with the program. */
  inUse: z.string().nullable(),
  inUseVersion: z.string().nullable(),
  limits: thresholdsSchema,
});

const RUN_STATES = ['running', 'stopped', 'failed', 'ended'] as const;
export type RunState = (typeof RUN_STATES)[number];

const runRow = z
  .object({
    id: z.string(),
    adapter_id: z.string(),
    begun_by: z.string(),
    settings: z.string(),
    state: z.enum(RUN_STATES),
    detail: z.string().nullable(),
    report: z.string().nullable(),
  })
  .transform((row) => ({
    id: row.id,
    adapterId: row.adapter_id,
    begunBy: row.begun_by,
    settings: runSettingsSchema.parse(JSON.parse(row.settings)),
    state: row.state,
    detail: row.detail,
    report: row.report,
  }));
export type GateRun = z.output<typeof runRow>;

export function insertRun(
  write: Writer,
  run: Pick<GateRun, 'id' | 'adapterId' | 'begunBy' | 'settings'>,
  nowMs: number,
): void {
  write.run(
    "INSERT INTO gate_runs (id, adapter_id, begun_ms, begun_by, settings, state) VALUES (?, ?, ?, ?, ?, 'running')",
    run.id,
    run.adapterId,
    nowMs,
    run.begunBy,
    JSON.stringify(run.settings),
  );
}

export function setRunState(write: Writer, id: string, state: RunState, detail: string | null): void {
  write.run('UPDATE gate_runs SET state = ?, detail = ? WHERE id = ?', state, detail, id);
}

export function endRun(write: Writer, id: string, report: string): void {
  write.run("UPDATE gate_runs SET state = 'ended', detail = NULL, report = ? WHERE id = ?", report, id);
}

/** Newest first. */
export function readRuns(read: Reader): GateRun[] {
  return read.all(
    runRow,
    `SELECT id, adapter_id, begun_by, settings, state, detail, report FROM gate_runs
     ORDER BY begun_ms DESC, rowid DESC`,
  );
}

export function insertAnswer(write: Writer, runId: string, item: string, answer: unknown): void {
  write.run(
    'INSERT OR REPLACE INTO gate_answers (run_id, item, answer) VALUES (?, ?, ?)',
    runId,
    item,
    JSON.stringify(answer),
  );
}

export function readAnswers(read: Reader, runId: string): Map<string, unknown> {
  const rows = read.all(
    z.object({ item: z.string(), answer: z.string() }),
    'SELECT item, answer FROM gate_answers WHERE run_id = ?',
    runId,
  );
  return new Map(rows.map(({ item, answer }) => [item, JSON.parse(answer)]));
}

export function countAnswers(read: Reader, runId: string): number {
  return (
    read.one(
      z.object({ count: z.number() }),
      'SELECT count(*) AS count FROM gate_answers WHERE run_id = ?',
      runId,
    )?.count ?? 0
  );
}

export type TrialStage = 'shadow' | 'canary' | 'production';

export function insertExposure(
  write: Writer,
  about: { readonly adapterId: string; readonly stage: TrialStage; readonly explanationId: string },
  row: ExposureRow,
  nowMs: number,
): void {
  write.run(
    `INSERT INTO adapter_exposures
       (adapter_id, stage, explanation_id, at_ms, holes, shown, unsafe, unsafe_read, ms, other_ms)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    about.adapterId,
    about.stage,
    about.explanationId,
    nowMs,
    row.holes,
    row.shown,
    row.unsafe,
    row.unsafeRead,
    row.ms,
    row.otherMs,
  );
}

/** What an adapter wrote in a stage since a moment, oldest first. */
export function readExposures(
  read: Reader,
  adapterId: string,
  stage: TrialStage,
  sinceMs: number,
): ExposureRow[] {
  return read
    .all(
      z.object({
        holes: z.number(),
        shown: z.number(),
        unsafe: z.number(),
        unsafe_read: z.number(),
        ms: z.number().nullable(),
        other_ms: z.number().nullable(),
      }),
      `SELECT holes, shown, unsafe, unsafe_read, ms, other_ms FROM adapter_exposures
       WHERE adapter_id = ? AND stage = ? AND at_ms >= ? ORDER BY number`,
      adapterId,
      stage,
      sinceMs,
    )
    .map(({ unsafe_read: unsafeRead, other_ms: otherMs, ...row }) => ({ ...row, unsafeRead, otherMs }));
}
