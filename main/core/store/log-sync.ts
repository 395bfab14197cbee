/**
 * Makes the write-ahead log durable beside the event loop: a disk takes milliseconds for it, now and then a hundred, and
 * meanwhile messages are read and scored. One request covers all that was written before it began.
 */
import { close, fdatasync, open } from 'node:fs';
import { promisify } from 'node:util';

export interface LogSync {
  /** Something was added to the log. */
  grew(): void;
  /** Resolves when all that was added by now is durable; rejects with `LogNotDurable`. */
  durable(): Promise<void>;
  /** The disk has failed to make something durable, and `mended` was not called since. */
  hasFailed(): boolean;
  /** All of the log is durable by other means. */
  mended(): void;
  /** False for a while after a failure: commits then wait for the disk themselves, as SQLite does it. */
  isTrusted(): boolean;
  /** To be called when SQLite has closed the log, and so made it durable. */
  close(): void;
}

/** Makes the content of an open file durable; rejects with the system's error. */
export type SyncFile = (file: number) => Promise<void>;

/** Something that was committed may not outlive a power cut; `cause` is the system's error where there was one. */
export class LogNotDurable extends Error {
  constructor(cause?: unknown) {
    super('the log could not be made durable', { cause });
    this.name = 'LogNotDurable';
  }
}

/** After a failure it is not tried again for so long. Ours. */
const DISTRUST_MS = 60_000;

const openFile = promisify(open);
const closeFile = promisify(close);

interface Waiter {
  readonly until: number;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** `file`: the log. It is SQLite's to make and to remove; here it is opened beside it, which touches no lock of SQLite. */
export function createLogSync(file: string, sync: SyncFile = promisify(fdatasync)): LogSync {
  let written = 0;
  let durable = 0;
  let waiters: Waiter[] = [];
  let running = false;
  let failed = false;
  let trustedFrom = Number.NEGATIVE_INFINITY;
  let closed = false;
  let opened: number | null = null;

  const run = async (): Promise<void> => {
    running = true;
    while (waiters.length > 0 && !closed) {
      const until = written;
      try {
        // To write: on Windows only such a file can be made durable.
        opened ??= await openFile(file, 'r+');
        await sync(opened);
        durable = until;
        settle(until, (waiter) => waiter.resolve());
      } catch (error) {
        // All of them: what came after is behind what is not durable.
        failed = true;
        trustedFrom = performance.now() + DISTRUST_MS;
        const problem = new LogNotDurable(error);
        settle(written, (waiter) => waiter.reject(problem));
      }
    }
    running = false;
    if (closed) void leave();
  };
  const settle = (until: number, tell: (waiter: Waiter) => void): void => {
    const told = waiters.filter((waiter) => waiter.until <= until);
    waiters = waiters.filter((waiter) => waiter.until > until);
    for (const waiter of told) tell(waiter);
  };
  const leave = async (): Promise<void> => {
    const file = opened;
    opened = null;
    if (file !== null) await closeFile(file);
  };

  return {
    grew: () => {
      written += 1;
    },
    durable: () => {
      if (failed) return Promise.reject(new LogNotDurable());
      if (closed || durable >= written) return Promise.resolve();
      return new Promise((resolve, reject) => {
        waiters.push({ until: written, resolve, reject });
        if (!running) void run();
      });
    },
    hasFailed: () => failed,
    isTrusted: () => performance.now() >= trustedFrom,
    mended: () => {
      failed = false;
      durable = written;
    },
    close: () => {
      closed = true;
      settle(written, (waiter) => waiter.resolve());
      if (!running) void leave();
    },
  };
}
