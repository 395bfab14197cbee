/**
 * Grouped commits: everything that arrived in one turn of the event loop is one transaction and one fsync, and
 * only then is it acknowledged. A job that fails costs itself alone: the others are done again without it.
 */
import type { Writer } from '../store/database.ts';
import type { WardDraft } from '../ward/draft.ts';

export type CommitJob<T> = (write: Writer, draft: WardDraft) => T;

export interface CommitQueue {
  /** Resolves with the job's value after its commit; rejects where the job or the commit failed. */
  submit<T>(job: CommitJob<T>): Promise<T>;
}

/** Most jobs of one transaction, so that a flood does not keep the event loop for long. Ours. */
const MOST_IN_ONE = 64;

interface Waiting {
  /** Runs the job; returns what to tell its submitter after the commit. */
  run(write: Writer, draft: WardDraft): () => void;
  fail(error: unknown): void;
}

export function createCommitQueue(
  commit: <T>(work: (write: Writer, draft: WardDraft) => T) => T,
): CommitQueue {
  let waiting: Waiting[] = [];
  let scheduled = false;

  const schedule = (): void => {
    if (scheduled) return;
    scheduled = true;
    setImmediate(drain);
  };
  const drain = (): void => {
    scheduled = false;
    const batch = waiting.slice(0, MOST_IN_ONE);
    waiting = waiting.slice(MOST_IN_ONE);
    if (waiting.length > 0) schedule();
    commitTogether(batch);
  };
  const commitTogether = (batch: readonly Waiting[]): void => {
    let answers: readonly (() => void)[];
    try {
      answers = commit((write, draft) => batch.map((one) => one.run(write, draft)));
    } catch (error) {
      const [only] = batch;
      if (batch.length === 1 && only !== undefined) only.fail(error);
      else for (const one of batch) commitTogether([one]);
      return;
    }
    for (const answer of answers) answer();
  };

  return {
    submit: (job) =>
      new Promise((resolve, reject) => {
        waiting.push({
          run: (write, draft) => {
            const value = job(write, draft);
            return () => resolve(value);
          },
          fail: reject,
        });
        schedule();
      }),
  };
}
