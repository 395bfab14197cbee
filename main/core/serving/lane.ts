/**
 * Who is served now. One job at a time and a few that wait, all behind the ward: a served job does not begin while the
 * ward's own explanations are written, and one that runs is ended when the ward has one to write.
 */

/** Jobs that wait at most; who comes then is told to come again. Ours. */
const MOST_WAITING = 4;
/** How often the ward is looked at, and how long a job waits for it. Ours. */
const LOOK_MS = 50;
const MOST_WAIT_MS = 20_000;

export interface ServingLane {
  /**
   * Runs a job with a signal that aborts when the ward needs the model or the asker has gone. `busy`: too many wait, or
   * the ward has written for too long.
   */
  run<T>(gone: AbortSignal, job: (signal: AbortSignal) => Promise<T>): Promise<T | 'busy'>;
  /** The ward has an explanation to write. */
  giveWay(): void;
}

export function createServingLane(wardIsWriting: () => boolean): ServingLane {
  let waiting = 0;
  let before: Promise<unknown> = Promise.resolve();
  let running: AbortController | null = null;

  async function wardIsQuiet(gone: AbortSignal): Promise<boolean> {
    const until = performance.now() + MOST_WAIT_MS;
    while (wardIsWriting()) {
      if (gone.aborted || performance.now() > until) return false;
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
    return !gone.aborted;
  }

  return {
    async run(gone, job) {
      if (waiting > MOST_WAITING) return 'busy';
      waiting += 1;
      const turn = before.then(async () => {
        if (!(await wardIsQuiet(gone))) return 'busy' as const;
        running = new AbortController();
        try {
          return await job(AbortSignal.any([gone, running.signal]));
        } finally {
          running = null;
        }
      });
      before = turn.catch(() => undefined);
      try {
        return await turn;
      } finally {
        waiting -= 1;
      }
    },
    giveWay: () => running?.abort(),
  };
}
