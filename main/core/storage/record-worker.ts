/** The thread that does one job on the record and ends. */
import { parentPort, workerData } from 'node:worker_threads';
import { doRecordJob, type RecordAnswer, recordJobSchema } from './record-jobs.ts';

let answer: RecordAnswer;
try {
  answer = doRecordJob(recordJobSchema.parse(workerData), (done) =>
    parentPort?.postMessage({ kind: 'progress', done }),
  );
} catch (error) {
  answer = { kind: 'failed', detail: error instanceof Error ? error.message : 'unknown error' };
}
parentPort?.postMessage(answer);
