/**
 * One submission of a training to a cluster, as a state machine: what was seen goes in, what is true comes out. A run
 * has one attempt after another (each goes on from the last checkpoint); an attempt has one id, chosen and kept before
 * the cluster is called, and is submitted under it or not at all.
 */
import { z } from 'zod';
import type { TrainingEvent } from './event.ts';

/** What Ray says of a job (its Jobs API, `JobStatus`). */
export const RAY_JOB_STATUSES = ['PENDING', 'RUNNING', 'STOPPED', 'SUCCEEDED', 'FAILED'] as const;
export type RayJobStatus = (typeof RAY_JOB_STATUSES)[number];

/** `prepared`: whether the cluster has taken it is not known. `lost`: the cluster knows it no more. */
export const ATTEMPT_PHASES = [
  'prepared',
  'pending',
  'running',
  'finished',
  'stopped',
  'failed',
  'lost',
] as const;
export type AttemptPhase = (typeof ATTEMPT_PHASES)[number];

/** Why an attempt came to nothing; `words` are the trainer's or the cluster's own. */
export const attemptFailureSchema = z.object({
  code: z.enum([
    'configuration',
    'data-set',
    'identifier',
    'base',
    'memory',
    'disk',
    'artefact',
    'internal',
    /** The cluster refused to take it. */
    'refused',
    /** It ended without saying why, or without a result. */
    'no-result',
  ]),
  words: z.string(),
});
export type AttemptFailure = z.infer<typeof attemptFailureSchema>;

export interface Attempt {
  readonly phase: AttemptPhase;
  /** The cluster's session when it was prepared; null: no cluster has been met yet. */
  readonly session: string | null;
  /** Milliseconds since 1970: the last call to submit it; null: none was made. */
  readonly calledMs: number | null;
  /** A person, or the ceiling, wants it to stop. */
  readonly stopAskedMs: number | null;
  readonly failure: AttemptFailure | null;
}

export const NEW_ATTEMPT: Attempt = {
  phase: 'prepared',
  session: null,
  calledMs: null,
  stopAskedMs: null,
  failure: null,
};

/** What was seen or done, in the order in which it was. */
export type AttemptSight =
  | { readonly kind: 'stop-asked'; readonly atMs: number }
  /** Kept before the call is made. */
  | { readonly kind: 'called'; readonly session: string; readonly atMs: number }
  | { readonly kind: 'refused'; readonly words: string }
  /** The cluster does not know the id. */
  | { readonly kind: 'unknown'; readonly session: string; readonly atMs: number }
  | { readonly kind: 'alive'; readonly status: 'PENDING' | 'RUNNING' }
  /** It has ended, and its log was read to the end. */
  | {
      readonly kind: 'ended';
      readonly status: 'STOPPED' | 'SUCCEEDED' | 'FAILED';
      readonly last: TrainingEvent | null;
      readonly words: string;
    };

/** Until then a call that was given up may still arrive. */
export const CALL_SETTLES_MS = 30_000;

export function hasEnded({ phase }: Attempt): boolean {
  return phase === 'finished' || phase === 'stopped' || phase === 'failed' || phase === 'lost';
}

/**
 * Whether the id, unknown to the cluster of this session, may be submitted. Never once a cluster has taken it, never to
 * another cluster than the one it may have been sent to, never once somebody wants it stopped.
 */
export function maySubmit(attempt: Attempt, session: string): boolean {
  return (
    attempt.phase === 'prepared' &&
    attempt.stopAskedMs === null &&
    (attempt.session === null || attempt.session === session)
  );
}

/** The attempt after what was seen. What has ended stays as it is. */
export function seen(attempt: Attempt, sight: AttemptSight): Attempt {
  if (hasEnded(attempt)) return attempt;
  switch (sight.kind) {
    case 'stop-asked':
      return { ...attempt, stopAskedMs: attempt.stopAskedMs ?? sight.atMs };
    case 'called':
      return attempt.phase === 'prepared'
        ? { ...attempt, session: sight.session, calledMs: sight.atMs }
        : attempt;
    case 'refused':
      return attempt.phase === 'prepared'
        ? { ...attempt, phase: 'failed', failure: { code: 'refused', words: sight.words } }
        : attempt;
    case 'alive':
      // A job that runs is never told to wait again: an answer may have been overtaken.
      return attempt.phase === 'running' || sight.status === 'RUNNING'
        ? { ...attempt, phase: 'running' }
        : { ...attempt, phase: 'pending' };
    case 'unknown':
      return unknownTo(attempt, sight);
    case 'ended':
      return ended(attempt, sight);
  }
}

function unknownTo(
  attempt: Attempt,
  { session, atMs }: { readonly session: string; readonly atMs: number },
): Attempt {
  if (attempt.phase !== 'prepared') return { ...attempt, phase: 'lost' };
  if (attempt.session !== null && attempt.session !== session) return { ...attempt, phase: 'lost' };
  const settled = attempt.calledMs === null || atMs - attempt.calledMs >= CALL_SETTLES_MS;
  return attempt.stopAskedMs !== null && settled ? { ...attempt, phase: 'stopped' } : attempt;
}

/** The job's own last word counts; the cluster's status only where there is none. */
function ended(attempt: Attempt, { status, last, words }: Extract<AttemptSight, { kind: 'ended' }>): Attempt {
  if (last?.event === 'finished') return { ...attempt, phase: 'finished' };
  if (last?.event === 'failed')
    return { ...attempt, phase: 'failed', failure: { code: last.code, words: last.words } };
  if (last?.event === 'stopped' || status === 'STOPPED') return { ...attempt, phase: 'stopped' };
  return { ...attempt, phase: 'failed', failure: { code: 'no-result', words } };
}
