/**
 * Histories of beds, read on a thread of their own: reading a day of a monitored bed takes as long as a dozen messages,
 * and neither should wait for the other.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { type Log, reasonOf } from '../log.ts';
import type { Reader } from '../store/database.ts';
import {
  END_OF_HISTORIES,
  type HistoriesPlace,
  type HistoryRequest,
  historyAnswerSchema,
  historyOf,
} from './serve-histories.ts';

export type HistoryQuestion = Omit<HistoryRequest, 'id'>;

export interface Histories {
  /** As `packedHistorySchema` reads it. Never rejects for the thread's sake: what it cannot tell is read here. Rejects where the record cannot be read. */
  of(question: HistoryQuestion): Promise<string>;
  /** Starts the thread, so that the first question does not wait for it. */
  begin(): void;
  /** Resolves when the thread has answered what it was asked and has ended, or after a second. */
  close(): Promise<void>;
}

export interface HistoriesPorts extends Omit<HistoriesPlace, 'kind'> {
  /** `record-worker`, as source or bundled. */
  readonly script: string | URL;
  readonly read: Reader;
  readonly log: Log;
}

const CLOSE_LIMIT_MS = 1_000;

/** The thread is started by `begin` or the first question, and anew by the first after it has died. */
export function createHistories(ports: HistoriesPorts): Histories {
  const waiting = new Map<number, (answer: string | null) => void>();
  let worker: Worker | null = null;
  let asked = 0;
  let closed = false;

  function started(): Worker {
    const { script, userDataDir, nativeBinding, log } = ports;
    const place: HistoriesPlace = { kind: 'histories', userDataDir, nativeBinding };
    const mine = new Worker(script, { workerData: place });
    mine.unref();
    mine.on('message', (given) => {
      const answer = historyAnswerSchema.safeParse(given);
      if (!answer.success) return log('error', 'history-thread-failed', { reason: answer.error.message });
      const { id } = answer.data;
      if (answer.data.kind === 'failed')
        log('error', 'history-thread-failed', { reason: answer.data.detail });
      settle(id, answer.data.kind === 'rows' ? answer.data.rows : null);
    });
    mine.on('error', (error) => log('error', 'history-thread-failed', { reason: reasonOf(error) }));
    mine.on('exit', () => {
      if (worker === mine) worker = null;
      for (const id of [...waiting.keys()]) settle(id, null);
    });
    return mine;
  }

  function settle(id: number, answer: string | null): void {
    waiting.get(id)?.(answer);
    waiting.delete(id);
  }

  return {
    begin: () => {
      if (!closed) worker ??= started();
    },
    async of(question) {
      const here = (): string => historyOf(ports.read, question);
      if (closed) return here();
      worker ??= started();
      const id = ++asked;
      const told = await new Promise<string | null>((resolve) => {
        waiting.set(id, resolve);
        worker?.postMessage({ ...question, id } satisfies HistoryRequest);
      });
      return told ?? here();
    },
    async close() {
      closed = true;
      const mine = worker;
      worker = null;
      if (mine === null) return;
      // Asked to end and not ended: a thread that is stopped inside SQLite takes the whole process with it.
      const ended = new Promise<void>((resolve) => mine.once('exit', () => resolve()));
      mine.postMessage(END_OF_HISTORIES);
      await Promise.race([ended, delay(CLOSE_LIMIT_MS, undefined, { ref: false })]);
    },
  };
}
