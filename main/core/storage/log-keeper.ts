/**
 * Gives the write-ahead log to a thread of its own once there is enough of it. While that thread is not there, or
 * when it has failed, commits take the log into the file themselves as before: the log never grows without an end.
 */
import type { Log } from '../log.ts';
import type { Store } from '../store/database.ts';
import type { StoreTrouble } from '../store/trouble.ts';
import { type LogPlace, logBytes } from './keep-log.ts';
import type { RunRecordJob } from './run-record-job.ts';

const LOOK_EVERY_MS = 1_000;
/** A quiet ward needs no thread for its log. Ours. */
const ENOUGH_BYTES = 1024 * 1024;
/** After a failure the thread is tried again so much later. Ours. */
const AGAIN_MS = 60_000;

export interface LogKeeper {
  /** Commits take the log over again; the thread itself ends with the record's other jobs. */
  close(): void;
}

export function createLogKeeper(ports: {
  readonly place: LogPlace;
  readonly store: Store;
  readonly run: RunRecordJob;
  readonly log: Log;
  /** The disk did not let the thread go on. */
  readonly onTrouble: (trouble: StoreTrouble, detail: string) => void;
}): LogKeeper {
  const { place, store, run, log } = ports;
  let running = false;
  let closed = false;
  let notBefore = 0;

  const keep = async (): Promise<void> => {
    running = true;
    store.takeLog('elsewhere');
    const answer = await run({ kind: 'keep-log', ...place });
    if (closed) return;
    store.takeLog('in-commits');
    running = false;
    notBefore = performance.now() + AGAIN_MS;
    const reason = answer.kind === 'keep-log' || answer.kind === 'failed' ? answer.detail : '';
    log('error', 'log-not-kept', { reason });
    if (answer.kind === 'keep-log' && answer.trouble !== null) ports.onTrouble(answer.trouble, reason);
  };
  const timer = setInterval(() => {
    if (running || performance.now() < notBefore || logBytes(place.userDataDir) < ENOUGH_BYTES) return;
    void keep();
  }, LOOK_EVERY_MS);
  timer.unref();
  return {
    close: () => {
      closed = true;
      clearInterval(timer);
      if (running) store.takeLog('in-commits');
    },
  };
}
