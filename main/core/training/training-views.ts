/** A run as a screen shows it: what the record knows, and what is wrong at the moment. */
import type { TrainingRunView } from '../../../app/contract/calls/training.ts';
import { hasEnded } from '../../../app/learning/training/attempt.ts';
import { costOf } from '../../../app/learning/training/cost.ts';
import { progressOf, type TrainingProgress } from '../../../app/learning/training/progress.ts';
import { isoTime } from '../clock.ts';
import type { Reader } from '../store/database.ts';
import type { HostTrouble } from './host-trouble.ts';
import { type KeptAttempt, type KeptRun, readAttempts, readEvents } from './training-tables.ts';

export interface RunViewPorts {
  readonly read: Reader;
  readonly nowMs: number;
  readonly hostName: string;
  readonly personName: (id: string) => string;
  readonly trouble: HostTrouble | null;
  readonly folder: string;
}

/** A curve of a screen has fewer points across. Ours. */
const CURVE_POINTS = 400;

export function runView(run: KeptRun, ports: RunViewPorts): TrainingRunView {
  const attempts = readAttempts(ports.read, run.id);
  const attempt = attempts.at(-1);
  if (attempt === undefined) throw new Error('a run without an attempt');
  const progress = progressOf(readEvents(ports.read, run.id));
  const ended = hasEnded(attempt);
  const secondsLeft = ended ? null : (progress.newest?.secondsLeft ?? null);
  const { hours, soFar, forecast, overCeiling } = costOf(
    hostTimes(attempts),
    run.price,
    run.ceiling,
    secondsLeft,
    ports.nowMs + attempt.clockAheadMs,
  );
  const { finished, started, newest } = progress;
  return {
    id: run.id,
    hostId: run.hostId,
    hostName: ports.hostName,
    dataSetId: run.dataSetId,
    madeAt: isoTime(run.madeMs),
    madeBy: ports.personName(run.madeBy),
    configuration: run.configuration,
    phase: attempt.phase,
    attempts: attempts.length,
    stopAskedBy: stoppedBy(attempt, ports.personName),
    failure: attempt.failure,
    trouble: ports.trouble === null ? null : { code: ports.trouble.code, found: ports.trouble.found },
    seenAt: attempt.seenMs === null ? null : isoTime(attempt.seenMs),
    device: started?.device ?? null,
    ...curves(progress),
    secondsLeft,
    secondsAnExample: finished?.secondsAnExample ?? newest?.secondsAnExample ?? null,
    learningRate: newest?.learningRate ?? null,
    gpu: newest?.gpu ?? null,
    notes: progress.notes.map(({ code }) => code),
    perplexity: finished?.perplexity ?? null,
    price: run.price,
    ceiling: run.ceiling,
    cost: { hours, soFar, forecast, overCeiling },
    artefacts: {
      state: run.artefacts,
      refusal: run.refusal,
      folder: run.artefacts === 'fetched' ? ports.folder : null,
      files: finished?.artefacts ?? [],
    },
    mayStop: !ended && attempt.stopAskedMs === null,
    mayResume: ended && attempt.phase !== 'finished',
  };
}

/** When the host worked on each attempt, by the host's clock. */
export function hostTimes(attempts: readonly KeptAttempt[]): { fromMs: number; untilMs: number | null }[] {
  return attempts.flatMap(({ beganMs, endedMs }) =>
    beganMs === null ? [] : [{ fromMs: beganMs, untilMs: endedMs }],
  );
}

function stoppedBy({ stopAskedMs, stopAskedBy }: KeptAttempt, name: (id: string) => string): string | null {
  if (stopAskedMs === null) return null;
  return stopAskedBy === null ? 'ceiling' : name(stopAskedBy);
}

function curves({ step, steps, savedStep, losses, evaluations }: TrainingProgress) {
  return { step, steps, savedStep, losses: thinned(losses), evaluations: thinned(evaluations) };
}

/** Every so-manieth, and always the last. */
function thinned<T>(points: readonly T[]): T[] {
  const every = Math.ceil(points.length / CURVE_POINTS);
  return points.filter((_, place) => (points.length - 1 - place) % every === 0);
}
