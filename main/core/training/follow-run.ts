/**
 * Follows a run on its host until there is nothing more to do: submits it once, reads what it tells, stops it when that
 * is wanted, and fetches what it left. Whatever fails is tried again; what is true is in the record all along, so that a
 * program that was closed for days goes on from there.
 */
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type AttemptSight,
  hasEnded,
  maySubmit,
  type RayJobStatus,
  seen,
} from '../../../app/learning/training/attempt.ts';
import { costOf } from '../../../app/learning/training/cost.ts';
import type { HostSecrets, TrainingHost } from '../../../app/learning/training/host.ts';
import { progressOf } from '../../../app/learning/training/progress.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Store } from '../store/database.ts';
import { areFetched, fetchArtefacts } from './fetch-artefacts.ts';
import { connectHost, type HostConnection } from './host-connection.ts';
import { HostTrouble, troubleOf } from './host-trouble.ts';
import { createLogLines } from './log-lines.ts';
import { createRayJobs, type RayJob, type RayJobs } from './ray-jobs.ts';
import { shellQuoted } from './shell-quoted.ts';
import {
  countEvents,
  insertEvents,
  type KeptAttempt,
  type KeptRun,
  readAttempts,
  readEvents,
  readLastEvent,
  readRun,
  setArtefacts,
  updateAttempt,
} from './training-tables.ts';
import { readWebSocket } from './web-socket.ts';

export interface FollowPorts {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly hostOf: (run: KeptRun) => { readonly host: TrainingHost; readonly secrets: HostSecrets };
  readonly localPort: (python: string, token: string) => Promise<number>;
  readonly runFolder: (run: KeptRun) => string;
  /** Where packages wait to be sent, and where what was fetched stands. */
  readonly packagesDir: string;
  readonly artefactsDir: string;
  /** `null`: the host answers. */
  readonly onTrouble: (runId: string, trouble: HostTrouble | null) => void;
  readonly onChange: (runId: string) => void;
}

export interface FollowTimes {
  /** Between two looks at a job that runs. */
  readonly lookMs: number;
  /** After a failure, and at most after many. */
  readonly leastPauseMs: number;
  readonly mostPauseMs: number;
}
export const FOLLOW_TIMES: FollowTimes = { lookMs: 2000, leastPauseMs: 1000, mostPauseMs: 60_000 };

export interface Follower {
  /** Looks at once: something was asked for. */
  poke(): void;
  stop(): void;
  readonly ended: Promise<void>;
}

const STOP_AGAIN_MS = 30_000;
/** A log ends some seconds after its job; it may be cut off with its host. Ours. */
const LAST_WORDS_LIMIT_MS = 60_000;
/** How often a cluster may refuse what it does not know before it is believed: it may only just be starting. Ours. */
const REFUSALS_BELIEVED = 3;
/** By then the trainer has written its checkpoint, or has no hope to. */
const STOP_WAIT_SECONDS = 600;

