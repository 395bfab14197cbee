/** How many bytes a second this machine's memory gives to so many threads: the limit of writing one token at a time. */
import { Worker } from 'node:worker_threads';

/** Larger than any cache. */
const BYTES = 256 * 2 ** 20;
const ROUNDS = 6;

/** Compares two equal buffers (the C library's memcmp reads both at full width), on each thread at once. */
const PROGRAM = `
const { parentPort, workerData: { bytes, rounds } } = require('node:worker_threads');
const one = Buffer.alloc(bytes, 1), other = Buffer.alloc(bytes, 1);
Buffer.compare(one, other);
parentPort.once('message', () => {
  const began = performance.now();
  for (let round = 0; round < rounds; round++) Buffer.compare(one, other);
  parentPort.postMessage(performance.now() - began);
});
parentPort.postMessage('ready');`;

/** Bytes a second. */
export async function measureBandwidth(threads: number): Promise<number> {
  const workers = Array.from(
    { length: threads },
    () => new Worker(PROGRAM, { eval: true, workerData: { bytes: BYTES, rounds: ROUNDS } }),
  );
  const next = (worker: Worker): Promise<unknown> =>
    new Promise((resolve) => worker.once('message', resolve));
  try {
    await Promise.all(workers.map(next));
    const times = workers.map(next);
    for (const worker of workers) worker.postMessage('go');
    const slowestMs = Math.max(...(await Promise.all(times)).map(Number));
    return (threads * 2 * BYTES * ROUNDS) / (slowestMs / 1000);
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}
