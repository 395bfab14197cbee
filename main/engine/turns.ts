/**
 * Who may use the model now: one job at a time, emergencies first. An emergency that finds a background job
 * running asks it to give way; the job ends with `cancelled` and its owner may ask again.
 */
import type { GenerationPriority } from '../../app/contract/engine.ts';

export interface Turn {
  /** True once an emergency wants this turn. Only background turns are asked. */
  readonly givesWay: () => boolean;
  readonly release: () => void;
}

export interface Turns {
  /** Resolves when it is this job's turn; null when it was cancelled while it waited. */
  take(priority: GenerationPriority, cancelled: () => boolean): Promise<Turn | null>;
  /** Looks again at who waits, so that a cancelled job stops waiting. */
  wake(): void;
}

interface Waiting {
  readonly priority: GenerationPriority;
  readonly cancelled: () => boolean;
  readonly resolve: (turn: Turn | null) => void;
}

export function createTurns(): Turns {
  const waiting: Waiting[] = [];
  let running: { readonly priority: GenerationPriority; givesWay: boolean } | null = null;

  function start(next: Waiting): void {
    const job = { priority: next.priority, givesWay: false };
    running = job;
    next.resolve({
      givesWay: () => job.givesWay,
      release() {
        if (running !== job) return;
        running = null;
        wake();
      },
    });
  }

  function wake(): void {
    for (let index = waiting.length - 1; index >= 0; index--) {
      const job = waiting[index];
      if (job?.cancelled() !== true) continue;
      waiting.splice(index, 1);
      job.resolve(null);
    }
    const emergency = waiting.findIndex(({ priority }) => priority === 'emergency');
    if (running !== null) {
      if (emergency >= 0 && running.priority === 'background') running.givesWay = true;
      return;
    }
    const [next] = waiting.splice(Math.max(0, emergency), 1);
    if (next !== undefined) start(next);
  }

  return {
    take(priority, cancelled) {
      return new Promise((resolve) => {
        waiting.push({ priority, cancelled, resolve });
        wake();
      });
    },
    wake,
  };
}
