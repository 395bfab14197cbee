/** One simulation at a time, on a thread of its own, so that the ward never waits for it. */
import { Worker } from 'node:worker_threads';
import { LEAST_BED_DAYS, type SimulationState } from '../../../app/policy/simulation.ts';
import { type Clock, isoTime } from '../clock.ts';
import { type Log, reasonOf } from '../log.ts';
import { simulationMessageSchema } from '../storage/record-jobs.ts';
import type { SimulationJob } from './simulate.ts';

export interface Simulations {
  readonly state: () => SimulationState;
  /** False where one is running. */
  readonly start: (job: SimulationJob) => boolean;
  /** Ends what is running and forgets what came of the last one: the draft that it was about is another one now. */
  readonly stop: () => void;
}

/** @param script `record-worker`, as source or bundled */
export function createSimulations(script: string | URL, clock: Clock, log: Log): Simulations {
  let state: SimulationState = { state: 'none' };
  let worker: Worker | null = null;
  return {
    state: () => state,
    start: (job) => {
      if (worker !== null) return false;
      state = { state: 'running', done: 0 };
      const mine = new Worker(script, { workerData: { kind: 'simulate', ...job } });
      worker = mine;
      mine.unref();
      mine.on('message', (given) => {
        const message = simulationMessageSchema.safeParse(given);
        if (worker !== mine || !message.success) return;
        if (message.data.kind === 'progress') state = { state: 'running', done: message.data.done };
        else state = stateOf(message.data);
      });
      mine.on('error', (error) => log('error', 'simulation-failed', { reason: reasonOf(error) }));
      mine.on('exit', () => {
        if (worker !== mine) return;
        worker = null;
        if (state.state === 'running') state = { state: 'failed' };
      });
      return true;
    },
    stop: () => {
      const ended = worker;
      worker = null;
      state = { state: 'none' };
      void ended?.terminate();
    },
  };

  function stateOf(answer: Exclude<SimulationMessage, { kind: 'progress' }>): SimulationState {
    if (answer.kind === 'failed') {
      log('error', 'simulation-failed', { reason: answer.detail });
      return { state: 'failed' };
    }
    return answer.result.enough
      ? { state: 'done', at: isoTime(clock.wall()), simulation: answer.result.simulation }
      : { state: 'not-enough-data', bedDays: answer.result.bedDays, leastBedDays: LEAST_BED_DAYS };
  }
}

type SimulationMessage = NonNullable<ReturnType<typeof simulationMessageSchema.safeParse>['data']>;
