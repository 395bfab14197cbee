/** Starts a thread for one job on the record. */
import { Worker } from 'node:worker_threads';
import { type RecordAnswer, type RecordJob, recordAnswerSchema } from './record-jobs.ts';

export type RunRecordJob = (job: RecordJob) => Promise<RecordAnswer>;

export interface RecordJobs {
  /** Resolves with the answer, `failed` where the thread died; never rejects. */
  readonly run: RunRecordJob;
  /** Ends what is still running. */
  close(): Promise<void>;
}

const CLOSE_LIMIT_MS = 1000;

/** @param script `record-worker`, as source or bundled */
export function createRecordJobs(script: string | URL): RecordJobs {
  const running = new Set<Worker>();
  return {
    run: (job) =>
      new Promise((resolve) => {
        const worker = new Worker(script, { workerData: job });
        running.add(worker);
        worker.unref();
        let answer: RecordAnswer = { kind: 'failed', detail: 'the thread ended without an answer' };
        worker.on('message', (message) => {
          const parsed = recordAnswerSchema.safeParse(message);
          if (parsed.success) answer = parsed.data;
        });
        worker.on('error', (error) => {
          answer = { kind: 'failed', detail: error instanceof Error ? error.message : String(error) };
        });
        worker.on('exit', () => {
          running.delete(worker);
          resolve(answer);
        });
      }),
    close: async () => {
      // A thread inside SQLite ends when SQLite returns; the program does not wait for that.
      const ended = Promise.all([...running].map((worker) => worker.terminate()));
      await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, CLOSE_LIMIT_MS).unref())]);
    },
  };
}
