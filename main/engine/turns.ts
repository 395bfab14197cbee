/**
 * Who may use the model now. Four lanes, one job each: an emergency, a background job, speculation, idle work.
 *
 * A background job has a context of its own, so it stands still between two steps while an emergency runs and goes
 * on where it was. Speculation works in the emergency's sequences: it begins only when nobody else wants the model
 * and gives way for good. Idle work has sequences of its own and stands still for all of them. What a step takes (one
 * batch) is therefore all that an emergency ever waits.
 */
import type { GenerationPriority } from '../../app/contract/engine.ts';

export type Lane = GenerationPriority | 'speculation';

export interface Turn {
  /** True while somebody more urgent uses the model or waits for it. */
  readonly mustWait: () => boolean;
  /** Resolves when `mustWait` is false, at once where it is already, and when the job is cancelled. */
  readonly wait: () => Promise<void>;
  readonly release: () => void;
}

export interface Turns {
  /** Resolves when it is this job's turn; null when it was cancelled while it waited. */
  take(lane: Lane, cancelled: () => boolean): Promise<Turn | null>;
  /** Looks again at who waits, so that a cancelled job stops waiting. */
  wake(): void;
}

interface Job {
  readonly lane: Lane;
  readonly cancelled: () => boolean;
  readonly resolve: (turn: Turn | null) => void;
}

const LANES: readonly Lane[] = ['emergency', 'background', 'speculation', 'idle'];
/** Lanes that must be empty before a job of this lane may begin; its own is always among them. */
const BEGINS_AFTER: { readonly [lane in Lane]: readonly Lane[] } = {
  emergency: ['emergency', 'speculation'],
  background: ['emergency', 'background', 'speculation'],
  speculation: ['emergency', 'background', 'speculation'],
  idle: LANES,
};

export function createTurns(): Turns {
  let waiting: Job[] = [];
  const running = new Map<Lane, Job>();
  let standing: { readonly job: Job; readonly go: () => void }[] = [];

  /** Whether somebody more urgent than this lane runs or waits. */
  function outranked(lane: Lane): boolean {
    const above = LANES.slice(0, LANES.indexOf(lane));
    return above.some((one) => running.has(one) || waiting.some((job) => job.lane === one));
  }

  function begin(job: Job): void {
    running.set(job.lane, job);
    job.resolve({
      mustWait: () => outranked(job.lane),
      wait: () =>
        outranked(job.lane) && !job.cancelled()
          ? new Promise((go) => standing.push({ job, go }))
          : Promise.resolve(),
      release() {
        if (running.get(job.lane) !== job) return;
        running.delete(job.lane);
        wake();
      },
    });
  }

  function wake(): void {
    for (const job of waiting.filter(({ cancelled }) => cancelled())) job.resolve(null);
    waiting = waiting.filter(({ cancelled }) => !cancelled());
    for (const lane of LANES) {
      const next = waiting.find((job) => job.lane === lane);
      if (next === undefined || BEGINS_AFTER[lane].some((one) => running.has(one))) continue;
      if (lane !== 'emergency' && outranked(lane)) continue;
      waiting = waiting.filter((job) => job !== next);
      begin(next);
    }
    const free = standing.filter(({ job }) => !outranked(job.lane) || job.cancelled());
    standing = standing.filter((one) => !free.includes(one));
    for (const { go } of free) go();
  }

  return {
    take(lane, cancelled) {
      return new Promise((resolve) => {
        waiting.push({ lane, cancelled, resolve });
        wake();
      });
    },
    wake,
  };
}