export function followRun(runId: string, ports: FollowPorts, times: FollowTimes = FOLLOW_TIMES): Follower {
  const { store, clock } = ports;
  const closing = new AbortController();
  let wake = (): void => undefined;
  let poked = false;
  let refusals = 0;
  let logTries = 0;

  const pause = async (ms: number): Promise<void> => {
    if (!closing.signal.aborted && !poked)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    poked = false;
  };

  const run = (): KeptRun => {
    const kept = readRun(store.read, runId);
    if (kept === null) throw new HostTrouble('internal', 'the run is not in the record');
    return kept;
  };
  const attempt = (): KeptAttempt => {
    const last = readAttempts(store.read, runId).at(-1);
    if (last === undefined) throw new HostTrouble('internal', 'the run has no attempt');
    return last;
  };
  /** The attempt after what was seen, in the record before anything else is done. */
  const note = (sight: AttemptSight, more: Partial<KeptAttempt> = {}): KeptAttempt => {
    const before = attempt();
    const next = { ...before, ...seen(before, sight), ...more };
    // An attempt that nobody can ask any more cost until it was last seen.
    const isCut = hasEnded(next) && next.beganMs !== null && next.endedMs === null;
    const after = isCut ? { ...next, endedMs: (before.seenMs ?? clock.wall()) + before.clockAheadMs } : next;
    store.transaction((write) => updateAttempt(write, after));
    ports.onChange(runId);
    return after;
  };
  const isDone = (): boolean => {
    const { phase } = attempt();
    return phase === 'finished' ? run().artefacts !== 'none' : hasEnded(attempt());
  };

  async function follow(): Promise<void> {
    let pauseMs = times.leastPauseMs;
    while (!closing.signal.aborted && !isDone()) {
      try {
        const { host, secrets } = ports.hostOf(run());
        const { reach } = host;
        const connection = await connectHost(host, secrets, () =>
          ports.localPort(reach.kind === 'here' ? reach.python : '', secrets.token),
        );
        const leave = (): void => connection.close();
        closing.signal.addEventListener('abort', leave);
        try {
          await work(connection, secrets.token, () => {
            pauseMs = times.leastPauseMs;
          });
        } finally {
          closing.signal.removeEventListener('abort', leave);
          connection.close();
        }
      } catch (error) {
        if (closing.signal.aborted) return;
        const trouble = troubleOf(error);
        ports.log('warn', 'training-host-trouble', { run: runId, code: trouble.code, found: trouble.found });
        ports.onTrouble(runId, trouble);
        await pause(pauseMs);
        pauseMs = Math.min(pauseMs * 2, times.mostPauseMs);
      }
    }
    if (hasEnded(attempt())) await rm(join(ports.packagesDir, attempt().package), { force: true });
  }

  async function work(connection: HostConnection, token: string, onMet: () => void): Promise<void> {
    const jobs = createRayJobs(connection.ray, token);
    const { session, atMs } = await jobs.meet();
    const clockAheadMs = atMs === null ? 0 : atMs - clock.wall();
    onMet();
    ports.onTrouble(runId, null);
    const tail = createTail(connection, token);
    let stoppedMs = Number.NEGATIVE_INFINITY;
    try {
      while (!closing.signal.aborted && !hasEnded(attempt())) {
        const job = await jobs.job(attempt().id);
        if (job === null) {
          const now = note({ kind: 'unknown', session, atMs: clock.wall() }, { seenMs: clock.wall() });
          if (maySubmit(now, session)) await submit(jobs, session);
          else if (!hasEnded(now)) await pause(times.lookMs);
          continue;
        }
        const moments = timesOf(job, clockAheadMs);
        if (isOver(job.status)) {
          await tail.lastWords();
          const last = readLastEvent(store.read, attempt().id);
          note({ kind: 'ended', status: job.status, last, words: job.message ?? '' }, moments);
          continue;
        }
        const now = note(
          { kind: 'alive', status: job.status === 'RUNNING' ? 'RUNNING' : 'PENDING' },
          moments,
        );
        watchCeiling();
        if (attempt().stopAskedMs !== null && clock.wall() - stoppedMs >= STOP_AGAIN_MS) {
          await jobs.stop(now.id);
          stoppedMs = clock.wall();
        }
        if (job.status === 'RUNNING') tail.begin();
        await pause(times.lookMs);
        await tail.insistOnHealth();
      }
    } finally {
      await tail.end();
    }
    if (!closing.signal.aborted && attempt().phase === 'finished' && run().artefacts === 'none')
      await fetch(connection);
  }

  async function submit(jobs: RayJobs, session: string): Promise<void> {
    const { id, package: name, number } = attempt();
    const bytes = await readFile(join(ports.packagesDir, name)).catch(() => null);
    if (bytes === null) throw new HostTrouble('package-missing');
    if (!(await jobs.hasPackage(name))) await jobs.putPackage(name, bytes);
    // In the record first: from here on it may run on the host, whatever becomes of this program.
    if (!maySubmit(note({ kind: 'called', session, atMs: clock.wall() }), session)) return;
    const refusal = await jobs.submit({
      id,
      entrypoint: `python -m medobsmind_trainer job configuration.json --data data --run ${shellQuoted(ports.runFolder(run()))}`,
      workingDir: `gcs://${name}`,
      environment: { RAY_JOB_STOP_WAIT_TIME_S: String(STOP_WAIT_SECONDS), ...ceilingOf() },
      metadata: { program: 'medobsmind', run: runId, attempt: String(number) },
    });
    if (refusal === null || (await jobs.job(id)) !== null) return;
    refusals += 1;
    if (refusals >= REFUSALS_BELIEVED) note({ kind: 'refused', words: refusal });
    else throw new HostTrouble('package-not-taken', refusal.slice(-200));
  }

  /** The host itself ends it at the ceiling, also while this program is closed. */
  function ceilingOf(): Record<string, string> {
    const seconds = cost(null).secondsToCeiling;
    return seconds === null ? {} : { MEDOBSMIND_MOST_SECONDS: String(Math.max(1, seconds)) };
  }

  function cost(secondsLeft: number | null) {
    const { price, ceiling } = run();
    const attempts = readAttempts(store.read, runId);
    const spans = attempts.flatMap(({ beganMs, endedMs }) =>
      beganMs === null ? [] : [{ fromMs: beganMs, untilMs: endedMs }],
    );
    const ahead = attempts.at(-1)?.clockAheadMs ?? 0;
    return costOf(spans, price, ceiling, secondsLeft, clock.wall() + ahead);
  }

  function watchCeiling(): void {
    if (attempt().stopAskedMs === null && cost(null).overCeiling === 'reached')
      note({ kind: 'stop-asked', atMs: clock.wall() }, { stopAskedBy: null });
  }

  function timesOf(job: RayJob, clockAheadMs: number): Partial<KeptAttempt> {
    return {
      seenMs: clock.wall(),
      clockAheadMs,
      beganMs: job.start_time ?? null,
      endedMs: isOver(job.status) ? (job.end_time ?? clock.wall() + clockAheadMs) : null,
    };
  }

  /** Reads the log while the job runs; each connection tells it from its beginning. */
  function createTail(connection: HostConnection, token: string) {
    let reading: Promise<void> | null = null;
    let failed: HostTrouble | null = null;
    const ending = new AbortController();
    const readOnce = async (signal: AbortSignal): Promise<void> => {
      const { id } = attempt();
      const lines = createLogLines(countEvents(store.read, id), (from, events) => {
        store.transaction((write) => insertEvents(write, id, from, events));
        ports.onChange(runId);
      });
      const stream = await connection.ray();
      const path = `/api/jobs/${encodeURIComponent(id)}/logs/tail`;
      await readWebSocket(stream, { path, token, signal }, lines.take);
      if (!signal.aborted) lines.end();
    };
    return {
      begin: () => {
        reading ??= readOnce(ending.signal)
          .catch((error) => {
            failed = troubleOf(error);
          })
          .finally(() => {
            reading = null;
          });
      },
      /** A log that cannot be kept (a full disk) is a trouble like any other, and no event is lost: it is told again. */
      insistOnHealth: async () => {
        if (failed !== null) throw failed;
      },
      /** Everything that an ended job has told. After some tries what is known has to do. */
      lastWords: async () => {
        ending.abort();
        await reading;
        logTries += 1;
        try {
          await readOnce(AbortSignal.any([closing.signal, AbortSignal.timeout(LAST_WORDS_LIMIT_MS)]));
        } catch (error) {
          if (logTries < REFUSALS_BELIEVED) throw error;
        }
        if (closing.signal.aborted) throw new HostTrouble('unreachable');
      },
      end: async () => {
        ending.abort();
        await reading;
      },
    };
  }

  async function fetch(connection: HostConnection): Promise<void> {
    const kept = run();
    const into = join(ports.artefactsDir, runId);
    const { finished } = progressOf(readEvents(store.read, runId));
    if (finished === null) throw new HostTrouble('internal', 'finished without its event');
    const refusal = (await areFetched(into))
      ? null
      : await withFiles(connection, (files) =>
          fetchArtefacts(files, {
            from: ports.runFolder(kept),
            into,
            finished,
            dataSetSha256: kept.dataSetSha256,
            signal: closing.signal,
          }),
        );
    store.transaction((write) => setArtefacts(write, runId, refusal ?? 'fetched'));
    ports.onChange(runId);
  }

  const ended = follow().catch((error: unknown) => {
    const trouble = troubleOf(error);
    ports.log('error', 'training-not-followed', { run: runId, reason: trouble.message });
    ports.onTrouble(runId, trouble);
  });
  return {
    poke: () => {
      poked = true;
      wake();
    },
    stop: () => {
      closing.abort();
      wake();
    },
    ended,
  };
}

async function withFiles<T>(
  connection: HostConnection,
  work: (files: Awaited<ReturnType<HostConnection['files']>>) => Promise<T>,
): Promise<T> {
  const files = await connection.files();
  try {
    return await work(files);
  } finally {
    files.close();
  }
}

function isOver(status: RayJobStatus): status is 'STOPPED' | 'SUCCEEDED' | 'FAILED' {
  return status === 'STOPPED' || status === 'SUCCEEDED' || status === 'FAILED';
}
