/** The thread that reads one uploaded document and ends. It may be stopped at any moment: nothing else depends on it. */
import { parentPort, workerData } from 'node:worker_threads';
import { documentJobSchema, readDocument } from './read-document.ts';

try {
  const { kind, bytes } = documentJobSchema.parse(workerData);
  parentPort?.postMessage({ ok: true, blocks: await readDocument(kind, bytes) });
} catch (error) {
  parentPort?.postMessage({ ok: false, detail: error instanceof Error ? error.message : 'unknown error' });
}
