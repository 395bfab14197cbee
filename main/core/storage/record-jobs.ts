/** Long reading of the record, on a thread of its own: backup, whole check, audit chain, the rest of a salvage. */
import { join } from 'node:path';
import { z } from 'zod';
import { chainVerdictSchema } from '../../../app/contract/calls/storage.ts';
import { verifyChain } from '../audit/verify-heads.ts';
import { backupResultSchema, integrityProblem, makeBackup } from '../backup/make-backup.ts';
import { salvageRest } from '../damage/salvage-record.ts';
import { RECORD_FILE } from '../record-files.ts';
import { openReadOnly, type ReadOnlyStore } from '../store/database.ts';
import { troubleOf } from '../store/watched-store.ts';

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
    kind: z.literal('salvage-rest'),
    userDataDir: z.string(),
    nativeBinding,
    sliceMs: z.number(),
  }),
]);
export type RecordJob = z.infer<typeof recordJobSchema>;

export const recordAnswerSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('backup'), result: backupResultSchema }),
  /** Null: nothing is wrong. */
  z.object({ kind: z.literal('integrity'), problem: z.string().nullable() }),
  z.object({ kind: z.literal('verify-chain'), verdict: chainVerdictSchema }),
  z.object({ kind: z.literal('salvage-rest'), unfinished: z.number().int() }),
  z.object({ kind: z.literal('failed'), detail: z.string() }),
]);
export type RecordAnswer = z.infer<typeof recordAnswerSchema>;

/** Does a job; blocks until it is done. */
export function doRecordJob(job: RecordJob): RecordAnswer {
  switch (job.kind) {
    case 'backup':
      return { kind: 'backup', result: makeBackup(job) };
    case 'salvage-rest':
      return { kind: 'salvage-rest', unfinished: salvageRest(job)?.unfinished.length ?? 0 };
    case 'verify-chain':
      return onRecord(job, ({ read }) => ({ kind: 'verify-chain', verdict: verifyChain(read) }));
    case 'integrity':
      try {
        return onRecord(job, ({ read }) => ({ kind: 'integrity', problem: integrityProblem(read) }));
      } catch (error) {
        if (troubleOf(error) !== 'damaged') throw error;
        return { kind: 'integrity', problem: error instanceof Error ? error.message : 'damaged' };
      }
  }
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
