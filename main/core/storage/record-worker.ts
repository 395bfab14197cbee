/** The thread that does one job on the record and ends, or reads histories until it is ended. */
import { parentPort, workerData } from 'node:worker_threads';
import { historiesPlaceSchema, serveHistories } from '../ward/serve-histories.ts';
import { doDataSetJob, doGuideJob, doRecordJob, type RecordAnswer, recordJobSchema } from './record-jobs.ts';

const place = historiesPlaceSchema.safeParse(workerData);
if (place.success && parentPort !== null) serveHistories(place.data, parentPort);
else void answerOf(workerData).then((answer) => parentPort?.postMessage(answer));

async function answerOf(given: unknown): Promise<RecordAnswer> {
  try {
    const job = recordJobSchema.parse(given);
    if (job.kind === 'data-set') return await doDataSetJob(job);
    if (job.kind === 'guide') return await doGuideJob(job);
    return doRecordJob(job, (done) => parentPort?.postMessage({ kind: 'progress', done }));
  } catch (error) {
    return { kind: 'failed', detail: error instanceof Error ? error.message : 'unknown error' };
  }
}
