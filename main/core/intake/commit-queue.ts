/**
 * Grouped commits: what has arrived is done in one transaction, and acknowledged when the disk has made it durable.
 * While the disk is at it the next group is done. A job that fails costs itself alone; where the commit fails, all of its jobs have failed and nothing happened.
 *
 * A commit costs as much as the work of a dozen messages, whatever is in it. So where messages come thick, the next
 * commit waits a little for those that are on their way; whoever sends alone, or waits for an answer, waits for nobody.
 */
import type { Writer } from '../store/database.ts';
import type { WardDraft } from '../ward/draft.ts';
import type { MessageBodies } from './message-bodies.ts';

export type CommitJob<T> = (write: Writer, draft: WardDraft, bodies: MessageBodies) => T;

export interface CommitQueue {
  /** Resolves with the job's value after its commit; rejects where the job or the commit failed. */
  submit<T>(job: CommitJob<T>): Promise<T>;
  /** Jobs that wait for their commit. */
  depth(): number;
}

/** Most jobs of one transaction, and the time after which it takes no more: the event loop has others to serve. Ours. */
const MOST_IN_ONE = 256;
const LONGEST_MS = 10;
/**
 * Messages come thick where the last group had so many. Then the next commit begins so long after the last one began, or
 * as soon as none has come between two looks. Ours, tried at 2,000 messages a second: half the commits, and no message
 * waits longer than by a fifth of what its answer may take.
 */
const THICK = 4;
const SPACING_MS = 10;
const LOOK_MS = 1;
/** There is nothing to be gained by waiting for more than so many. */
const ENOUGH = 64;

interface Waiting {
  /** Runs the job. */
  run(write: Writer, draft: WardDraft, bodies: MessageBodies): Done;
  fail(error: unknown): void;
}

/** What to tell a submitter once its job is durable, or cannot be made so. */
interface Done {
  durable(): void;
  lost(error: unknown): void;
}

/** Does a job inside a transaction. */
type Run = (one: Waiting, write: Writer, draft: WardDraft, bodies: MessageBodies) => Done;

interface Committed {
  readonly done: number;
  /** Null where the commit failed and each submitter has been told. */
  readonly told: readonly Done[] | null;
}

export function createCommitQueue(ports: {
  readonly commit: <T>(work: (write: Writer, draft: WardDraft) => T) => T;
  /** Resolves when all commits by now are durable. */
  readonly durable: () => Promise<void>;
  readonly newBodies: () => MessageBodies;
}): CommitQueue {
  let waiting: Waiting[] = [];
  let scheduled = false;

  const schedule = (): void => {
    if (scheduled) return;
    scheduled = true;
    // After the reads of this turn: every connection that has something to say is in the group.
    setImmediate(turn);
  };
  /** Jobs of the last group, when its commit began, and how many waited at the last look. */
  let last = 0;
  let beganMs = 0;
  let seen = 0;
  const turn = (): void => {
    const isThick = last >= THICK && waiting.length > seen && waiting.length < ENOUGH;
    if (isThick && performance.now() - beganMs < SPACING_MS) {
      seen = waiting.length;
      setTimeout(turn, LOOK_MS);
    } else drain();
  };
  const drain = (): void => {
    scheduled = false;
    seen = 0;
    beganMs = performance.now();
    const group = waiting.slice(0, MOST_IN_ONE);
    const { done, told } = commitTogether(group);
    waiting = waiting.slice(done);
    last = done;
    if (waiting.length > 0) schedule();
    if (told === null) return;
    ports.durable().then(
      () => {
        for (const one of told) one.durable();
      },
      (error: unknown) => {
        for (const one of told) one.lost(error);
      },
    );
  };

  /** Does as many jobs of the group as there is time for. */
  const commitTogether = (group: readonly Waiting[]): Committed => {
    // A savepoint copies every page that is changed behind it, so all are tried without one first.
    const together = inOneCommit(group, (one, write, draft, bodies) => one.run(write, draft, bodies));
    if (!together.jobThrew) return together;
    return inOneCommit(group, (one, write, draft, bodies) => {
      try {
        return draft.attempt(() => write.attempt(() => one.run(write, draft, bodies)));
      } catch (problem) {
        // The store gave up the whole transaction (a full disk): there is nothing left to add to.
        if (!write.isOpen()) throw problem;
        return { durable: () => one.fail(problem), lost: one.fail };
      }
    });
  };

  const inOneCommit = (group: readonly Waiting[], run: Run): Committed & { readonly jobThrew: boolean } => {
    let done = 0;
    let tried = 0;
    let jobThrew = false;
    try {
      const told = ports.commit((write, draft) => {
        const bodies = ports.newBodies();
        const until = performance.now() + LONGEST_MS;
        const told: Done[] = [];
        for (const one of group) {
          if (done > 0 && performance.now() > until) break;
          tried += 1;
          try {
            told.push(run(one, write, draft, bodies));
          } catch (problem) {
            jobThrew = write.isOpen();
            throw problem;
          }
          done += 1;
        }
        bodies.write(write);
        return told;
      });
      return { done, told, jobThrew };
    } catch (error) {
      const failed = group.slice(0, Math.max(1, tried));
      // A job that threw costs only itself: the others are tried again without it.
      if (!jobThrew) for (const one of failed) one.fail(error);
      return { done: failed.length, told: null, jobThrew };
    }
  };

  return {
    submit: (job) =>
      new Promise((resolve, reject) => {
        waiting.push({
          run: (write, draft, bodies) => {
            const value = job(write, draft, bodies);
            return { durable: () => resolve(value), lost: reject };
          },
          fail: reject,
        });
        schedule();
      }),
    depth: () => waiting.length,
  };
}
