/** Long reading of the record, on a thread of its own: backup, whole check, audit chain, the rest of a salvage. */
import { join } from 'node:path';
import { z } from 'zod';
import { auditFilterSchema, chainVerdictSchema } from '../../../app/contract/calls/storage.ts';
import { auditPageSchema, listAudit, saveAuditList } from '../audit/audit-list.ts';
import { verifyChain } from '../audit/verify-heads.ts';
import { backupResultSchema, integrityProblem, makeBackup } from '../backup/make-backup.ts';
import { salvageRest } from '../damage/salvage-rest.ts';
import { builtDataSetSchema, dataSetJobSchema } from '../learning/data-set-job.ts';
import { countedSchema, guideJobSchema } from '../monitoring/guide-counts.ts';
import { simulate, simulationJobSchema, simulationResultSchema } from '../policy/simulate.ts';
import { RECORD_FILE } from '../record-files.ts';
import { openReadOnly, type ReadOnlyStore } from '../store/database.ts';
import { troubleOf } from '../store/trouble.ts';
import { keepLog } from './keep-log.ts';

const nativeBinding = z.string().nullable();
export const recordJobSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('backup'),
    file: z.string(),
    out: z.string(),
    nativeBinding,
    program: z.string(),
    createdAt: z.string(),
  }),
  z.object({ kind: z.literal('integrity'), userDataDir: z.string(), nativeBinding }),
  z.object({ kind: z.literal('verify-chain'), userDataDir: z.string(), nativeBinding }),
  z.object({
    kind: z.literal('list-audit'),
    userDataDir: z.string(),
    nativeBinding,
    filter: auditFilterSchema,
    before: z.number().int().nullable(),
  }),
  z.object({
    kind: z.literal('save-audit'),
    userDataDir: z.string(),
    nativeBinding,
    filter: auditFilterSchema,
    folder: z.string(),
    at: z.string(),
  }),
  z.object({
    kind: z.literal('salvage-rest'),
    userDataDir: z.string(),
    nativeBinding,
    sliceMs: z.number(),
  }),
  simulationJobSchema.extend({ kind: z.literal('simulate') }),
  dataSetJobSchema.extend({ kind: z.literal('data-set') }),
  guideJobSchema.extend({ kind: z.literal('guide') }),
  /** Goes on until its thread is ended. */
  z.object({ kind: z.literal('keep-log'), userDataDir: z.string(), nativeBinding }),
]);
export type RecordJob = z.infer<typeof recordJobSchema>;

export const recordAnswerSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('backup'), result: backupResultSchema }),
  /** Null: nothing is wrong. */
  z.object({ kind: z.literal('integrity'), problem: z.string().nullable() }),
  z.object({ kind: z.literal('verify-chain'), verdict: chainVerdictSchema }),
  z.object({ kind: z.literal('list-audit'), page: auditPageSchema }),
  z.object({ kind: z.literal('save-audit'), file: z.string(), rows: z.number().int(), sha256: z.string() }),
  z.object({ kind: z.literal('salvage-rest'), over: z.boolean() }),
  z.object({ kind: z.literal('simulate'), result: simulationResultSchema }),
  z.object({ kind: z.literal('data-set'), result: builtDataSetSchema }),
  z.object({ kind: z.literal('guide'), counted: countedSchema }),
  /** Why the thread could not go on; `trouble` is null where it was nothing of the disk's. */
  z.object({
    kind: z.literal('keep-log'),
    trouble: z.enum(['full', 'unwritable', 'damaged']).nullable(),
    detail: z.string(),
  }),
  z.object({ kind: z.literal('failed'), detail: z.string() }),
]);
export type RecordAnswer = z.infer<typeof recordAnswerSchema>;

/** What a simulation says while it runs and at its end. */
export const simulationMessageSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('progress'), done: z.number().min(0).max(1) }),
  z.object({ kind: z.literal('simulate'), result: simulationResultSchema }),
  z.object({ kind: z.literal('failed'), detail: z.string() }),
]);

/** Does a job; blocks until it is done. */
export function doRecordJob(
  job: Exclude<RecordJob, { kind: 'data-set' | 'guide' }>,
  progress: (done: number) => void = () => {},
): RecordAnswer {
  switch (job.kind) {
    case 'simulate':
      return onRecord(job, ({ read }) => ({ kind: 'simulate', result: simulate(read, job, progress) }));
    case 'keep-log':
      try {
        return keepLog(job);
      } catch (error) {
        const detail = error instanceof Error ? error.message : 'unknown error';
        return { kind: 'keep-log', trouble: troubleOf(error), detail };
      }
    case 'backup':
      return { kind: 'backup', result: makeBackup(job) };
    case 'salvage-rest':
      return { kind: 'salvage-rest', over: salvageRest(job)?.stage !== 'rest' };
    case 'verify-chain':
      return onRecord(job, ({ read }) => ({ kind: 'verify-chain', verdict: verifyChain(read) }));
    case 'list-audit':
      return onRecord(job, ({ read }) => ({
        kind: 'list-audit',
        page: listAudit(read, job.filter, job.before),
      }));
    case 'save-audit':
      return onRecord(job, ({ read }) => ({
        kind: 'save-audit',
        ...saveAuditList(read, job.filter, job.folder, job.at),
      }));
    case 'integrity':
      try {
        return onRecord(job, ({ read }) => ({ kind: 'integrity', problem: integrityProblem(read) }));
      } catch (error) {
        if (troubleOf(error) !== 'damaged') throw error;
        return { kind: 'integrity', problem: error instanceof Error ? error.message : 'damaged' };
      }
  }
}

/** Builds a data set; what that takes is loaded for it alone, because every other job starts sooner without it. */
export async function doDataSetJob(job: Extract<RecordJob, { kind: 'data-set' }>): Promise<RecordAnswer> {
  const { buildDataSetFiles } = await import('../learning/build-data-set.ts');
  return onRecord(job, ({ read }) => ({ kind: 'data-set', result: buildDataSetFiles(read, job) }));
}

/** Reads the guide's figures, likewise. */
export async function doGuideJob(job: Extract<RecordJob, { kind: 'guide' }>): Promise<RecordAnswer> {
  const { readGuide } = await import('../monitoring/guide-job.ts');
  return onRecord(job, ({ read }) => ({ kind: 'guide', counted: readGuide(read, job.fromMs) }));
}

function onRecord(
  job: { readonly userDataDir: string; readonly nativeBinding: string | null },
  look: (store: ReadOnlyStore) => RecordAnswer,
): RecordAnswer {
  const opened = openReadOnly({
    file: join(job.userDataDir, RECORD_FILE),
    ...(job.nativeBinding === null ? {} : { nativeBinding: job.nativeBinding }),
  });
  if (!opened.ok) return { kind: 'failed', detail: JSON.stringify(opened.failure) };
  try {
    return look(opened.store);
  } finally {
    opened.store.close();
  }
}
